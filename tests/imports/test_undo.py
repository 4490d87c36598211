"""Undoing a whole import: the catalogue is as before, and what somebody built on it stays."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from catalogue.actions.identify import identify
from catalogue.actions.record import amend, record
from catalogue.actions.refusals import NotAllowed, NotThere, Refused
from catalogue.actions.undo import WRITTEN, undo_import
from catalogue.models import (
    Component,
    Handled,
    Identification,
    Import,
    Organisation,
    Part,
    PublishedRecord,
    Source,
    Specimen,
    WeaponSystem,
)
from catalogue.models.base import generated_fields
from catalogue.security.viewing import viewing_as

from .files import ROWS, table

UNSAID = {"version", "updated_at", "audience_id"}
CHANGED = [
    ("p-1", "Transceiver MAX3221 CAE 2041", "Volta Elektronik", "DE", ROWS[3][4], "2026-06-14"),
    *ROWS[1:],
    ("p-9", "New", "Brand-new Works", "US", "UAV Shahed-136", "2026-06-14"),
]  # fmt: skip


def in_force():
    """{model: {id: what stands in it}} of every record in force."""
    found = {}
    for model in apps.get_app_config("catalogue").get_models():
        if issubclass(model, Handled) and model is not Import:
            columns = [f.attname for f in model._meta.concrete_fields]
            columns = [c for c in columns if c not in UNSAID | set(generated_fields(model))]
            found[model] = {row["id"]: row for row in model.objects.filter(voided_at=None).values(*columns)}
    return found


def last():
    return Import.objects.order_by("-id").first()


def undo(lab, reason="The wrong file."):
    with lab.seen() as actor:
        done = undo_import(run=last(), reason=reason, actor=actor)
        Import.objects.filter(pk=last().pk).update(state="undone")
        return done


def test_after_an_import_is_undone_the_catalogue_is_as_before(lab):
    lab.run(table(ROWS[:2]))
    with lab.seen():
        before = in_force()
    lab.run()
    with lab.seen():
        assert in_force() != before
    done = undo(lab)
    with lab.seen():
        assert in_force() == before
    assert done.stays == {}


def test_what_an_import_changed_is_put_back(lab):
    lab.run()
    with lab.seen():
        before = in_force()
    lab.run(table(CHANGED))
    with lab.seen():
        component = Component.objects.get(published_record__entry_id="p-1", voided_at=None)
        assert component.manufacturer.name == "Volta Elektronik"
    assert undo(lab).stays == {}
    with lab.seen():
        assert in_force() == before
        component.refresh_from_db()
        assert component.manufacturer.name == "Acme Semiconductor"


def test_an_undone_import_can_be_run_again_under_the_same_names(lab):
    lab.run()
    with lab.seen():
        slugs = {
            model: set(model.objects.values_list("slug", flat=True)) for model in (Source, Organisation, WeaponSystem)
        }
    undo(lab)
    assert lab.run()["created"] == "4"
    with lab.seen():
        for model, names in slugs.items():
            assert set(model.objects.filter(voided_at=None).values_list("slug", flat=True)) == names
        assert PublishedRecord.objects.filter(voided_at=None).count() == 4
        assert Component.objects.filter(published_record__isnull=False, voided_at=None).count() == 4
    assert lab.run()["unchanged"] == "4"
    done = undo(lab)
    assert not done.restored and {Source, Organisation, WeaponSystem} <= done.voided.keys()
    with lab.seen():
        assert not any(in_force().values())


def test_what_an_import_brought_back_stays_where_others_name_it(lab):
    lab.run()
    undo(lab)
    lab.run()
    with lab.seen() as actor:
        maker = Organisation.objects.get(slug="acme-semiconductor")
        record(Part, [{"manufacturer": maker, "number": "ACM-1"}], actor=actor)
    assert undo(lab).stays[Organisation, maker.pk] == "named"
    with lab.seen():
        assert set(Organisation.objects.filter(voided_at=None)) == {maker}


def test_the_example_catalogue_is_no_import_to_undo(lab):
    lab.run()
    with lab.seen():
        Import.objects.update(format="example")
    with pytest.raises(NotThere):
        undo(lab)


def test_a_later_import_is_undone_first_and_then_the_earlier_is_free(lab):
    lab.run()
    with lab.seen():
        first = last()
    lab.run(table(CHANGED))
    undo(lab)
    with lab.seen() as actor:
        assert undo_import(run=first, reason="All of it.", actor=actor).stays == {}
        assert not any(in_force().values())


def test_what_an_analyst_identified_stays_with_all_it_needs(lab):
    lab.run()
    with lab.seen() as actor:
        component = Component.objects.get(published_record__entry_id="p-1")
        maker = Organisation.objects.get(slug="acme-semiconductor")
        identify(component=component, manufacturer=maker, basis="visual", confidence="high", actor=actor)
    done = undo(lab)
    with lab.seen():
        kept = {model: set(model.objects.filter(voided_at=None)) for model in WRITTEN}
        assert {c.pk for c in kept[Component]} == {component.pk}
        assert {s.pk for s in kept[Specimen]} == {component.specimen_id}
        assert {p.entry_id for p in kept[PublishedRecord]} == {"p-1"}
        assert {o.slug for o in kept[Organisation]} == {"acme-semiconductor"}
        assert done.stays[Component, component.pk] == "named"
        assert Component.objects.get(pk=component.pk).manufacturer == maker
        assert Identification.objects.filter(state="accepted", voided_at=None).count() == 1


def test_what_somebody_changed_since_stays_as_it_is(lab):
    lab.run()
    with lab.seen() as actor:
        component = Component.objects.get(published_record__entry_id="p-3")
        amend(component, {"note": "Looked at."}, actor=actor)
    done = undo(lab)
    assert done.stays[Component, component.pk] == "changed"
    with lab.seen():
        left = Component.objects.filter(voided_at=None)
        assert set(left.values_list("kind", "note")) == {("part", "Looked at."), ("assembly", "")}


def test_records_that_another_import_uses_stay(lab):
    lab.run(table(ROWS[:1]))
    with lab.seen():
        first = last()
    lab.run(table(ROWS))
    with lab.seen() as actor:
        done = undo_import(run=first, reason="The wrong file.", actor=actor)
        assert {model for model, _ in done.stays} >= {Specimen, Source, Organisation}
        assert set(PublishedRecord.objects.filter(voided_at=None).values_list("entry_id", flat=True)) == {
            "p-2", "p-3", "p-4",
        }  # fmt: skip


def test_undoing_takes_a_reason_a_curator_and_an_import_that_is_done(lab):
    lab.run()
    with pytest.raises(Refused, match="Say in `reason`"):
        undo(lab, reason=" ")
    undo(lab)
    with pytest.raises(Refused, match="was undone already"):
        undo(lab)


def test_the_history_says_who_undid_it_and_why(lab):
    lab.run()
    undo(lab)
    with lab.seen() as actor:
        event = PublishedRecord.pgh_event_model.objects.order_by("-pgh_id").first()
        assert (event.pgh_context["reason"], event.pgh_context["undo"]) == ("The wrong file.", str(last().pk))
        assert event.pgh_context["actor"] == actor.user
        assert event.void_reason == "The wrong file."


def test_an_analyst_may_not_undo(lab):
    lab.run()
    with lab.seen() as actor, viewing_as(actor):
        analyst = type(actor)(actor.user, actor.agency, "analyst", actor.ceiling)
        with pytest.raises(NotAllowed):
            undo_import(run=last(), reason="No.", actor=analyst)


def test_the_command_undoes_an_import_by_its_number(lab):
    lab.run()
    with lab.seen():
        number = str(last().pk)
    out = io.StringIO()
    call_command("import_published", undo=number, reason="The wrong file.", stdout=out)
    assert "stays: 0" in out.getvalue()
    with lab.seen():
        assert last().state == "undone" and not any(in_force().values())
    for options in ({"undo": number, "reason": "Again."}, {"undo": "x", "reason": "No such."}, {}):
        with pytest.raises(CommandError):
            call_command("import_published", **options)
