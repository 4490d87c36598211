"""Accepting what rules read in a marking: what becomes of it, and what it never touches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.candidates import accept_reading
from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import record
from catalogue.actions.refusals import NotAllowed, Refused
from catalogue.models import Component, DateReading, Identification, Level, Organisation, Part
from catalogue.queries.candidates import of_component
from catalogue.security.viewing import viewing_as

MARKING = "AD9361BBCZ\n#1731\nCHINA"
READING = {"mpn": "AD9361BBCZ", "base_part": "AD9361"}


def found(world, reader="olena", level="strict", marking=MARKING, **more):
    """A component with this marking in one of the laboratory's specimens."""
    with viewing_as(world.viewer(reader)) as actor:
        return record_component(
            specimen=world.specimens[level], marking=marking, actor=actor, handling=Level.CLEAR, **more
        )


def accept(world, reader, component, **more):
    with viewing_as(world.viewer(reader)) as actor:
        return accept_reading(component=component, actor=actor, **READING | more)


def now(world, component, reader="olena"):
    with viewing_as(world.viewer(reader)):
        return Component.objects.select_related("manufacturer", "part").get(pk=component.pk)


@pytest.fixture
def analog(world):
    """Analog Devices and its AD9361BBCZ, which anybody may see."""
    with viewing_as(world.viewer("olena")) as olena:
        maker = record_organisation(name="Analog Devices", country_id="US", actor=olena, handling=Level.CLEAR)
        part = record(Part, [{"manufacturer": maker, "number": "AD9361-BBCZ"}], actor=olena, handling=Level.CLEAR)
    return maker, part[0]


def test_an_accepted_reading_is_an_identification_with_its_reasons_and_the_marking_stays(world, analog):
    chip = found(world)
    opinion, new = accept(world, "taras", chip)
    assert new and (opinion.manufacturer, opinion.part) == analog
    assert (opinion.basis_id, opinion.state, opinion.confidence) == ("marking-read", "accepted", "moderate")
    assert opinion.identified_by_id == world.users["taras"].pk
    assert opinion.reasons.startswith("Read by rules as AD9361BBCZ (score 0.9") and "Analog Devices" in opinion.reasons
    chip = now(world, chip, "rita")
    assert (chip.manufacturer, chip.part) == analog and chip.marking == MARKING


def test_the_date_code_is_taken_over_with_every_plausible_reading_and_the_chosen_one(world, analog):
    chip = found(world)
    accept(world, "taras", chip)
    chip = now(world, chip)
    assert (chip.date_code, chip.made) == ("1731", "2017-07-31/2017-08-06")
    with viewing_as(world.viewer("rita")):
        rows = list(DateReading.objects.filter(component=chip, voided_at=None).order_by("-chosen_at"))
    (chosen,) = [row for row in rows if row.chosen_at]
    assert (chosen.scheme, chosen.made, chosen.chosen_by_id) == ("YYWW", chip.made, world.users["taras"].pk)
    assert chosen.reason == "1731 is read as year and week."


def test_pressed_twice_it_is_one_identification(world, analog):
    chip = found(world)
    first, _new = accept(world, "taras", chip)
    again, new = accept(world, "olena", chip)
    assert (again.pk, new) == (first.pk, False)
    with viewing_as(world.viewer("olena")):
        assert Identification.objects.filter(component=chip).count() == 1
        assert DateReading.objects.filter(component=chip, chosen_at__isnull=False).count() == 1


def test_a_piece_that_has_a_date_keeps_it_unless_another_is_asked_for(world, analog):
    chip = found(world, date_code="1730")
    accept(world, "taras", chip)
    assert (now(world, chip).date_code, now(world, chip).made) == ("1730", "")
    accept(world, "taras", chip, date_code=True)
    assert (now(world, chip).date_code, now(world, chip).made) == ("1731", "2017-07-31/2017-08-06")


def test_another_reading_of_the_date_code_may_be_chosen(world, analog):
    chip = found(world, marking="AD9361BBCZ\n#2018")
    accept(world, "taras", chip, chosen="YYYY:2018-01-01")
    assert now(world, chip).made == "2018"
    accept(world, "taras", chip, date_code=True, chosen="YYWW:2020-04-27")
    assert now(world, chip).made == "2020-04-27/2020-05-03"
    with viewing_as(world.viewer("olena")):
        chosen = DateReading.objects.filter(component=chip, voided_at=None, chosen_at__isnull=False)
        assert [row.scheme for row in chosen] == ["YYWW"]
    with pytest.raises(Refused, match="not read so; choose one"):
        accept(world, "taras", chip, date_code=True, chosen="YYWW:1999-01-01")


