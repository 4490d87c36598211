"""Accepting what rules read in a marking: it becomes somebody's identification, and perhaps the date of the piece."""

import calendar
from datetime import date

from django.db import connection
from django.utils import timezone

from catalogue.markings.dates import PartialDate
from catalogue.markings.reading import CONFIDENT
from catalogue.models import Component, Confidence, DateReading, Identification, IdentificationState, Review
from catalogue.queries.candidates import Candidate, of_component, of_marking_alone, part_of
from catalogue.security.viewing import Viewer

from .components import amend_component
from .handling import may_change
from .identify import identify
from .organisations import record_organisation
from .parts import record_part
from .record import require
from .refusals import NotThere, Refused
from .settle import settle

BASIS = "marking-read"
NEW = ("manufacturer", "part")  # what may be recorded new, when that is agreed to
READ_AS = {
    "YYWW": "read as year and week",
    "YWW": "read as the last figure of a year and a week",
    "YYMM": "read as year and month",
    "MMYY": "read as month and year",
    "YYYY": "read as a year",
}


def accept_reading(
    *, component, mpn, base_part, actor: Viewer, manufacturer=None, part=None, family="", record_new=(),
    confidence="", reasons=None, date_code=None, chosen=None, reason="",
):  # fmt: skip
    """(identification, whether it is new): the reading of a component's marking with this number is accepted.

    `mpn` and `base_part` say which reading is meant. `manufacturer` and `part` stand for those that the catalogue is
    found to have; what it lacks is recorded new only where `record_new` agrees to it. Without a part `family` says what
    is known. `confidence` and `reasons` are the reading's own unless given. Accepted again it is the same opinion.

    `date_code` says whether the date code is taken over too: None does so where the piece has none and it is the
    actor's agency's, and not reviewed unless for a `reason`. `chosen` is the reading of it that is believed
    (`date_named`), "" for none of them; the marking is never changed.

    Raises Refused where the marking is not read so (any more), or a maker is not known and not to be recorded.
    """
    require(actor, "identify")
    component = one_at_a_time(component, actor)
    found = meant(component, mpn, base_part)
    if manufacturer is None:
        manufacturer = part.manufacturer if part else found.manufacturer
        manufacturer = manufacturer or new_maker(found.maker, record_new, actor=actor)
    if part is None and not family:
        part = numbered_of(manufacturer, mpn, base_part, record_new, actor=actor)
    told = {"manufacturer": manufacturer, "part": part, "family": "" if part else family or base_part or mpn}
    given = {name: value for name, value in (("confidence", confidence), ("reasons", reasons)) if value}
    opinion = held(component, told | given, actor=actor)
    new = opinion is None
    if new:
        told |= {"confidence": believed(found.reading), "reasons": said(found.reading)} | given
        opinion = identify(component=component, basis=BASIS, actor=actor, **told)
    if date_code is None:
        date_code = dateless(component, found.reading, reason, actor=actor)
    if date_code and found.reading.date_code:
        take_date(component, found.reading, chosen, actor=actor, reason=reason)
    return opinion, new


def one_at_a_time(component, actor):
    """The component as it is once nobody else of the agency accepts a reading, to the end of the transaction.

    So what is pressed twice is done once. An agency waits, not a component alone: two that record one new maker at the
    same moment would make two of it. Raises NotThere when the component is voided by then.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue.readings'), %s)", [actor.agency])
    there = Component.objects.filter(pk=component.pk, voided_at=None)
    found = there.select_related("specimen", "manufacturer", "published_record").first()
    if found is None:
        raise NotThere("This record was voided or withdrawn.")
    return found


def meant(component, mpn, base_part) -> Candidate:
    """The Candidate with this number and base part. Raises Refused.

    Also of the readings without a maker: those were shown before the piece was identified.
    """
    for read in (of_component, of_marking_alone):
        for one in read(component):
            if one.plausible and (one.reading.mpn, one.reading.base_part) == (mpn, base_part):
                return one
    raise Refused("The marking is not read so; look at its readings again and accept one of them.", "mpn")


def new_maker(name, record_new, *, actor):
    """The maker a reading names, recorded now. Raises Refused where that was not agreed to."""
    if not name:
        raise Refused("The reading tells no maker; name the manufacturer.", "manufacturer")
    if "manufacturer" not in record_new:
        raise Refused(
            f"No single maker {name!r} that you may see is recorded; name it, or agree that it is recorded new.",
            "manufacturer",
        )
    return record_organisation(name=name, actor=actor)


def numbered_of(manufacturer, mpn, base_part, record_new, *, actor):
    """The maker's part with this number, recorded now where that was agreed to; None where there is none."""
    part = part_of(manufacturer, mpn) if mpn else None
    if part is None and mpn and "part" in record_new:
        part = record_part(manufacturer=manufacturer, number=mpn, family=base_part, actor=actor)
    return part


