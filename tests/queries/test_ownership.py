"""Who a maker is: as printed, as owned when the part was made, as owned today."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count

from catalogue.actions.components import record_component
from catalogue.actions.organisations import record_organisation
from catalogue.actions.record import void
from catalogue.actions.relations import amend_related, relate
from catalogue.markings.dates import parse
from catalogue.models import Component, Level, Organisation, OrganisationRelation, Owned
from catalogue.queries import ownership
from catalogue.security.viewing import viewing_as


@pytest.fixture
def firms(world):
    """Spindle was acquired by Cyan in March 2015, and Cyan by Infinity in 2020."""
    with viewing_as(world.viewer("olena")) as olena:
        made = {
            name: record_organisation(name=name.title(), actor=olena, handling=Level.CLEAR)
            for name in ("spindle", "cyan", "infinity")
        }
        related(world, made["spindle"], made["cyan"], since="2015-03-12")
        related(world, made["cyan"], made["infinity"], since="2020")
    return made


def related(world, subject, to, kind="acquired", since=None, **more):
    with viewing_as(world.viewer("olena")) as olena:
        relations = [{"object": to, "kind_id": kind, **({"since": parse(since)} if since else {}), **more}]
        relate(subject, relations, actor=olena)


def owners(world, organisation, reader="olena"):
    """[(the first day that counts, who)] in order."""
    with viewing_as(world.viewer(reader)):
        rows = (
            Owned.objects.filter(organisation=organisation).order_by("from_day").values_list("from_day", "owner__name")
        )
        return [(str(day), name) for day, name in rows]


def test_a_chain_is_followed_to_its_top_on_each_day(world, firms):
    assert owners(world, firms["spindle"]) == [
        ("0001-01-01", "Spindle"), ("2015-03-12", "Cyan"), ("2020-12-31", "Infinity"),
    ]  # fmt: skip
    assert owners(world, firms["cyan"]) == [("0001-01-01", "Cyan"), ("2020-12-31", "Infinity")]
    assert owners(world, firms["infinity"]) == []


def test_a_change_of_which_only_the_year_is_known_counts_from_the_end_of_that_year(world, firms):
    assert ("2020-12-31", "Infinity") in owners(world, firms["cyan"])


def test_firms_that_own_each_other_in_a_ring_are_one(world, firms):
    related(world, firms["infinity"], firms["spindle"], since="2022-01-01")
    now = {owners(world, firms[name])[-1] for name in firms}
    assert now == {("2022-01-01", "Spindle")}


def test_a_relation_that_a_reader_may_not_see_does_not_count_for_them(world, firms):
    with viewing_as(world.viewer("olena")) as olena:
        quiet = record_organisation(name="Quiet Holding", actor=olena)
        relate(quiet, [{"object": firms["infinity"], "kind_id": "owns", "since": parse("2021-01-01")}], actor=olena)
    assert owners(world, firms["spindle"])[-1] == ("2021-01-01", "Quiet Holding")
    assert owners(world, firms["spindle"], "sam")[-1] == ("2020-12-31", "Infinity")
    assert owners(world, firms["infinity"], "sam") == []


def test_a_branch_or_brand_without_a_date_has_always_been_one_but_an_undated_part_stays_with_its_maker(world, firms):
    related(world, world.makers["acme"], world.makers["volta"], "brand")
    assert owners(world, world.makers["volta"]) == [
        ("0001-01-01", "Volta Elektronik"), ("0001-01-02", "Acme Semiconductor"),
    ]  # fmt: skip


def test_an_owner_until_a_day_hands_back_what_it_owned(world, firms):
    related(world, world.makers["acme"], world.makers["volta"], "owns", "2010-01-01", until=parse("2012-06-01"))
    assert [name for _day, name in owners(world, world.makers["volta"])] == [
        "Volta Elektronik", "Acme Semiconductor", "Volta Elektronik",
    ]  # fmt: skip


def test_who_holds_half_or_less_is_no_owner_and_a_sold_line_moves_no_maker(world, firms):
    related(world, world.makers["acme"], world.makers["volta"], "owns", "2010-01-01", share=50)
    assert owners(world, world.makers["volta"]) == []
    related(world, world.makers["volta"], firms["cyan"], "sold-line", "2010-01-01")
    assert owners(world, world.makers["volta"]) == []


def test_a_withdrawn_relation_or_owner_counts_no_longer(world, firms):
    with viewing_as(world.viewer("olena")) as olena:
        amend_related(firms["cyan"], {"relations": []}, actor=olena)
    assert owners(world, firms["spindle"])[-1] == ("2015-03-12", "Cyan")
    related(world, firms["cyan"], firms["infinity"], since="2020")
    with viewing_as(world.viewer("olena")) as olena:
        void(list(OrganisationRelation.objects.filter(subject=firms["cyan"])), actor=olena, reason="Wrong.")
        void([firms["infinity"]], actor=olena, reason="Wrong.")
    assert owners(world, firms["cyan"]) == []


def test_a_merged_record_is_the_one_it_was_merged_into_on_every_basis(world, firms):
    with viewing_as(world.viewer("olena")):
        Organisation.objects.filter(pk=world.makers["acme"].pk).update(canonical=firms["cyan"])
        Organisation.objects.filter(pk=world.makers["volta"].pk).update(canonical=world.makers["acme"])
        for basis, found in (("printed", "Cyan"), ("today", "Infinity")):
            assert said(world.makers["volta"], basis, None) == said(firms["cyan"], basis, None) == found
        assert said(world.makers["volta"], "made", None) == "Cyan"
        assert said(world.makers["volta"], "made", date(2021, 1, 1)) == "Infinity"


def said(organisation, basis, made):
    """The name of its owner on a basis, by the join that statements use."""
    sql = (
        "SELECT n.name FROM (SELECT %s::uuid AS manufacturer_id, %s::date AS made_from) c "
        f"{ownership.joined(basis)} JOIN catalogue_organisation n ON n.id = coalesce(o.owner_id, c.manufacturer_id)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [organisation.pk, made])
        ((name,),) = cursor.fetchall()
    return name


def test_what_is_found_of_an_owner_is_what_is_counted_of_it(world, firms):
    with viewing_as(world.viewer("olena")) as olena:
        for made in ("", "2014", "2015-04", "2019", "2020-06-01", "2021", "2016"):
            record_component(
                specimen=world.specimens["clear"], marking=made or "undated", manufacturer=firms["spindle"],
                confidence="high", actor=olena, handling=Level.CLEAR, **({"made": parse(made)} if made else {}),
            )  # fmt: skip
    wanted = {
        "printed": {"Spindle": 7},
        "made": {"Spindle": 2, "Cyan": 4, "Infinity": 1},
        "today": {"Infinity": 7},
    }
    with viewing_as(world.viewer("olena")):
        of_spindle = Component.objects.filter(manufacturer=firms["spindle"])
        for basis, numbers in wanted.items():
            relation, owner = ownership.owner(basis)
            rows = of_spindle.annotate(owned=relation).annotate(of=owner).values("of").annotate(n=Count("pk"))
            names = {firm.pk: firm.name for firm in firms.values()}
            assert {names[row["of"]]: row["n"] for row in rows} == numbers
            for firm in firms.values():
                found = of_spindle.filter(ownership.of_makers([firm.pk], basis)).count()
                assert found == numbers.get(firm.name, 0), (basis, firm.name)


def test_what_is_no_basis_is_refused():
    with pytest.raises(ValueError, match="printed, made, today"):
        ownership.joined("yesterday")
