"""The date codes that published texts quote: taken over with the proposal that is accepted, and taken back with it."""

from django.db import connection
from django.utils import timezone

from catalogue.markings.published import quoted
from catalogue.models import Component, DateReading, Level, Review
from catalogue.queries.proposals import changed_at_once, made_at_once
from catalogue.security.viewing import Viewer

from .bulk import load
from .candidates import of_date, spanned
from .handling import audience
from .record import spread

DATED = ("date_code", "made", "made_from", "made_to")
PUT_BACK = """
UPDATE catalogue_component t SET date_code = b.date_code, made = b.made, made_from = b.made_from, made_to = b.made_to
  FROM catalogue_componentevent b WHERE b.pgh_obj_id = t.id AND b.pgh_id = ANY (%s)"""


def date_pieces(waiting, actor: Viewer):
    """Date the pieces of accepted proposals by the code that their texts quote; how many were dated.

    A piece that has a date, or date readings, keeps them; so does one of another agency or of a reviewed specimen. The
    readings of each code are recorded beside it, the believed one chosen by the actor.
    """
    read = {one.component_id: reading_of(one) for one in waiting}
    there = (
        Component.objects.filter(pk__in=[pk for pk, reading in read.items() if reading], owner_id=actor.agency)
        .filter(date_code="", made="")
        .exclude(specimen__review=Review.REVIEWED)
        .exclude(date_readings__voided_at=None, date_readings__isnull=False)
    )
    pieces, rows = list(there), []
    for piece in pieces:
        reading = read[piece.pk]
        believed = next(one for one in reading.date_readings if one.chosen)
        made = spanned(believed.first, believed.last)
        piece.date_code = reading.date_code
        for name, value in spread({"made": made}).items():
            setattr(piece, name, value)
        for one in reading.date_readings:
            dated = of_date(reading.date_code, one, one is believed, {}, actor)
            rows.append({"component_id": piece.pk, "chosen_at": None, "chosen_by_id": None} | dated)
    Component.objects.bulk_update(pieces, DATED, batch_size=500)
    load(DateReading, rows, actor=actor, declared=audience(level=Level.CLEAR, actor=actor))
    return len(pieces)


def reading_of(proposal):
    """The reading that a proposal was made of, where it gives a date that it believes; else None."""
    reading = quoted(proposal.component.published_text, proposal.manufacturer.name).reading
    return reading if reading and reading.date_code and any(one.chosen for one in reading.date_readings) else None


def dated_at_once(batch, agency):
    """What `undate` needs of a batch, before anything of it is taken back: [(id, version after, event before)]."""
    return list(changed_at_once(Component, batch, agency).filter(before__isnull=False))


def undate(batch, dated, actor: Viewer):
    """Take the dates of a batch back, but of pieces that were changed since, and void the readings of them."""
    readings = set(made_at_once(DateReading, batch, actor.agency))
    pieces = set(DateReading.objects.filter(pk__in=readings).values_list("component", flat=True))
    versions = dict(Component.objects.filter(pk__in=pieces).values_list("id", "version"))
    last = {}
    for pk, version, before in sorted(dated, key=lambda row: row[1]):
        last[pk] = (version, last.get(pk, (0, before))[1])
    same = {pk: before for pk, (version, before) in last.items() if versions.get(pk) == version}
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK, [list(same.values())])
    DateReading.objects.filter(pk__in=readings, component__in=same, voided_at=None).update(
        voided_at=timezone.now(), voided_by_id=actor.user, void_reason="Taken back."
    )
