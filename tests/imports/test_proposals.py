"""What a published text quotes of the print: a marking, and what it may be, proposed by rules and counted nowhere."""

import pytest

from catalogue.actions.components import amend_component
from catalogue.actions.proposals import accept_proposals, take_back
from catalogue.actions.record import record
from catalogue.markings.published import quoted
from catalogue.models import Component, Identification, Import, Level, Organisation, Part

from .files import ROWS, table
from .test_undo import in_force, undo


def of(entry):
    return Component.objects.get(published_record__entry_id=entry, voided_at=None)


def proposals(entry, **where):
    rules = {"component__published_record__entry_id": entry, "basis": "marking-read", "identified_by": None}
    return Identification.objects.filter(**rules | where).order_by("id")


def test_a_quoted_marking_stands_beside_the_text_and_what_it_may_be_is_proposed_by_nobody(lab):
    lab.run()
    with lab.seen():
        first = of("p-1")
        assert (first.published_text, first.marking) == ("Transceiver MAX3221 CAE 2040", "MAX3221 CAE 2040")
        proposal = proposals("p-1").get()
        assert (proposal.state, proposal.manufacturer.name) == ("proposed", "Acme Semiconductor")
        assert (proposal.family, proposal.part) == ("MAX3221", None)
        assert proposal.reasons.startswith("read as MAX3221CAE · ")
        assert proposal.audience_id == first.audience_id
        assert of("p-3").marking == "" and not proposals("p-3").exists()


def test_a_proposal_counts_nowhere_until_somebody_accepts_it(lab):
    lab.run()
    with lab.seen():
        assert of("p-1").part is None and of("p-1").confidence == "low", "the publisher's word, no more"
        assert of("p-1").manufacturer.name == "Acme Semiconductor"
        counts = Import.objects.get().counts
        assert counts["markings"] == 2
        assert counts["proposed_moderate"] + counts.get("proposed_low", 0) == proposals("p-1").count() + 1


def test_a_part_that_is_recorded_is_proposed(lab):
    lab.run()
    with lab.seen() as viewer:
        maker = Organisation.objects.get(name="Acme Semiconductor")
        part = record(Part, [{"manufacturer": maker, "number": "MAX-3221"}], actor=viewer, handling=Level.CLEAR)[0]
    lab.run(table([("p-1", "Transceiver MAX3221 CAE 2041", *ROWS[0][2:]), *ROWS[1:]]))
    with lab.seen():
        assert proposals("p-1", state="proposed").get().part == part


def test_a_changed_text_moves_its_marking_and_proposes_anew(lab):
    lab.run()
    lab.run(table([("p-1", "Transceiver MAX3222 CAE 2041", *ROWS[0][2:]), *ROWS[1:]]))
    with lab.seen():
        assert of("p-1").marking == "MAX3222 CAE 2041"
        assert list(proposals("p-1").values_list("state", "family")) == [
            ("superseded", "MAX3221"), ("proposed", "MAX3222"),
        ]  # fmt: skip


def test_a_marking_that_somebody_read_is_not_overruled_by_a_changed_text(lab):
    lab.run()
    with lab.seen():
        Component.objects.filter(pk=of("p-2").pk).update(marking="CY7C 123", marking_state="read")
        Component.objects.filter(pk=of("p-3").pk).update(marking_state="erased")
    changed = [(row[0], "Chip MAX3222 CAE", *row[2:]) if row[0] in ("p-2", "p-3") else row for row in ROWS]
    lab.run(table(changed))
    with lab.seen():
        assert (of("p-2").marking, of("p-3").marking, of("p-3").marking_state) == ("CY7C 123", "", "erased")


def test_a_changed_import_is_undone_with_its_markings_and_proposals(lab):
    lab.run()
    with lab.seen():
        before = in_force()
    lab.run(table([("p-1", "Battery", *ROWS[0][2:]), ("p-2", "Chip MAX3222 CAE", *ROWS[1][2:]), *ROWS[2:]]))
    undo(lab)
    with lab.seen():
        assert in_force() == before


