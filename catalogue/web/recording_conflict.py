"""Two people changed one record: both versions side by side, a choice a field, and nothing lost."""

import json
from dataclasses import dataclass

from .forms.base import settled

KEEP = "keep-"


@dataclass(frozen=True)
class Difference:
    """A field or block in which the saved record and what was typed differ, each as lines of text."""

    name: str
    label: str
    theirs: list
    yours: list
    keep: str  # theirs, where only they changed it; else yours
    both: bool  # both changed it since the form was opened


def values(form):
    """{name: text, or {field: text} of each line of a block} of what a form shows or was sent."""
    found = {bound.name: settled(bound.field, bound.value()) for bound in form if bound.name in fields_of(form)}
    for name, rows in form.sets.items():
        found[name] = [line_of(line) for line in rows.filled]
    return found


def fields_of(form):
    """The fields of its sections, and the handling."""
    named = {name for _title, names in form.sections for name in names}
    return (named | {"handling"}) & form.fields.keys()


def line_of(line):
    return {bound.name: settled(bound.field, bound.value()) for bound in line if bound.name != "DELETE"}


def opened(form):
    """What a form shows when it is opened, to be sent back with it: tells afterwards who changed what."""
    return json.dumps(values(form), ensure_ascii=False)


def differences(theirs, yours):
    """[Difference] between a form of the record as it is now and the form that was sent."""
    was, saved, typed = yours.read_at_first(), values(theirs), values(yours)
    found = []
    for name in saved:
        if name not in typed or saved[name] == typed[name]:
            continue
        mine, changed = was.get(name) != typed[name], was.get(name) != saved[name]
        found.append(
            Difference(
                name,
                str(theirs.sets[name].label if name in theirs.sets else theirs[name].label),
                said(theirs, name),
                said(yours, name),
                "yours" if mine else "theirs",
                mine and changed,
            )
        )
    return found


def said(form, name):
    """The lines of text in which a person reads a field or block of a form."""
    if name in form.sets:
        lines = ((bound for bound in line if bound.name != "DELETE") for line in form.sets[name].filled)
        rows = (" · ".join(filter(None, map(as_read, line))) for line in lines)
        return [row for row in rows if row]
    return as_read(form[name]).split("\n")


def as_read(bound):
    """A value as its reader knows it: a record's name, a term's label, the text itself."""
    value = bound.value()
    if text := getattr(value, "text", ""):
        return text
    labels = {str(code): label for code, label in flat(getattr(bound.field, "choices", ()))}
    return str(labels.get(str(value), settled(bound.field, value)))


def flat(choices):
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


def chosen(data, theirs):
    """What was sent, with the saved values for all that the sender chose to leave as others made it."""
    kept = [name.removeprefix(KEEP) for name in data if name.startswith(KEEP) and data[name] == "theirs"]
    data, saved = data.copy(), values(theirs) if kept else {}
    for name in kept:
        if name in theirs.sets:
            replace_lines(data, theirs.sets[name], saved[name])
        elif saved.get(name):
            data[name] = "on" if saved[name] == "True" else saved[name]
        else:
            data.pop(name, None)
    return data


def replace_lines(data, rows, lines):
    """Put the lines of a block in the place of those that were sent."""
    for key in [key for key in data if key.startswith(f"{rows.prefix}-")]:
        del data[key]
    data[f"{rows.prefix}-TOTAL_FORMS"] = data[f"{rows.prefix}-INITIAL_FORMS"] = str(len(lines))
    for n, line in enumerate(lines):
        for name, value in line.items():
            data[f"{rows.prefix}-{n}-{name}"] = value
