"""Recording organisations and their names."""

from catalogue.markings.letters import slug_of
from catalogue.models import Level, Organisation, OrganisationName

from .lines import moving
from .record import amend, record, record_named
from .references import tail
from .refusals import Refused
from .settle import once, settle


def free_slug(model, wanted):
    """`wanted`, or with a number behind it where a record that can be seen has it already."""
    taken = set(model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for n in range(2, 10_000) if (slug := f"{wanted}-{n}") not in taken)


def slugs(model, words, given="", *, actor):
    """Slugs to try for a record called `words`: the given one or one made from them, then with a random tail.

    Raises Refused when a record of the own agency that can be seen has the given one.
    """
    if given and model.objects.filter(owner_id=actor.agency, slug=given).exists():
        noun = model._meta.verbose_name
        raise Refused(
            f"Your agency has a {noun} {given!r} already; change that record, or choose another slug.", "slug"
        )
    first = given or free_slug(model, slug_of(words)[:110])
    yield first
    while True:
        yield f"{first[:110]}-{tail().lower()}"


def said(words, field, what):
    """`words` without space around them. Raises Refused when there are none."""
    if not words.strip():
        raise Refused(f"Give the {what} a {field}.", field)
    return words.strip()


def record_organisation(*, name, actor, slug="", names=(), handling=Level.STRICT, released_to=(), reason="", **facts):
    """Record an organisation with its names. `slug` is made from the name unless given."""
    row = {"name": said(name, "name", "organisation"), **facts}
    found = record_named(
        Organisation, row, "slug", slugs(Organisation, name, slug, actor=actor),
        actor=actor, handling=handling, released_to=released_to,
    )  # fmt: skip
    name_organisation(found, names, actor=actor)
    return found


def amend_organisation(organisation, changes, *, actor, **seen):
    """Change an organisation; `names`, when sent, are its names from now on. Its slug stays."""
    changes.pop("slug", None)
    names = changes.pop("names", None)
    with moving(Organisation, [organisation.pk]):
        amend(organisation, changes, actor=actor, **seen)
        if names is not None:
            settle(OrganisationName, {"organisation": organisation}, once(names, "text", "kind"), actor=actor)


def name_organisation(organisation, names, *, actor):
    """Add the names it does not have yet. They are as wide as the organisation unless narrowed."""
    have = set(OrganisationName.objects.filter(organisation=organisation, voided_at=None).values_list("text", "kind"))
    rows = [
        {"organisation": organisation, **name}
        for name in once(list(names), "text", "kind")
        if (name["text"], name.get("kind", "alias")) not in have
    ]
    if rows:
        record(OrganisationName, rows, actor=actor, handling=Level.CLEAR, bounded=True)
