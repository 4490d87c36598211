"""Recording organisations and their names."""

from catalogue.markings.letters import slug_of
from catalogue.models import Level, Organisation, OrganisationName

from .record import record
from .refusals import Refused


def free_slug(model, wanted):
    """`wanted`, or with a number behind it where a record that can be seen has it already."""
    taken = set(model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for n in range(2, 10_000) if (slug := f"{wanted}-{n}") not in taken)


def record_organisation(*, name, actor, slug="", names=(), handling=Level.STRICT, released_to=(), reason="", **facts):
    """Record an organisation with its names. `slug` is made from the name unless given."""
    if not name.strip():
        raise Refused("Give the organisation a name.", "name")
    slug = slug or free_slug(Organisation, slug_of(name))
    row = {"name": name.strip(), "slug": slug, **facts}
    found = record(Organisation, [row], actor=actor, handling=handling, released_to=released_to)[0]
    name_organisation(found, names, actor=actor)
    return found


def name_organisation(organisation, names, *, actor):
    """Add the names it does not have yet. They are as wide as the organisation unless narrowed."""
    have = set(OrganisationName.objects.filter(organisation=organisation, voided_at=None).values_list("text", "kind"))
    rows = [
        {"organisation": organisation, **name}
        for name in names
        if (name["text"], name.get("kind", "alias")) not in have
    ]
    if rows:
        record(OrganisationName, rows, actor=actor, handling=Level.CLEAR)


