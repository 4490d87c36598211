"""Published records: no row is lost, a second time changes nothing, a bad file writes nothing."""

import csv
import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalogue.actions.organisations import record_organisation
from catalogue.actions.systems import record_system
from catalogue.imports.published import COLUMNS
from catalogue.models import (
    Agency,
    Component,
    Identification,
    Import,
    Level,
    Organisation,
    OrganisationCitation,
    OrganisationRelation,
    PublishedRecord,
    Specimen,
    User,
    WeaponSystem,
)
from catalogue.security.viewing import RED, Viewer, viewing_as
from tests.conftest import become

from .files import ROWS, URL, table

DATA = Path(os.environ.get("FORENSICS_DATA") or Path(__file__).resolve().parents[2] / "../shared/data")


def test_every_row_becomes_a_published_record_and_a_reported_component(lab):
    counts = lab.run()
    assert (counts["read"], counts["created"], counts["rejected"]) == ("4", "4", "0")
    with lab.seen():
        assert PublishedRecord.objects.count() == 4
        components = Component.objects.filter(published_record__isnull=False)
        assert components.count() == 4
        assert set(components.values_list("basis", "marking", "marking_state")) == {
            ("reported", "MAX3221 CAE 2040", "read"),
            ("reported", "РП15-50ШВ-В", "read"),
            ("reported", "", "not-recorded"),
        }
        first = components.get(published_record__entry_id="p-1")
        assert first.published_text == "Transceiver MAX3221 CAE 2040"
        assert first.manufacturer.name == "Acme Semiconductor"
        assert first.published_record.row["source_url"] == URL.format("p-1")


def test_titles_become_systems_specimens_and_assemblies(lab):
    lab.run()
    with lab.seen():
        kite = Specimen.objects.get(system__slug="kite")
        assert (kite.kind, kite.serial_number, kite.components.count()) == ("single", "0231", 2)
        group = Specimen.objects.get(system__slug="kh-69")
        assert (group.kind, group.count) == ("group", 2)
        assert set(group.numbers.values_list("text", flat=True)) == {"9501", "9502"}
        head = Component.objects.get(kind="assembly")
        assert (head.name, head.specimen.system.slug, head.specimen.kind) == (
            "Homing head HH-7",
            "kh-101",
            "unspecified",
        )
        assert head.children.get().published_record.entry_id == "p-3"


def test_a_maker_cell_is_interpreted_and_its_reading_stands_with_its_reason(lab):
    lab.run()
    with lab.seen():
        claim = Identification.objects.get(component__published_record__entry_id="p-2", state="accepted")
        assert (claim.basis_id, claim.confidence, claim.state) == ("published-attribution", "low", "accepted")
        relation = OrganisationRelation.objects.get(subject__name="Cypress Semiconductor")
        assert (relation.kind_id, relation.object.slug) == ("acquired", "infineon-technologies")
        assert "2020" in relation.note and "2020" in claim.reasons
        assert not Identification.objects.filter(component__published_record__entry_id="p-3").exists()


def test_a_firm_that_is_recorded_under_another_slug_is_not_recorded_again(lab):
    with lab.seen() as viewer:
        seen = {"actor": viewer, "handling": Level.CLEAR}
        record_organisation(name="Acme Semiconductor", slug="acme", **seen)
        alias = {"text": "CYPRESS SEMICONDUCTOR", "kind": "former"}
        record_organisation(name="Cypress of the Lake", names=[alias], **seen)
        record_organisation(name="Infineon Technologies", slug="infineon", **seen)
    lab.run()
    with lab.seen():
        makers = dict(Component.objects.values_list("published_record__entry_id", "manufacturer__slug"))
        assert (makers["p-1"], makers["p-2"]) == ("acme", "cypress-of-the-lake")
        assert OrganisationRelation.objects.get().object.slug == "infineon"
        assert set(Organisation.objects.values_list("slug", flat=True)) == {
            "acme", "cypress-of-the-lake", "infineon", "chip-shop",
        }  # fmt: skip


def test_a_name_that_two_firms_bear_decides_for_neither(lab):
    with lab.seen() as viewer:
        for slug in ("acme-east", "acme-west"):
            record_organisation(name="Acme Semiconductor", slug=slug, actor=viewer, handling=Level.CLEAR)
    lab.run()
    with lab.seen():
        maker = Component.objects.get(published_record__entry_id="p-1").manufacturer
        assert maker.slug == "acme-semiconductor"


