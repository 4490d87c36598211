"""A teardown beside an earlier one of the same system, and what it is the first to show."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue.queries import compare as asked
from catalogue.queries import components, specimens

from .details import named_record

SHOWN = 300  # records of each table


def specimen_compare(request, name):
    """The page; `?with=` names another teardown of the system than the last one before it."""
    record, row = named_record(request, specimens.SHAPE, "reference", name)
    others = asked.teardowns(record)
    other = chosen(request.GET.get("with", ""), others)
    context = {"record": record, "row": row, "others": others, "other": other}
    if other is not None:
        found = asked.compare(asked.pieces(other), asked.pieces(record))
        first = asked.first_seen(record)
        rows = dictionaries(wanted(found, first))
        context |= {
            "found": [(rows[old], rows[new]) for old, new in found.found[:SHOWN]],
            "substituted": [(rows[old], rows[new]) for old, new in found.substituted[:SHOWN]],
            "expected": [rows[key] for key in found.expected[:SHOWN]],
            "new": [rows[key] for key in found.new[:SHOWN]],
            "counts": {name: len(getattr(found, name)) for name in ("found", "substituted", "expected", "new")},
            "first": seen_first(first, rows),
            "shown": SHOWN,
        }
    return render(request, "catalogue/compare.html", context)


def chosen(named, others):
    """The teardown to compare with. Raises Http404 for one that is none of this system that may be seen."""
    if not named:
        return others[0] if others else None
    for one in others:
        if one.reference == named.upper():
            return one
    raise Http404(_("There is no such teardown of this system, or you may not see it."))


def wanted(found, first):
    """Ids of the records that the page shows."""
    pairs = [key for pair in (*found.found[:SHOWN], *found.substituted[:SHOWN]) for key in pair]
    single = [*found.expected[:SHOWN], *found.new[:SHOWN], *first.parts[:SHOWN], *first.makers[:SHOWN]]
    dated = [key for key in (first.newest, first.before) if key is not None]
    return list(dict.fromkeys([*pairs, *single, *first.boards[:SHOWN], *dated]))


def dictionaries(ids):
    """{id: release dictionary} of component records."""
    rows = [components.SHAPE.nested(row) for row in components.SHAPE.rows(ids)]
    return {row["id"]: row for row in rows}


def seen_first(first, rows):
    """[(what is new in this system, record)] in words."""
    return [
        *((_("part never seen in this system"), rows[key]) for key in first.parts[:SHOWN]),
        *((_("maker never seen in this system"), rows[key]) for key in first.makers[:SHOWN]),
        *((_("board never seen in this system"), rows[key]) for key in first.boards[:SHOWN]),
        *([(_("the newest date of manufacture in this system"), rows[first.newest])] if first.newest else []),
    ]
