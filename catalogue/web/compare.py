"""A teardown beside an earlier one of the same system, and what it is the first to show."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.queries import compare as asked
from catalogue.queries import components, specimens
from catalogue.queries.absences import absences_of

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
        absent = {one.expected_id: one for one in absences_of(record)}
        expected = [key for key in found.expected if key not in absent]
        rows = dictionaries(wanted(found, expected, absent, first))
        here = dict((*found.found, *found.substituted))
        context |= {
            "found": [(rows[old], rows[new]) for old, new in found.found[:SHOWN]],
            "substituted": [(rows[old], rows[new]) for old, new in found.substituted[:SHOWN]],
            "expected": [rows[key] for key in expected[:SHOWN]],
            "absent": [
                (absent[key], row, rows.get(here.get(key))) for key in list(absent)[:SHOWN] if (row := rows.get(key))
            ],
            "new": [rows[key] for key in found.new[:SHOWN]],
            "counts": {name: len(getattr(found, name)) for name in ("found", "substituted", "new")}
            | {"expected": len(expected), "absent": len(absent)},
            "ours": record.owner_id == request.viewer.agency and request.viewer.may("void"),
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
    raise Http404(gettext("There is no such teardown of this system, or you may not see it."))


def wanted(found, expected, absent, first):
    """Ids of the records that the page shows."""
    here = dict((*found.found, *found.substituted))
    pairs = [key for pair in (*found.found[:SHOWN], *found.substituted[:SHOWN]) for key in pair]
    looked_for = list(absent)[:SHOWN]
    single = [*expected[:SHOWN], *looked_for, *(here[key] for key in looked_for if key in here), *found.new[:SHOWN]]
    seen = [key for name in ("parts", "makers", "boards") for key in asked.once(getattr(first, name))[:SHOWN]]
    dated = [key for key in (first.newest, first.before) if key is not None]
    return list(dict.fromkeys([*pairs, *single, *seen, *dated]))


def dictionaries(ids):
    """{id: release dictionary} of component records."""
    rows = [components.SHAPE.nested(row) for row in components.SHAPE.rows(ids)]
    return {row["id"]: row for row in rows}


# What First.codes() tells, in words.
NEW_HERE = {
    "part": _("part never seen in this system"),
    "maker": _("maker never seen in this system"),
    "board": _("board never seen in this system"),
    "newest": _("the newest date of manufacture in this system"),
}


def seen_first(first, rows):
    """[(what is new in this system, record)] in words."""
    return [
        *((NEW_HERE["part"], rows[key]) for key in asked.once(first.parts)[:SHOWN]),
        *((NEW_HERE["maker"], rows[key]) for key in asked.once(first.makers)[:SHOWN]),
        *((NEW_HERE["board"], rows[key]) for key in asked.once(first.boards)[:SHOWN]),
        *([(NEW_HERE["newest"], rows[first.newest])] if first.newest else []),
    ]
