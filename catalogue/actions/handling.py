"""Who may see a record: choosing an audience, narrowing it at once, widening it with a reason."""

from django.db import connection

from catalogue.models import Agency, Audience, Level, User
from catalogue.security.viewing import Viewer

from .refusals import NotAllowed, Refused

HERE = 1  # the installation's own row


def level_of(name):
    """The TLP 2.0 level called `name` ("AMBER+STRICT"). Raises Refused with the names there are."""
    for level in Level:
        if level.label == str(name).strip().upper().replace(" ", "+"):
            return level
    raise Refused(f"{name!r} is no TLP 2.0 level; write CLEAR, GREEN, AMBER, AMBER+STRICT or RED.", "handling")


def audience(*, level, actor: Viewer, released_to=(), readers=()):
    """The id of the interned audience: `level`, the actor's agency and those released to, or the readers.

    RED names its readers and always includes the actor. Raises Refused above the ceiling of the actor's key.
    """
    if released_to and level not in (Level.AMBER, Level.STRICT):
        raise Refused("Only AMBER and AMBER+STRICT are released to agencies; choose one of them.", "released_to")
    if level > actor.ceiling:
        ceiling = Level(actor.ceiling).label
        raise Refused(f"This key reaches up to {ceiling} and cannot record {Level(level).label}.", "handling")
    agencies = sorted({actor.agency, *released_to}) if level in (Level.AMBER, Level.STRICT) else None
    named = sorted({actor.user, *readers}) if level == Level.RED else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_audience(%s, %s::int[], %s::int[])", [int(level), agencies, named])
        return cursor.fetchone()[0]


def agencies_named(slugs):
    """Ids of the agencies with these slugs. Raises Refused naming an unknown one."""
    found = dict(Agency.objects.filter(slug__in=slugs).values_list("slug", "id"))
    for slug in slugs:
        if slug not in found:
            raise Refused(f"There is no agency {slug!r}.", "released_to")
    return list(found.values())


def wider(new, old):
    """Whether audience `new` (an id) lets anybody in whom `old` kept out.

    Readers count as covered by an agency only when the actor knows them to be of it.
    """
    if new == old:
        return False
    n, o = Audience.objects.get(pk=new), Audience.objects.get(pk=old)
    if n.level < o.level:
        return True
    if o.readers is not None:
        return n.readers is None or not set(n.readers) <= set(o.readers)
    if o.agencies is None:
        return False
    if n.agencies is not None:
        return not set(n.agencies) <= set(o.agencies)
    readers = n.readers or []
    return not readers or User.objects.filter(pk__in=readers, agency_id__in=o.agencies).count() < len(readers)


def released_to(record):
    """The agencies beside its owner that a record is declared for."""
    agencies = record.declared.agencies
    if agencies is None:
        return []
    return list(Agency.objects.filter(pk__in=agencies).exclude(pk=record.owner_id).order_by("slug"))


def held_by(record):
    """The records that `record` names and that fewer may see than it is declared for: they hold it back."""
    named = [getattr(record, field.name) for field in record._meta.local_fields if field.column in record.bounds()]
    return [one for one in named if one is not None and wider(record.declared_id, one.audience_id)]


def may_change(found, *, actor: Viewer):
    """Refuse to change or void a record of another agency or another installation."""
    if found.owner_id != actor.agency or found.origin_id != HERE:
        raise NotAllowed(
            "Only the agency that owns a record changes or voids it; add your own identification or note instead."
        )


def may_begin(declared, *, actor: Viewer):
    """Refuse a new record that is wider than AMBER+STRICT of the own agency, unless the actor may widen."""
    if actor.may("widen") or not wider(declared, audience(level=Level.STRICT, actor=actor)):
        return
    raise NotAllowed(
        "Your role may record up to AMBER+STRICT of your own agency; leave `handling` and `released_to` out, "
        "and a curator of your agency may widen the record afterwards."
    )


def may_move(*, new, old, actor: Viewer, reason):
    """Refuse a move that the actor's role does not allow: widening takes a curator and a reason."""
    if new == old:
        return
    verb = "widen" if wider(new, old) else "narrow"
    if not actor.may(verb):
        raise NotAllowed(f"Your role may not {verb} the handling of a record; a curator of your agency may.")
    if verb == "widen" and not reason.strip():
        raise Refused("Say in `reason` why more readers may see this record.", "reason")