def accepted(lab, viewer, *entries):
    ids = [proposals(entry, state="proposed").get().pk for entry in entries]
    return accept_proposals(ids, actor=viewer)


def test_an_accepted_proposal_dates_the_piece_by_the_code_its_text_quotes(lab):
    lab.run()
    with lab.seen() as viewer:
        done = accepted(lab, viewer, "p-1")
        piece = of("p-1")
        assert (done.proposals, done.dated) == (1, 1)
        assert (piece.date_code, piece.made) == ("2040", "2020-09-28/2020-10-04")
        readings = list(piece.date_readings.values_list("scheme", "chosen_by", "reason"))
        assert readings[0] == ("YYWW", viewer.user, "2040 is read as year and week.")
        assert [one for one in readings if one[1]] == readings[:1]


def test_taking_back_undates_the_piece_and_voids_its_date_readings(lab):
    lab.run()
    with lab.seen() as viewer:
        done = accepted(lab, viewer, "p-1")
        assert take_back(done.batch, actor=viewer) == (1, 0)
        piece = of("p-1")
        assert (piece.date_code, piece.made, piece.made_from) == ("", "", None)
        assert not piece.date_readings.filter(voided_at=None).exists()
        again = accepted(lab, viewer, "p-1")
        assert again.dated == 1 and of("p-1").date_code == "2040"


def test_a_piece_that_has_a_date_keeps_it_when_a_proposal_is_accepted_and_taken_back(lab):
    lab.run()
    with lab.seen() as viewer:
        amend_component(of("p-1"), {"date_code": "1901"}, actor=viewer)
        done = accepted(lab, viewer, "p-1")
        assert done.dated == 0 and of("p-1").date_code == "1901"
        assert take_back(done.batch, actor=viewer) == (1, 0) and of("p-1").date_code == "1901"


def test_a_date_that_was_corrected_since_stays_when_its_proposal_is_taken_back(lab):
    lab.run()
    with lab.seen() as viewer:
        done = accepted(lab, viewer, "p-1")
        amend_component(of("p-1"), {"date_code": "2041"}, actor=viewer)
        take_back(done.batch, actor=viewer)
        assert of("p-1").date_code == "2041" and of("p-1").date_readings.filter(voided_at=None).exists()


@pytest.mark.parametrize(
    "text, marking",
    [
        ("RS 232 transceiver with shutdown MAX3221       CAE 2040", "MAX3221       CAE 2040"),
        ("FPGA chip XC6SLX45T CSG324DIV1621 D5237629A 3I TAIWAN", "XC6SLX45T CSG324DIV1621 D5237629A 3I TAIWAN"),
        ("Crossover Switch 2 x 2 MAX9152EUE+ 426", "MAX9152EUE+ 426"),
        ("Digital processor (ADSP-2187L) of the head", "ADSP-2187L"),
        ("STM32F405\nRGT6 2040", "STM32F405\nRGT6 2040"),
        ("ARM ST STM32F405 RGT6 7B38J V6 PHL 7B 306", "ST STM32F405 RGT6 7B38J V6 PHL 7B 306"),
        ("Power inductor (SMD) CDRH5D28NR", "CDRH5D28NR"), ("Chip GOAT (AD5348)", "GOAT (AD5348)"),
        ("Battery", ""), ("", ""), ("   ", ""), ("107", ""), ("\u202eX\u202c \0", ""),
    ],
)  # fmt: skip
def test_the_print_is_told_from_the_words_around_it(text, marking):
    assert quoted(text).marking == marking


def test_any_text_is_answered_with_a_piece_of_itself():
    for text in ("MAX3221 " * 3000, "х" * 30_000, "%_\\'\";--", "Ы-954 " * 50, "АСМ-3221 ACM-3221 АСМ-3221"):
        assert quoted(text).marking in text


def test_a_proposal_is_never_of_high_confidence():
    assert quoted("STM32F405RGT6", "STMicroelectronics").confidence == "moderate"
    assert quoted("Relay TRR1C05D00D").confidence == "low"