def test_suppliers_glued_into_the_maker_cell_become_organisations_with_a_citation(lab):
    lab.run()
    with lab.seen():
        citation = OrganisationCitation.objects.get()
        assert "CHIP SHOP" in citation.record.name
        assert citation.quote == "Acme Semiconductor Suppliers JSC CHIP SHOP"
        assert "p-4" in citation.note


def events():
    return sum(
        model.pgh_event_model.objects.count()
        for model in (PublishedRecord, Component, Identification, Specimen, Import)
    )


def test_the_same_file_twice_changes_nothing(lab):
    lab.run()
    with lab.seen():
        before = events()
    counts = lab.run()
    assert (counts["created"], counts["updated"], counts["unchanged"]) == ("0", "0", "4")
    with lab.seen():
        assert events() == before


def test_a_changed_row_changes_only_what_changed(lab):
    lab.run()
    with lab.seen():
        versions = dict(Component.objects.values_list("published_record__entry_id", "version"))
        specimen = Specimen.objects.get(system__slug="kite").reference
    changed = [("p-1", "Transceiver MAX3221 CAE 2041", *ROWS[0][2:]), *ROWS[1:]]
    counts = lab.run(table(changed))
    assert (counts["created"], counts["updated"], counts["unchanged"]) == ("0", "1", "3")
    with lab.seen():
        now = dict(Component.objects.values_list("published_record__entry_id", "version"))
        assert {entry for entry in now if now[entry] != versions[entry]} == {"p-1"}
        component = Component.objects.get(published_record__entry_id="p-1")
        assert component.published_text.endswith("2041") and component.specimen.reference == specimen
        assert Identification.objects.filter(component=component, state="accepted").count() == 1


def test_a_changed_maker_supersedes_the_earlier_attribution_and_keeps_it(lab):
    lab.run()
    lab.run(table([(*ROWS[0][:2], "Volta Elektronik", "DE", *ROWS[0][4:]), *ROWS[1:]]))
    with lab.seen():
        component = Component.objects.get(published_record__entry_id="p-1")
        assert component.manufacturer.name.startswith("Volta")
        claims = component.identifications.filter(basis="published-attribution")
        assert sorted(claims.values_list("state", flat=True)) == ["accepted", "superseded"]


def test_what_an_analyst_identified_is_not_overruled_by_a_changed_row(lab):
    lab.run()
    with lab.seen():
        component = Component.objects.get(published_record__entry_id="p-1")
        Identification.objects.filter(component=component).update(basis_id="laboratory")
    lab.run(table([(*ROWS[0][:2], "Volta Elektronik", "DE", *ROWS[0][4:]), *ROWS[1:]]))
    with lab.seen():
        assert Component.objects.get(pk=component.pk).manufacturer.name == "Acme Semiconductor"


def test_a_changed_title_moves_the_component_and_keeps_its_reference(lab):
    lab.run()
    with lab.seen():
        reference = Component.objects.get(published_record__entry_id="p-1").reference
    lab.run(table([(*ROWS[0][:4], "Missile Kh-69 (No.9501 and No.9502)", ROWS[0][5]), *ROWS[1:]]))
    with lab.seen():
        component = Component.objects.get(published_record__entry_id="p-1")
        assert (component.specimen.system.slug, component.reference) == ("kh-69", reference)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(lab):
    assert lab.run(dry_run=True)["created"] == "4"
    with lab.seen():
        assert not PublishedRecord.objects.exists() and not WeaponSystem.objects.exists()


def test_records_start_with_the_agency_and_wider_ones_are_seen_wider(lab):
    lab.run()
    with viewing_as(Viewer()):
        assert not Component.objects.exists()
    lab.run(agency="partner", handling="CLEAR")
    with viewing_as(Viewer()):
        assert Component.objects.filter(published_record__isnull=False).count() == 4
        assert Component.objects.filter(manufacturer__isnull=False).count() == 3


def test_what_the_publisher_says_of_the_maker_is_seen_as_widely_as_the_component(lab):
    lab.run()
    with lab.seen():
        found = Identification.objects.select_related("component", "declared")
        assert found and all(one.audience_id == one.component.audience_id for one in found)
        assert {one.declared.name for one in found} == {"CLEAR"}


