"""The example catalogue in the database: all of its files is there, cited, public, and loaded once."""

import shutil
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from catalogue.actions.agencies import open_agency
from catalogue.actions.organisations import record_organisation
from catalogue.imports import example
from catalogue.imports.tables import FileRefused
from catalogue.models import (
    ChplTier,
    Claim,
    Component,
    ComponentIdentifier,
    ControlEvent,
    DateReading,
    GoodsLine,
    Handled,
    Identification,
    Import,
    Listing,
    Organisation,
    OrganisationRelation,
    Part,
    PublishedRecord,
    RouteEvidence,
    RouteLeg,
    Source,
    Specimen,
    SupplyRoute,
    WeaponSystem,
)
from catalogue.queries import organisations
from catalogue.security.viewing import NOBODY, RED, Viewer, viewing_as
from tests.conftest import become

pytestmark = pytest.mark.django_db
FILES, _ = example.read()
CITED = [
    Claim, Component, ControlEvent, Identification, Listing, Organisation, OrganisationRelation, Part,
    RouteLeg, Specimen, SupplyRoute, WeaponSystem,
]  # fmt: skip


def of_kind(cls):
    """All models under `cls` that have a table."""
    for child in cls.__subclasses__():
        if not child._meta.abstract:
            yield child
        yield from of_kind(child)


HANDLED = sorted(of_kind(Handled), key=lambda model: model.__name__)


