"""What came out of a record is never wider than that record, whatever it is and whoever wrote it first."""

import pytest
from django.db import DatabaseError, connection, transaction

from catalogue.models import (
    Component,
    ComponentCitation,
    Identification,
    IdentificationCitation,
    Organisation,
    OrganisationName,
    Part,
    Photo,
    PhotoCapture,
    PhotoRegion,
    Source,
    Specimen,
)  # fmt: skip
from catalogue.security.viewing import viewing_as

from .rows import BOUNDS, HANDLED, declare, make, seen_by, with_parent

CLEAR, GREEN = 1, 2
# Custody is never altered, and composite keys hold photographs and components to their specimen.
MOVES_NEVER = {
    "Photo.specimen", "EvidenceFile.specimen", "CustodyEvent.specimen", "CustodyEvent.component", "Component.specimen",
}  # fmt: skip
MOVING = [(m, f) for m, f in BOUNDS if f"{m.__name__}.{f.name}" not in MOVES_NEVER]


@pytest.mark.parametrize("model, field", BOUNDS, ids=[f"{m.__name__}.{f.name}" for m, f in BOUNDS])
def test_a_child_is_never_wider_than_what_it_names(people, model, field):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        narrow, narrower = people.strict("laboratory", "partner"), people.strict()
        parent = make(field.related_model, owner=laboratory)
        child = with_parent(model, field, parent, owner=laboratory)
        assert seen_by(child) == CLEAR
        declare(parent, narrow)
        assert seen_by(child) == narrow, "narrowing the parent is not followed"
        late = with_parent(model, field, parent, owner=laboratory)
        assert seen_by(late) == narrow, "a child recorded later is wider"
        declare(child, narrower)
        assert seen_by(child) == narrower, "a child may be narrower"
        declare(parent, CLEAR)
        assert (seen_by(child), seen_by(late)) == (narrower, CLEAR), "widening goes as far as each chose"


@pytest.mark.parametrize("model, field", MOVING, ids=[f"{m.__name__}.{f.name}" for m, f in MOVING])
def test_pointing_at_a_narrower_record_narrows_at_once(people, model, field):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        strict = people.strict()
        child = with_parent(model, field, make(field.related_model, owner=laboratory), owner=laboratory)
        other = make_other(field, child, owner=laboratory, declared=strict)
        assert seen_by(child) == CLEAR
        model.objects.filter(pk=child.pk).update(**{field.attname: other.pk})
        assert seen_by(child) == strict


def make_other(field, child, **seen):
    """Another record for `field`, of the same specimen or maker as the first where a rule asks for that."""
    now = getattr(child, field.name)
    if isinstance(now, Component):
        return make(Component, specimen=now.specimen, **seen)
    if isinstance(now, Part):
        return make(Part, manufacturer=now.manufacturer, **seen)
    return make(field.related_model, **seen)


def test_every_handled_table_is_made_by_these_tests():
    assert len(HANDLED) >= 54
    assert len(BOUNDS) >= 95


def test_twenty_levels_of_a_teardown_follow_their_specimen_in_the_same_transaction(people):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        strict = people.strict()
        specimen = make(Specimen, owner=laboratory)
        source, maker = make(Source, owner=laboratory), make(Organisation, owner=laboratory)
        hanging, parent = [], None
        for _ in range(20):
            parent = make(Component, owner=laboratory, specimen=specimen, parent=parent)
            photo = make(Photo, owner=laboratory, component=parent)
            opinion = make(Identification, owner=laboratory, component=parent, manufacturer=maker)
            hanging += [
                parent, photo, opinion,
                make(PhotoCapture, owner=laboratory, photo=photo),
                make(PhotoRegion, owner=laboratory, photo=photo, component=parent),
                make(ComponentCitation, owner=laboratory, record=parent, source=source),
                make(IdentificationCitation, owner=laboratory, record=opinion, source=source),
            ]  # fmt: skip
        declare(specimen, strict)
        assert {seen_by(record) for record in hanging} == {strict}
    with viewing_as(people.viewer("sam")):
        assert not any(type(record).objects.filter(pk=record.pk).exists() for record in hanging)
    with viewing_as(people.viewer("olena"), reason="released"):
        declare(specimen, CLEAR)
        assert {seen_by(record) for record in hanging} == {CLEAR}


def test_narrowing_the_middle_of_a_tree_leaves_what_lies_above_it(people):
    laboratory = people.agencies["laboratory"]
    with viewing_as(people.viewer("olena")):
        strict = people.strict()
        specimen = make(Specimen, owner=laboratory)
        chain = [make(Component, owner=laboratory, specimen=specimen)]
        for _ in range(4):
            chain.append(make(Component, owner=laboratory, specimen=specimen, parent=chain[-1]))
        declare(chain[2], strict)
        assert [seen_by(record) for record in chain] == [CLEAR, CLEAR, strict, strict, strict]


def test_another_agencys_opinion_follows_too(people):
    """Piet identified a component he could see; when it is narrowed away from him, so is his opinion."""
    with viewing_as(people.viewer("olena")):
        component = make(Component, owner=people.agencies["laboratory"])
        maker = make(Organisation, owner=people.agencies["laboratory"])
    with viewing_as(people.viewer("piet")):
        opinion = make(
            Identification, owner=people.agencies["partner"], component=component, manufacturer=maker, declared=GREEN
        )
        assert seen_by(opinion) == GREEN
    with viewing_as(people.viewer("olena")):
        strict = people.strict()
        declare(component, strict)
        assert seen_by(opinion) == strict
    with viewing_as(people.viewer("piet")):
        assert not Identification.objects.filter(pk=opinion.pk).exists()