def test_two_agencies_import_the_same_file_without_knowing_of_each_other(lab):
    lab.run()
    assert lab.run(agency="partner")["created"] == "4"
    with lab.seen("partner"):
        assert Component.objects.filter(published_record__isnull=False).count() == 4
        assert set(Specimen.objects.values_list("reference", flat=True)) == set(
            Specimen.objects.filter(reference__startswith="PTN-").values_list("reference", flat=True)
        )


def test_names_that_only_a_colleague_may_see_do_not_stop_an_import(lab):
    become("catalogue_owner")
    agency = Agency.objects.get(slug="laboratory")
    colleague = User.objects.create(username="colleague", agency=agency, role="curator", examiner="CO")
    become("catalogue_app")
    with viewing_as(Viewer(colleague.pk, agency.pk, "curator", RED)) as actor:
        record_organisation(name="Acme Semiconductor", actor=actor, handling=Level.RED)
        record_system(name="Kite", kind_id="other", actor=actor, handling=Level.RED)
    assert lab.run()["created"] == "4"
    with lab.seen():
        maker = Component.objects.get(published_record__entry_id="p-1").manufacturer
        assert maker.name == "Acme Semiconductor" and maker.slug.startswith("acme-semiconductor-")


def test_rows_that_cannot_be_recorded_come_back_in_a_file_with_their_reasons(lab):
    counts = lab.run(table([*ROWS, ("", *ROWS[0][1:]), ROWS[0]]))
    assert (counts["created"], counts["rejected"]) == ("4", "2")
    with open(lab.folder / "records.csv.rejected.csv", encoding="utf-8") as file:
        rejected = list(csv.DictReader(file))
    assert [row["line"] for row in rejected] == ["6", "7"]
    assert "source_id is empty" in rejected[0]["reason"] and "line 2" in rejected[1]["reason"]


GOOD = table(ROWS)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (table(ROWS, [c for c in COLUMNS if c != "manufacturer"] + ["maker"]), "lacks the column manufacturer"),
        (GOOD.replace(b"Acme", "Акме".encode("cp1251")), "not in UTF-8 (line 2)"),
        ("\ufeff" .encode("utf-16") + GOOD.decode().encode("utf-16-le"), "UTF-16"),
        (GOOD[:-40], "cut short"),
        (GOOD[:-6], "cut short"),
        (GOOD.replace(b"p-2,", b'p-2,"'), "cut short"),
        (b"\x00" + GOOD, "null character"),
        (table([]), "no rows"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_sentence_and_writes_nothing(lab, data, said):
    with pytest.raises(CommandError, match=None) as refused:
        lab.run(data)
    assert said in str(refused.value) and "\n" not in str(refused.value)
    with lab.seen():
        assert not PublishedRecord.objects.exists() and not Import.objects.exists()


def test_an_unknown_agency_or_level_is_named(lab):
    with pytest.raises(CommandError, match="no agency 'nowhere'"):
        lab.run(agency="nowhere")
    with pytest.raises(CommandError, match="SECRET"):
        lab.run(handling="SECRET")


def test_the_history_names_the_import(lab):
    lab.run()
    with lab.seen():
        run = Import.objects.get()
        contexts = Component.pgh_event_model.objects.values_list("pgh_context", flat=True)
        assert {context["import"] for context in contexts} == {str(run.pk)}
        assert (run.state, run.counts["created"]) == ("done", 4)


@pytest.mark.skipif(not (DATA / "published").exists(), reason="the published records are not on this machine")
def test_all_published_records_are_recorded_and_counted_alike_everywhere(lab):
    file = DATA / "published" / "gur_components.csv"
    out = io.StringIO()
    call_command(
        "import_published", str(file), rejects=str(lab.folder / "rejects.csv"), stdout=out, stderr=io.StringIO()
    )
    with open(file, encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    with lab.seen() as viewer:
        assert PublishedRecord.objects.count() == len(rows)
        assert Component.objects.filter(published_record__isnull=False).count() == len(rows)
        assert viewer.ceiling == RED
        kept = dict(PublishedRecord.objects.values_list("entry_id", "row"))
    assert all(kept[row["source_id"]] == row for row in rows)
