"""Recording types of weapon systems."""

from catalogue.models import Level, SystemCitation, SystemName, WeaponSystem

from .citations import cite
from .lines import moving
from .organisations import said, slugs
from .record import amend, record_named
from .settle import once, settle


def record_system(
    *,
    name,
    actor,
    slug="",
    names=None,
    citations=None,
    handling=Level.STRICT,
    released_to=(),
    reason="",
    **facts,
):
    """Record a type of weapon system with its aliases. `slug` is made from the name unless given."""
    row = {"name": said(name, "name", "weapon system"), **facts}
    found = record_named(
        WeaponSystem, row, "slug", slugs(WeaponSystem, name, slug, actor=actor),
        actor=actor, handling=handling, released_to=released_to,
    )  # fmt: skip
    complete(found, names, citations, actor=actor)
    return found


def amend_system(system, changes, *, actor, **seen):
    """Change a weapon system; names and citations, when sent, are all it has from now on. Its slug stays."""
    changes.pop("slug", None)
    names, citations = changes.pop("names", None), changes.pop("citations", None)
    with moving(WeaponSystem, [system.pk]):
        amend(system, changes, actor=actor, **seen)
        complete(system, names, citations, actor=actor)


def complete(system, names, citations, *, actor):
    if names is not None:
        settle(SystemName, {"system": system}, once(names, "text", "kind"), actor=actor)
    cite(SystemCitation, system, citations, actor=actor)
