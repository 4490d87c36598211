"""The pages' languages: `python -m forensics.languages collect` gathers sentences, `compile` makes what Django reads.

Both are done by Babel, so that no gettext tools need be installed. Translations stand in
catalogue/locale/LANGUAGE/LC_MESSAGES/django.po.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "catalogue"
LOCALE = SOURCES / "locale"
# Headings about people and times: the project's history has both.
UNKNOWN = ("# Copyright", "# FIRST", "#\n", '"Report', '"POT-', '"PO-Rev', '"Last-', '"Language-T')
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "_lazy": None, "ngettext_lazy": (1, 2), "gettext_noop": None}


def texts():
    """(path, line, message, context) of every sentence in templates and Python files."""
    for path in sorted(SOURCES.rglob("*")):
        if "/migrations/" in str(path) or "/static/" in str(path):
            continue
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
        elif path.suffix == ".html":
            from django.utils.translation.template import templatize

            marked = templatize(path.read_text(encoding="utf-8"), origin=name)
            source = "\n".join(line.strip() for line in marked.splitlines())  # whose indents mean nothing
        else:
            continue
        found = extract("python", io.BytesIO(source.encode()), KEYWORDS)
        for line, message, _comments, context in found:
            yield name, line, message, context


def collected(language):
    """The catalogue of `language` with every sentence there is now, and the translations it has already."""
    fresh = Catalog(locale=language, project="Battlefield component forensics catalogue", fuzzy=False)
    for name, _line, message, context in texts():
        # Without line numbers: a moved sentence is no change.
        fresh.add(message, locations=[(name, None)], context=context)
    path = file_of(language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
        for message in fresh:
            old = known.get(message.id, message.context) if message.id else None
            if old is not None and old.string:
                message.string = old.string
    return fresh


def file_of(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def languages():
    return sorted(path.name for path in LOCALE.iterdir() if file_of(path.name).exists())


def collect(language):
    """Write the sentences of `language` that are new into its file, leave out those that are gone."""
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with io.BytesIO() as buffer:
        write_po(buffer, collected(language), width=110, omit_header=False, sort_output=True, include_lineno=False)
        lines = buffer.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(UNKNOWN)), encoding="utf-8")


def compile_all():
    """Make the files that Django reads, where the translations are newer."""
    for language in languages():
        path = file_of(language)
        made = path.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        with io.BytesIO() as buffer:
            write_mo(buffer, catalog)
            whole = made.with_suffix(".new")
            whole.write_bytes(buffer.getvalue())
        whole.replace(made)


if __name__ == "__main__":
    if sys.argv[1:2] == ["collect"]:
        for wanted in sys.argv[2:] or languages():
            collect(wanted)
    compile_all()
