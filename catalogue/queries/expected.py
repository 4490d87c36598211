"""What a teardown may expect, because an earlier one of its system had it; and how far it was found."""

from . import components
from .absences import absences_of
from .compare import MOST, compare, first_seen, pieces, teardowns
from .specimens import inventory

# Of the earlier teardown, what tells where to look, what it is called, and what was there.
COLUMNS = ("id", "reference", "parent", "kind", "designator", "name", "marking", "manufacturer", "part")


def entries(other):
    """[release dictionary with its `depth`] of the components of an earlier teardown, each after what it sits on."""
    tree = dict(inventory(other, MOST))
    rows = [components.SHAPE.nested(row) for row in components.SHAPE.rows(list(tree))]
    return [{name: row[name] for name in COLUMNS} | {"depth": tree[row["id"]]} for row in rows]


def beside(specimen, other):
    """A teardown as it is saved by now, beside `other` (None: beside none), as JSON may tell it.

    `pairs` are (expected id, id here, "found" or "substituted"), `new` ids that `other` lacks, `absent` what was looked
    for and not found, `seen` {id: what its system shows for the first time}: nothing while no other teardown is seen.
    """
    others = teardowns(specimen)
    told = {"others": [[one.reference, one.title] for one in others], "pairs": [], "new": []}
    told["seen"] = {str(pk): codes for pk, codes in first_seen(specimen).codes().items()} if others else {}
    told["absent"] = [
        {"id": one.pk, "expected": one.expected_id, "note": one.note, "owner": one.owner_id}
        for one in absences_of(specimen)
    ]
    if other is not None:
        found = compare(pieces(other), pieces(specimen))
        for kind in ("found", "substituted"):
            told["pairs"] += [(old, new, kind) for old, new in getattr(found, kind)]
        told["new"] = found.new
    return told