def believed(reading):
    """ICD 203: rules alone make nobody sure; a number that fits its maker's grammar is credible."""
    return Confidence.MODERATE if reading.score >= CONFIDENT else Confidence.LOW


def said(reading):
    """The reasons of an identification, in words: what was read, how far rules believe it, and why."""
    read = reading.mpn or reading.base_part
    lines = [f"Read by rules as {read} (score {reading.score:.2f}), and accepted.", *reading.reasons]
    return "\n".join(line if line.endswith(".") else f"{line[:1].upper()}{line[1:]}." for line in lines)


def held(component, told, *, actor):
    """The agency's accepted identification that says this already, or None."""
    there = Identification.objects.filter(
        component=component, owner_id=actor.agency, state=IdentificationState.ACCEPTED, voided_at=None, basis_id=BASIS
    )
    return there.filter(**told).select_related("manufacturer", "part").order_by("-id").first()


# The date code


def dateless(component, reading, reason, *, actor):
    """Whether the date code is taken over unasked: into an own piece that has none, and needs no amendment for it."""
    if component.owner_id != actor.agency or component.made or component.date_code not in ("", reading.date_code):
        return False
    if component.specimen.review == Review.REVIEWED and not reason.strip():
        return False
    return not component.date_readings.filter(voided_at=None).exists()


def take_date(component, reading, chosen, *, actor, reason=""):
    """Record every plausible reading of the date code; the believed one, where there is one, dates the piece."""
    may_change(component, actor=actor)
    plausible = {date_named(one): one for one in reading.date_readings}
    if chosen and chosen not in plausible:
        raise Refused("The date code is not read so; choose one of its readings.", "date")
    by_rules = next((one for one in reading.date_readings if one.chosen), None)
    believed = by_rules if chosen is None else plausible.get(chosen)
    before = {
        (one.scheme, one.made): one
        for one in component.date_readings.filter(voided_at=None, owner_id=actor.agency).exclude(chosen_at=None)
    }
    rows = [of_date(reading.date_code, one, one is believed, before, actor) for one in reading.date_readings]
    changes = {"date_code": reading.date_code}
    if believed is not None:
        changes["made"] = spanned(believed.first, believed.last)
    now = {"date_code": component.date_code, "made": component.made}
    if any(now[name] != getattr(value, "edtf", value) for name, value in changes.items()):
        amend_component(component, changes, actor=actor, reason=reason)
    settle(DateReading, {"component": component}, rows, actor=actor)


def of_date(code, one, believed, before, actor):
    """The columns of one reading of a date code. One that was chosen already stays chosen by whom and when it was."""
    made = spanned(one.first, one.last)
    row = {"scheme": one.scheme, "made": made.edtf, "made_from": one.first, "made_to": one.last}
    row["reason"] = f"{code} is {READ_AS.get(one.scheme, one.scheme)}."
    if believed:
        same = before.get((one.scheme, made.edtf))
        row["chosen_at"] = same.chosen_at if same else timezone.now()
        row["chosen_by_id"] = same.chosen_by_id if same else actor.user
    return row


def date_named(one):
    """What a reading of a date code is called when it is chosen: YYWW:2022-08-01."""
    return f"{one.scheme}:{one.first.isoformat()}"


def spanned(first: date, last: date):
    """The partly known date from `first` to `last`: a year, a month, or an interval of days."""
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return PartialDate(f"{first:%Y}", first, last)
    if first.day == 1 and last == first.replace(day=calendar.monthrange(first.year, first.month)[1]):
        return PartialDate(f"{first:%Y-%m}", first, last)
    return PartialDate(f"{first.isoformat()}/{last.isoformat()}", first, last)