def curator(slug):
    """The import account of a new agency; "laboratory" is at home. The application's role reads from here."""
    become("catalogue_owner")
    user = open_agency(slug=slug, home=slug == "laboratory").users.get(username=f"import@{slug}")
    become("catalogue_app")
    return Viewer(user.pk, user.agency_id, user.role, RED)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """(the actor, what became of the load, its seconds): one load for all tests, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        actor, began = curator("laboratory"), time.monotonic()
        with viewing_as(actor, reason="example catalogue"):
            outcome = example.load_example(actor=actor)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield actor, outcome, time.monotonic() - began
        transaction.set_rollback(True)


@pytest.fixture
def another(loaded):
    """The import account of a second agency, which has no example yet."""
    with transaction.atomic():
        yield curator("second")
        transaction.set_rollback(True)


@pytest.fixture
def seen(loaded):
    """The example as its agency sees it."""
    with viewing_as(loaded[0]):
        yield loaded[1]


def tally():
    """{model: (rows, events of its history)} as far as the reader sees."""
    return {model: (model.objects.count(), model.pgh_event_models["created"].objects.count()) for model in HANDLED}


def legs_of(route):
    """The legs of the route with this key, in order."""
    return list(RouteLeg.objects.filter(steps__route__slug=route).order_by("steps__position", "id").distinct())


@pytest.mark.parametrize(
    "table, model",
    [
        ("source", Source), ("organisation", Organisation), ("relation", OrganisationRelation),
        ("system", WeaponSystem), ("specimen", Specimen), ("component", Component), ("part", Part),
        ("route", SupplyRoute), ("code", ChplTier), ("control", ControlEvent), ("listing", Listing),
    ],
)  # fmt: skip
def test_as_many_records_are_there_as_the_files_hold(seen, table, model):
    assert model.objects.count() == len(FILES[table])


def test_each_published_entry_is_kept_and_leads_to_its_component(seen):
    restated = {fact["source_id"]: fact for fact in FILES["component"] if "source_id" in fact}
    records = {record.entry_id: record for record in PublishedRecord.objects.prefetch_related("components")}
    assert set(records) == set(restated)
    for entry, record in records.items():
        (component,) = record.components.all()
        assert record.text == component.published_text == restated[entry]["published_text"]
        assert record.url.startswith("https://war-sanctions.gur.gov.ua/")


class Noticed(dict):
    """A fact that notes which of its fields are read; `table` is where it stands, for example leg.goods."""

    said, read = set(), set()

    def __init__(self, table, fact):
        super().__init__({name: noticing(f"{table}.{name}", value) for name, value in fact.items()})
        self.table = table
        self.said.update((table, name) for name in fact)

    def __getitem__(self, name):
        self.read.add((self.table, name))
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.read.add((self.table, name))
        return super().get(name, default)


def noticing(table, value):
    if isinstance(value, dict):
        return Noticed(table, value)
    return [noticing(table, item) for item in value] if isinstance(value, list) else value


def test_no_field_of_the_files_is_left_behind(another, monkeypatch):
    files = {table: noticing(table, facts) for table, facts in FILES.items()}
    monkeypatch.setattr(example, "read", lambda folder: (files, "0" * 64))
    with viewing_as(another):
        example.load_example(actor=another)
    left = Noticed.said - Noticed.read
    # What the files call a leg or a claim is no part of the record; `handling` is looked at by read().
    assert {field for field in left if field[1] != "handling"} == {("leg", "key"), ("claim", "key")}


def test_every_record_says_where_it_comes_from(seen):
    for model in CITED:
        assert model.objects.exists(), model
        assert not model.objects.filter(citations=None).exists(), model


def test_anybody_sees_all_of_it(seen, loaded):
    inside = {model: model.objects.count() for model in HANDLED}
    with viewing_as(NOBODY):
        outside = {model: model.objects.count() for model in HANDLED}
    assert outside == inside
    assert inside[Component] == len(FILES["component"])


def test_a_second_load_changes_nothing(loaded):
    actor = loaded[0]
    with viewing_as(actor):
        before = tally()
    with viewing_as(actor):
        outcome = example.load_example(actor=actor)
    assert (outcome.there, outcome.of) == (len(FILES["source"]), len(FILES["source"]))
    with viewing_as(actor):
        assert tally() == before
    assert before[Component][1] >= len(FILES["component"])


def test_the_command_says_that_the_example_is_there_already(loaded):
    out, told = StringIO(), StringIO()
    call_command("load_example", stdout=out, stderr=told)
    assert told.getvalue().strip().endswith("sources are recorded already; nothing was changed.")
    assert out.getvalue() == ""


def test_the_load_takes_less_than_fifteen_seconds(loaded):
    assert loaded[2] < 15


def test_the_load_is_a_record_that_its_history_names(seen):
    run = Import.objects.get(format="example")
    assert run.state == "done" and run.counts["component"] == len(FILES["component"])
    event = Component.pgh_event_models["created"].objects.first()
    assert event.pgh_context["import"] == str(run.pk)
    assert event.pgh_context["reason"] == "example catalogue"


# What the routes say


def test_the_first_leg_of_the_engines_declared_as_cooling_units_is_not_documented(seen):
    first, *later = legs_of("r03")
    assert (first.sender.slug, first.receiver.slug) == ("xiamen-limbach", "beijing-xichao")
    assert first.status in ("inferred", "alleged")
    assert {leg.status for leg in later} == {"documented"}
    assert "cooling units" in later[0].goods.get().declared_as
    assert later[0].goods.get().goods.part.number == "L550E"


def test_goods_and_money_of_the_servomotors_are_legs_of_their_own(seen):
    kinds = [leg.kind for leg in legs_of("r12")]
    assert "goods" in kinds and "money" in kinds
    payers = {leg.sender.slug for leg in legs_of("r12") if leg.kind == "money"}
    assert payers == {"dal-enerji", "anka-port"}


def test_a_firm_that_a_source_names_together_with_another_has_a_leg_without_figures(seen):
    further = RouteLeg.objects.get(receiver__slug="saturn-ek")
    assert further.sender.slug == "margiana" and further.status == "alleged"
    assert further.note.startswith("Named together with")
    assert RouteLeg.objects.count() == len(FILES["leg"]) + 2
    assert not GoodsLine.objects.filter(leg__note__startswith="Named together", quantity__isnull=False).exists()


def test_the_last_leg_of_the_microcontroller_is_not_documented_and_serves_two_routes(seen):
    last = legs_of("r19")[-1]
    assert last.status == "inferred" and last.receiver is None and "not proven" in last.receiver_known
    assert set(last.steps.values_list("route__slug", flat=True)) == {"r19", "r19b"}
    assert [leg.status for leg in legs_of("r19")] == ["inferred", "documented", "inferred"]


def test_the_route_of_the_automation_ends_at_a_plant(seen):
    route = SupplyRoute.objects.get(slug="r01")
    assert route.plant == legs_of("r01")[-1].receiver == Organisation.objects.get(slug="biysk-oleum")
    assert route.plant.kind_id == "plant" and route.system is None


def test_a_leg_says_how_credible_its_source_is(seen):
    credible = set(RouteLeg.objects.values_list("citations__credibility", flat=True))
    assert credible == {str(c["credibility"]) for leg in FILES["leg"] for c in leg["sources"]}


def test_the_microcontroller_in_a_shahed_leads_to_the_route_it_may_have_come_by(seen):
    component = Component.objects.get(part__number="STM32F765VIT6", specimen__system__slug="shahed-136-geran-2")
    by_component = set(component.routes.values_list("route__slug", flat=True))
    by_part = set(RouteEvidence.objects.filter(part=component.part).values_list("route__slug", flat=True))
    assert by_component == by_part == {"r19", "r19b"}
    assert "not proven" in component.routes.get(route__slug="r19").why


# What was found, and by whom it was made


def test_an_accepted_identification_shows_as_maker_and_part_of_its_component(seen):
    assert Component.objects.exclude(manufacturer=None).count() == sum("manufacturer" in f for f in FILES["component"])
    assert Component.objects.exclude(part=None).count() == sum("part" in f for f in FILES["component"])
    head = Component.objects.get(published_record__entry_id="gur-572")
    assert (head.manufacturer.slug, head.part.number) == ("spansion", "S29AL032D70TAI00")
    opinion = head.identifications.get()
    assert (opinion.state, opinion.confidence, opinion.basis_id) == ("accepted", "moderate", "marking-read")
    assert opinion.reasons == "Maker as published: “Spansion (Cypress Semiconductor, Infineon Technologies)”."


def test_only_what_was_separated_from_the_published_text_is_a_marking(seen):
    read = Component.objects.exclude(marking="")
    assert read.count() == sum("marking" in fact for fact in FILES["component"])
    assert not Component.objects.filter(marking="").filter(marking_state="read").exists()


def test_components_lie_in_their_assemblies(seen):
    assert Component.objects.exclude(parent=None).count() == sum("parent" in f for f in FILES["component"])
    head = Component.objects.get(name="Active radar homing head ARGS-14")
    assert head.children.count() == 4 and head.published_record is None


def test_a_serial_number_is_that_of_one_piece(seen):
    number = ComponentIdentifier.objects.get()
    assert (number.text, number.component.quantity) == ("Н2836174", 1)


def test_a_week_is_an_interval_and_its_reading_names_who_chose_it(seen, loaded):
    component = Component.objects.get(date_code="2226")
    assert (component.made_from.isoformat(), component.made_to.isoformat()) == ("2022-06-27", "2022-07-03")
    assert component.date_readings.get().chosen_by_id == loaded[0].user
    assert DateReading.objects.count() == sum("made" in fact for fact in FILES["component"])


def test_references_are_of_the_agency_and_the_year(seen):
    assert not Specimen.objects.exclude(reference__regex=r"^LAB-20\d\d-\w{4}$").exists()
    assert not RouteLeg.objects.exclude(reference__regex=r"^LAB-L-20\d\d-\w{4}$").exists()
    for reference, specimen in Component.objects.values_list("reference", "specimen__reference"):
        assert reference.startswith(f"{specimen}-")


def test_analog_devices_includes_what_it_has_acquired(seen):
    group = organisations.group([Organisation.objects.get(slug="analog-devices").pk])
    slugs = set(Organisation.objects.filter(pk__in=group).values_list("slug", flat=True))
    assert {"maxim-integrated", "linear-technology", "dallas-semiconductor"} <= slugs
    assert "texas-instruments" not in slugs


def test_front_company_is_a_claim_by_somebody(seen):
    claims = Claim.objects.filter(kind="description")
    assert {claim.organisation.slug for claim in claims} == {"libss", "sharp-edge-engineering"}
    assert all(claim.by for claim in claims)
    assert Claim.objects.filter(kind__in=("figure", "estimate")).count() == len(FILES["claim"])
    assert [claim.by for claim in Claim.objects.filter(kind="estimate")] == ["President of Ukraine"]


def test_a_listing_is_confirmed_by_the_account_that_recorded_it(seen, loaded):
    assert set(Listing.objects.values_list("confirmed_by", flat=True)) == {loaded[0].user}


def test_a_scope_that_nobody_recorded_is_marked_so(seen):
    scopes = [line for fact in FILES["control"] for line in fact["scope"]]
    unknown = ControlEvent.objects.filter(scope__recorded=False)
    assert unknown.count() == sum(not line["scope_recorded"] for line in scopes)
    assert ControlEvent.objects.get(scope__hs__code="852910").jurisdiction_id == "US"


# What is refused


def copy_with(tmp_path, file, old, new):
    """A copy of the example's folder in which `file` says `new` instead of `old`, once."""
    folder = shutil.copytree(example.FOLDER, tmp_path / "example")
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    "file, old, new, sentence",
    [
        ("claims.toml", 'source = "euromaidan-rusi"', 'source = "nowhere"', "names the source 'nowhere'"),
        ("parts.toml", 'handling = "CLEAR"', 'handling = "AMBER"', "not marked CLEAR"),
        ("routes.toml", "[[route]]", "[[road]]", "should have"),
        ("systems.toml", "[[system]]", "[[system", "cannot be read"),
        ("systems.toml", 'slug = "kh-59"', 'slug = "kh-59"\nparent = "kh-59mk"', "has the parent"),
        ("controls.toml", 'regime = "EAR part 746"', 'regime = "Custom"', "names the regime 'Custom'"),
        ("listings.toml", 'status = "listed"', 'status = "suspected"', "'suspected' of a listing"),
    ],
)  # fmt: skip
def test_a_fault_in_the_files_is_one_sentence_and_nothing_is_written(another, tmp_path, file, old, new, sentence):
    folder = copy_with(tmp_path, file, old, new)
    with pytest.raises(FileRefused, match=sentence), viewing_as(another):
        example.load_example(folder, actor=another)
    with viewing_as(another):
        assert not Source.objects.filter(owner_id=another.agency).exists()


def test_a_maker_that_the_agency_has_already_is_used_not_repeated(another):
    with viewing_as(another):
        known = record_organisation(name="STMicroelectronics", slug="stmicroelectronics", actor=another)
        example.load_example(actor=another)
        mine = Organisation.objects.filter(owner_id=another.agency)
        assert mine.get(slug="stmicroelectronics").pk == known.pk
        assert mine.count() == len(FILES["organisation"])
        assert Part.objects.get(manufacturer=known, number="STM32F765VIT6").owner_id == another.agency
