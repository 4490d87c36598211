"""Who may see a record: choosing an audience, narrowing it at once, widening it with a reason."""

from django.db import connection

from catalogue.models import Agency, Audience, Level
from catalogue.security.viewing import Viewer

from .refusals import NotAllowed, Refused



def level_of(name):
    """The TLP 2.0 level called `name` ("AMBER+STRICT"). Raises Refused with the names there are."""
    for level in Level:
        if level.label == str(name).strip().upper():
            return level
    raise Refused(f"{name!r} is no TLP 2.0 level; write CLEAR, GREEN, AMBER, AMBER+STRICT or RED.", "handling")


def audience(*, level, actor: Viewer, released_to=(), readers=()):
    """The id of the interned audience: `level`, the actor's agency and those it is released to, or the readers.

    RED names its readers and always includes the actor. Raises Refused above the ceiling of the actor's key.
    """
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
    """Whether audience `new` (an id) lets anybody in whom `old` kept out."""
    n, o = Audience.objects.get(pk=new), Audience.objects.get(pk=old)
    return not (
        n.level >= o.level
        and (o.agencies is None or (n.agencies is not None and set(n.agencies) <= set(o.agencies)))
        and (o.readers is None or (n.readers is not None and set(n.readers) <= set(o.readers)))
    )


def may_move(*, new, old, actor: Viewer, reason):
    """Refuse a change of audience that the actor's role does not allow: widening takes a curator and a reason."""
    if new == old:
        return
    verb = "widen" if wider(new, old) else "narrow"
    if not actor.may(verb):
        raise NotAllowed(f"Your role may not {verb} the handling of a record; a curator of your agency may.")
    if verb == "widen" and not reason.strip():
        raise Refused("Say in `reason` why more readers may see this record.", "reason")


