"""Recording legs: who to whom, what was carried, how it is known, and which routes it serves."""

from itertools import repeat

from catalogue.models import Agency, Goods, GoodsLine, LegCitation, Level, RouteLeg

from .citations import cite
from .lines import hold, moving
from .parts import hs_code
from .record import amend, record, record_named
from .references import of_agency, references
from .refusals import Refused
from .routes import other_ends, place
from .settle import once, settle


def record_leg(
    *,
    actor,
    goods=None,
    routes=None,
    citations=None,
    handling=Level.STRICT,
    released_to=(),
    reason="",
    **facts,
):
    """Record a leg under a new reference of the actor's agency: KND-L-2026-7F3K.

    `sender` and `receiver` are organisations or None; `sender_known` and `receiver_known` say what is known
    of an unknown end. `goods` are lines (as declared, as it was), `routes` are {route, position}.
    """
    code, year = of_agency(Agency.objects.get(pk=actor.agency)).split("-")
    candidates = (references(RouteLeg, [p])[0] for p in repeat(f"{code}-L-{year}"))
    found = record_named(
        RouteLeg, facts, "reference", candidates, actor=actor, handling=handling, released_to=released_to
    )
    complete(found, goods, routes, citations, actor=actor)
    return found


def amend_leg(leg, changes, *, actor, **seen):
    """Change a leg; goods, routes and citations, when sent, are all it has from now on."""
    goods, routes, citations = (changes.pop(name, None) for name in ("goods", "routes", "citations"))
    if routes is not None:
        # Routes before legs, as when a route is changed: two who began at opposite ends would wait for each other.
        _, model, ids = other_ends({"leg": leg}, routes)
        hold(model, ids)
    with moving(RouteLeg, [leg.pk]):
        amend(leg, changes, actor=actor, **seen)
        complete(leg, goods, routes, citations, actor=actor)


def complete(leg, goods, routes, citations, *, actor):
    if goods is not None:
        lines = [line(row, actor=actor) for row in goods]
        settle(GoodsLine, {"leg": leg}, lines, actor=actor)
    if routes is not None:
        steps = [{"route": row["route"], "position": row.get("position", 1)} for row in routes]
        place({"leg": leg}, once(steps, "route"), actor=actor)
    cite(LegCitation, leg, citations, actor=actor)


def line(row, *, actor):
    """A goods line as columns. A part, or kind and name, name the goods; text alone is enough too."""
    row = dict(row)
    part, kind, name, cas = (row.pop(key, None) for key in ("part", "kind", "name", "cas"))
    for code in ("declared_hs", "actual_hs"):
        if code in row:
            row[f"{code}_id"] = hs_code(row.pop(code))
    if part is not None:
        if kind not in (None, "part"):
            raise Refused("Goods that name a part are of the kind “part”.", "goods")
        row["goods"] = goods_of({"kind": "part", "name": part.number, "part": part}, actor=actor)
    elif kind and name:
        row["goods"] = goods_of({"kind": kind, "name": name.strip(), "cas": cas or ""}, actor=actor)
    elif kind or name or cas:
        raise Refused("Name goods by kind and name, or by a part.", "goods")
    return row


def goods_of(what, *, actor):
    """The agency's own record of these goods, made when there is none.

    What goods are is no secret; who carried them where is the line's. A part's goods are as wide as the part.
    Others are recorded at AMBER+STRICT, as everything new, unless the actor may widen.
    """
    found = Goods.objects.filter(**what, owner_id=actor.agency, voided_at=None).order_by("audience_id", "id").first()
    if found is not None:
        return found
    bounded = "part" in what
    handling = Level.CLEAR if bounded or actor.may("widen") else Level.STRICT
    return record(Goods, [what], actor=actor, handling=handling, bounded=bounded)[0]
