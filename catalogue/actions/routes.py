"""Recording suspected supply routes: their legs in order, and what hangs on them."""

from catalogue.models import Level, RouteCitation, RouteEvidence, RouteLeg, RouteStep, SupplyRoute

from .citations import cite
from .lines import moving
from .organisations import said, slugs
from .record import amend, record_named
from .refusals import Refused
from .settle import once, settle


def record_route(
    *, title, actor, slug="", legs=None, evidence=None, citations=None,
    handling=Level.STRICT, released_to=(), reason="", **facts,
):  # fmt: skip
    """Record a suspected route. `slug` is made from the title unless given; `legs` are {leg, position}."""
    row = {"title": said(title, "title", "route"), **filled(facts)}
    found = record_named(
        SupplyRoute, row, "slug", slugs(SupplyRoute, title, slug, actor=actor),
        actor=actor, handling=handling, released_to=released_to,
    )  # fmt: skip
    complete(found, legs, evidence, citations, actor=actor)
    return found


def amend_route(route, changes, *, actor, **seen):
    """Change a route; legs, evidence and citations, when sent, are all it has from now on. Its slug stays."""
    changes.pop("slug", None)
    rest = [changes.pop(name, None) for name in ("legs", "evidence", "citations")]
    with moving(SupplyRoute, [route.pk]):
        amend(route, filled(changes), actor=actor, **seen)
        complete(route, *rest, actor=actor)


def filled(facts):
    return {name: "" if value is None and name == "confidence" else value for name, value in facts.items()}


def complete(route, legs, evidence, citations, *, actor):
    if legs is not None:
        steps = [{"leg": leg["leg"], "position": leg.get("position", n)} for n, leg in enumerate(legs, 1)]
        place({"route": route}, once(steps, "leg"), actor=actor)
    if evidence is not None:
        for row in evidence:
            if (row.get("part") is None) == (row.get("component") is None):
                raise Refused("Each piece of evidence names a part or a component, one of them.", "evidence")
        settle(RouteEvidence, {"route": route}, once(evidence, "part", "component", "why"), actor=actor)
    cite(RouteCitation, route, citations, actor=actor)


def place(of, steps, *, actor):
    """Make `steps` the places of a route's legs (or a leg's routes); one whose position changed is moved.

    A step is a line of its route and of its leg: those at the other end move with it.
    """
    other, model, ids = other_ends(of, steps)
    with moving(model, ids):
        for step in steps:
            RouteStep.objects.filter(**of, **{other: step[other]}, owner_id=actor.agency).exclude(
                position=step["position"]
            ).update(position=step["position"])
        settle(RouteStep, of, steps, actor=actor)


def other_ends(of, steps):
    """(column, model, ids) of the legs of a route, or the routes of a leg: those it has and those of `steps`."""
    column, model = ("route", SupplyRoute) if "leg" in of else ("leg", RouteLeg)
    has = RouteStep.objects.filter(**of, voided_at=None).values_list(column, flat=True)
    return column, model, {step[column].pk for step in steps} | set(has)