def test_a_maker_and_a_part_that_are_not_recorded_are_recorded_only_when_that_is_agreed_to(world):
    chip = found(world)
    with pytest.raises(Refused, match="No single maker 'Analog Devices'"):
        accept(world, "taras", chip)
    opinion, _new = accept(world, "taras", chip, record_new=("manufacturer",))
    assert (opinion.manufacturer.name, opinion.part, opinion.family) == ("Analog Devices", None, "AD9361")
    opinion, _new = accept(world, "taras", chip, record_new=("manufacturer", "part"))
    assert (opinion.part.number, opinion.part.family, opinion.family) == ("AD9361BBCZ", "AD9361", "")
    with viewing_as(world.viewer("olena")):
        assert Organisation.objects.filter(name="Analog Devices").count() == 1


def test_a_part_alone_tells_its_maker_where_only_one_has_it(world):
    chip = found(world, marking="ACM-3221\n2231")
    with viewing_as(world.viewer("olena")):
        one = of_component(chip)[0]
    opinion, _new = accept(world, "taras", chip, mpn=one.reading.mpn, base_part=one.reading.base_part)
    assert (opinion.manufacturer, opinion.part) == (world.makers["acme"], world.part)


def test_a_maker_that_is_hidden_from_the_reader_is_not_found_and_not_told_of(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_organisation(name="Analog Devices", actor=olena, handling=Level.RED)
    chip = found(world)
    with viewing_as(world.viewer("taras")):
        assert of_component(chip)[0].manufacturer is None
    with pytest.raises(Refused, match="No single maker"):
        accept(world, "taras", chip)
    opinion, _new = accept(world, "taras", chip, record_new=("manufacturer", "part"))
    assert opinion.manufacturer.name == "Analog Devices"


def test_what_the_marking_does_not_say_cannot_be_accepted(world, analog):
    with pytest.raises(Refused, match="The marking is not read so"):
        accept(world, "taras", found(world), mpn="XC7Z020")
    with pytest.raises(Refused, match="The marking is not read so"):
        accept(world, "taras", found(world, marking="Battery"))


@pytest.mark.parametrize("reader", ["rita", "ada"])
def test_who_may_not_identify_may_not_accept(world, analog, reader):
    with pytest.raises(NotAllowed):
        accept(world, reader, found(world))


def test_a_partner_accepts_for_its_own_agency_and_the_date_of_the_piece_stays(world, analog):
    chip = found(world, level="amber")
    opinion, _new = accept(world, "piet", chip)
    assert opinion.owner_id == world.agencies["partner"].pk
    assert (now(world, chip).date_code, now(world, chip).manufacturer) == ("", None)
    with pytest.raises(NotAllowed):
        accept(world, "piet", chip, date_code=True)


def test_of_a_reported_piece_the_published_text_is_read(world, analog):
    with viewing_as(world.viewer("olena")) as olena:
        rows = [{
            "specimen": world.specimens["strict"], "reference": "KND-2026-STRICT-R1", "basis": "reported",
            "published_text": "Мікросхема AD9361BBCZ 1731",
        }]  # fmt: skip
        chip = record(Component, rows, actor=olena)[0]
    opinion, _new = accept(world, "taras", chip)
    assert opinion.part == analog[1]


def queries_of(world, chip):
    with viewing_as(world.viewer("olena")):
        chip = Component.objects.select_related("manufacturer", "published_record").get(pk=chip.pk)
        with CaptureQueriesContext(connection) as asked:
            of_component(chip)
    return len(asked)


def test_reading_asks_the_database_five_times_however_many_readings_and_not_at_all_without_one(world, analog):
    assert queries_of(world, found(world)) == 5
    assert queries_of(world, found(world, marking="Battery")) == 0
    assert queries_of(world, found(world, marking="")) == 0


def test_a_wrong_opinion_does_not_make_a_reading_that_agrees_with_it(world, analog):
    chip = found(world, manufacturer=world.makers["acme"])
    with viewing_as(world.viewer("olena")):
        assert of_component(chip)[0].manufacturer == analog[0]