def test_an_agency_narrows_its_record_at_once_whatever_another_has_hung_on_it(people):
    """Piet's opinion is the partner's alone; beneath a component of the laboratory alone nobody sees it."""
    with viewing_as(people.viewer("olena")):
        component = make(Component, owner=people.agencies["laboratory"])
        maker = make(Organisation, owner=people.agencies["laboratory"])
    with viewing_as(people.viewer("piet")):
        opinion = make(
            Identification, owner=people.agencies["partner"], component=component, manufacturer=maker,
            declared=people.strict("partner"),
        )  # fmt: skip
        before = seen_by(opinion)
    with viewing_as(people.viewer("olena")):
        declare(component, people.strict())
        assert seen_by(component) == people.strict()
        assert not Identification.objects.exists()
    with viewing_as(people.viewer("piet")):
        assert not Component.objects.exists() and not Identification.objects.exists()
    with viewing_as(people.viewer("olena")):
        declare(component, CLEAR)
    with viewing_as(people.viewer("piet")):
        assert seen_by(opinion) == before


def test_a_record_of_ones_own_cannot_be_declared_so_that_nobody_sees_it(people):
    with viewing_as(people.viewer("olena")):
        maker = make(Organisation, owner=people.agencies["laboratory"], declared=people.strict())
        name = make(OrganisationName, owner=people.agencies["laboratory"], organisation=maker)
        with pytest.raises(DatabaseError, match="nobody could see"), transaction.atomic():
            declare(name, people.strict("partner"))
        assert seen_by(name) == people.strict()


class TestProjection:
    """Component.manufacturer and .part repeat the accepted identification, for those who may all see it."""

    def facts(self, people, declared=CLEAR, component=CLEAR):
        laboratory = people.agencies["laboratory"]
        found = make(Component, owner=laboratory, declared=component)
        part = make(Part, owner=laboratory)
        opinion = make(
            Identification, owner=laboratory, declared=declared, component=found, part=part, state="accepted"
        )
        return found, part, opinion

    def projected(self, component):
        return Component.objects.values_list("manufacturer_id", "part_id").get(pk=component.pk)

    def test_an_opinion_as_wide_as_its_component_is_shown_in_lists(self, people):
        with viewing_as(people.viewer("olena")):
            component, part, _ = self.facts(people)
            assert self.projected(component) == (part.manufacturer_id, part.pk)

    def test_a_narrower_opinion_is_not_shown_in_lists(self, people):
        with viewing_as(people.viewer("olena")):
            component, _, opinion = self.facts(people, declared=people.strict())
            assert self.projected(component) == (None, None)
            assert Identification.objects.filter(pk=opinion.pk).exists()

    def test_narrowing_the_opinion_takes_it_from_the_lists(self, people):
        with viewing_as(people.viewer("olena")):
            component, _, opinion = self.facts(people)
            declare(opinion, people.strict())
            assert self.projected(component) == (None, None)

    def test_narrowing_the_maker_takes_it_from_the_lists(self, people):
        with viewing_as(people.viewer("olena")):
            component, part, _ = self.facts(people)
            declare(part.manufacturer, people.strict())
            assert self.projected(component) == (None, None)

    def test_it_comes_back_when_the_component_is_narrowed_to_the_same_readers(self, people):
        with viewing_as(people.viewer("olena")):
            component, part, _ = self.facts(people, declared=people.strict())
            declare(component, people.strict())
            assert self.projected(component) == (part.manufacturer_id, part.pk)

    def test_it_stays_when_component_and_opinion_are_narrowed_together(self, people):
        with viewing_as(people.viewer("olena")):
            component, part, _ = self.facts(people)
            version = Component.objects.get(pk=component.pk).version
            declare(component.specimen, people.strict())
            assert self.projected(component) == (part.manufacturer_id, part.pk)
            assert Component.objects.get(pk=component.pk).version == version, "nothing of the component changed"

    def test_it_goes_when_the_component_becomes_wider_than_the_opinion(self, people):
        with viewing_as(people.viewer("olena")):
            component, _, _ = self.facts(people, declared=people.strict(), component=people.strict())
            assert self.projected(component) != (None, None)
            declare(component, CLEAR)
            assert self.projected(component) == (None, None)

    def test_another_agencys_opinion_is_never_projected(self, people):
        with viewing_as(people.viewer("olena")):
            component, maker = (make(m, owner=people.agencies["laboratory"]) for m in (Component, Organisation))
        with viewing_as(people.viewer("piet")):
            make(
                Identification, owner=people.agencies["partner"], component=component, manufacturer=maker,
                state="accepted",
            )  # fmt: skip
            assert self.projected(component) == (None, None)

    @pytest.mark.parametrize("end", ["state", "voided_at"])
    def test_a_superseded_or_voided_opinion_is_taken_away(self, people, end):
        with viewing_as(people.viewer("olena")):
            component, _, opinion = self.facts(people)
            change = {"state": "superseded"} if end == "state" else {"voided_at": "2024-01-01T00:00Z"}
            Identification.objects.filter(pk=opinion.pk).update(**change)
            assert self.projected(component) == (None, None)

    def test_nobody_writes_the_two_columns(self, people):
        with viewing_as(people.viewer("olena")):
            component, part, _ = self.facts(people)
            other = make(Part, owner=people.agencies["laboratory"])
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE catalogue_component SET manufacturer_id = %s, part_id = %s WHERE id = %s",
                    [other.manufacturer_id, other.pk, component.pk],
                )
            assert self.projected(component) == (part.manufacturer_id, part.pk)
            forged = make(Component, owner=people.agencies["laboratory"], manufacturer=other.manufacturer, part=other)
            assert self.projected(forged) == (None, None)
