"""What was found in one specimen, as the tree it sits in."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from catalogue.models import Component

MOST = 1000


@dataclass
class Node:
    """A component with what lies inside it. `lost`: what it sat on is no longer in the inventory."""

    component: object
    inside: list = field(default_factory=list)
    lost: bool = False


def inventory(specimen):
    """([Node] at the top, components, whether there are more than MOST) of those in force, the oldest first."""
    rows = list(
        Component.objects.filter(specimen=specimen, voided_at=None)
        .select_related("manufacturer", "part", "audience")
        .annotate(pictures=Count("photos", filter=Q(photos__voided_at=None)))
        .order_by("id")[: MOST + 1]
    )
    rows, more = rows[:MOST], len(rows) > MOST
    nodes = {row.pk: Node(row) for row in rows}
    top = []
    for node in nodes.values():
        on = nodes.get(node.component.parent_id)
        node.lost = on is None and node.component.parent_id is not None
        (top if on is None else on.inside).append(node)
    return top, rows, more
