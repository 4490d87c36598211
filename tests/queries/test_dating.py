"""Classes of components by when they were made: before and after the invasion and their control, or not to be said."""

import pytest

from catalogue.actions.components import record_component
from catalogue.actions.record import record
from catalogue.markings.dates import parse
from catalogue.models import (
    Component,
    ControlEvent,
    ControlRegime,
    ControlScope,
    HsCode,
    Level,
    Part,
)
from catalogue.queries import dating
from catalogue.security.viewing import viewing_as

INVENTED = "XX-1"


def control(world, effective, *, handling=Level.CLEAR, jurisdiction="US", name=INVENTED, ended="", **scope):
    """An invented control of `jurisdiction`; without a scope nobody has entered it."""
    actor = world.viewer("olena")
    event = record(
        ControlEvent,
        [
            {
                "slug": name.lower(), "regime_id": ControlRegime.objects.first().pk, "jurisdiction_id": jurisdiction,
                "instrument": name, "title": name, "effective": parse(effective),
                **({"ended": parse(ended)} if ended else {}),
            }
        ],
        actor=actor,
        handling=handling,
    )[0]  # fmt: skip
    record(ControlScope, [{"control": event, "recorded": bool(scope), **scope}], actor=actor, handling=handling)
    return event


def found(world, made, *, part=None, manufacturer="acme"):
    """A component of Acme, made then."""
    more = ({"part": part} if part else {}) | ({"made": parse(made)} if made else {})
    return record_component(
        specimen=world.specimens["clear"],
        manufacturer=world.makers[manufacturer] if manufacturer else None,
        actor=world.viewer("olena"),
        handling=Level.CLEAR,
        **(more | ({"confidence": "high"} if manufacturer else {})),
    )


def class_of(world, component, reader="olena"):
    """(class, why, instrument of the control) of one component, as `reader` sees it."""
    with viewing_as(world.viewer(reader)):
        rows = Component.objects.filter(pk=component.pk)
        return dating.counts(rows)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        ("2022-02-23", "before-invasion"),
        ("2021", "before-invasion"),
        ("2022-02-21/2022-02-27", "candidate"),  # a week around the day of the invasion
        ("2022", "candidate"),
        ("2022-08-01/2022-08-07", "before-control"),
        ("2022-09-12/2022-09-18", "candidate"),  # a week around the day of the control
        ("2022-09-15", "after-control"),
        ("2023", "after-control"),
        ("", "undated"),
    ],
)
def test_a_date_is_before_or_after_only_with_its_whole_interval(world, made, wanted):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part)
        component = found(world, made, part=world.part)
    assert class_of(world, component) == [(wanted, 1)]


def test_a_control_known_to_a_month_is_in_force_from_its_last_day(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09", part=world.part)
        within, after = found(world, "2022-09-20", part=world.part), found(world, "2022-10-01", part=world.part)
    assert class_of(world, within) == [("candidate", 1)]
    assert class_of(world, after) == [("after-control", 1)]


def test_a_control_whose_scope_nobody_entered_gives_a_candidate(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15")
        before, after = found(world, "2022-08-01", part=world.part), found(world, "2023", part=world.part)
    assert class_of(world, before) == [("before-control", 1)]
    assert class_of(world, after) == [("candidate", 1)]


def test_what_is_not_recorded_of_an_item_leaves_it_a_candidate(world):
    """The control names a code of the Harmonised System: the part has none, then another, then that one."""
    with viewing_as(world.viewer("olena")):
        codes = ("854231", "850440")
        hs, other = (HsCode.objects.get_or_create(id=f"2022/{c}", version=2022, code=c)[0] for c in codes)
        control(world, "2022-09-15", hs=hs)
        wanted = {None: "candidate", other: "candidate", hs: "after-control"}
        for n, (code, said) in enumerate(wanted.items()):
            part = record(
                Part, [{"manufacturer": world.makers["acme"], "number": f"ACM-{n}", "hs": code}],
                actor=world.viewer("olena"), handling=Level.CLEAR,
            )[0]  # fmt: skip
            assert class_of(world, found(world, "2023", part=part)) == [(said, 1)]


def test_a_union_rule_holds_in_its_member_states_and_no_control_is_that_of_another_country(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-07-21", jurisdiction="EU", category_id="ic")
        german, american = found(world, "2023", manufacturer="volta"), found(world, "2023", part=world.part)
    with viewing_as(world.viewer("olena")):
        Component.objects.filter(pk=german.pk).update(category_id="ic.memory")
    assert class_of(world, german) == [("after-control", 1)]
    assert class_of(world, american) == [("candidate", 1)]  # none of its seat is recorded


def test_a_component_without_a_maker_is_a_candidate_after_the_invasion(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part)
        component = found(world, "2023", manufacturer=None)
    assert class_of(world, component) == [("candidate", 1)]


def test_a_control_that_a_reader_may_not_see_decides_nothing_for_that_reader(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", handling=Level.STRICT, part=world.part)
        component = found(world, "2023", part=world.part)
    assert class_of(world, component, "olena") == [("after-control", 1)]
    assert class_of(world, component, "piet") == [("candidate", 1)]


def test_components_are_found_by_their_class(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part)
        early, late = found(world, "2021", part=world.part), found(world, "2023", part=world.part)
        both = Component.objects.filter(pk__in=[early.pk, late.pk])
        assert list(dating.of_class(both, ["after-control"])) == [late]
        assert set(dating.of_class(both, ["after-control", "before-invasion"])) == {early, late}


def test_the_answer_names_the_control_with_jurisdiction_and_scope(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part, text="Timers")
        found(world, "2023", part=world.part)
    told = world.get("olena", "/api/v1/research/dating/")
    row = next(row for row in told["results"] if row["class"] == "after-control")
    assert (row["jurisdiction"], row["instrument"], row["scope"], row["effective"], row["count"]) == (
        "US", INVENTED, "Timers", "2022-09-15", 1,
    )  # fmt: skip
    assert told["totals"]["undated"] == 5 and told["totals"]["denominator"] == 6
    assert sum(row["count"] for row in told["results"]) == 6


def test_each_class_lists_as_many_as_it_counts(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part)
        for made in ("2021", "2022", "2022-02-24", "2022-08-01/2022-08-07", "2022-09-12/2022-09-18", "2023", "2023..",
                     "../2021", "2022-02-21/2022-02-27", ""):  # fmt: skip
            found(world, made.replace("2023..", "2023/..") if ".." in made else made, part=world.part)
        counts = dict(dating.counts(Component.objects.filter(voided_at=None)))
        for code in dating.CLASSES:
            listed = dating.of_class(Component.objects.filter(voided_at=None), [code])
            assert listed.count() == counts.get(code, 0), code
        whole = dating.of_class(Component.objects.filter(voided_at=None), list(dating.CLASSES))
        assert whole.count() == sum(counts.values()) == Component.objects.filter(voided_at=None).count()


def test_components_are_asked_for_by_class_in_words_of_either_language(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", part=world.part)
        early, late = found(world, "2021", part=world.part), found(world, "2023", part=world.part)
    for asked, wanted in (
        ("control_class=after-control", {late}),
        ("control_class=after-control&control_class=before-invasion", {early, late}),
        ("q=class:after-control", {late}),
        ('q=клас:"після запровадження контролю"', {late}),
        ('q="ACM 9999" class:after-control', set()),
    ):
        listed = world.get("piet", f"/api/v1/components/?{asked}&count=true")
        assert {row["reference"] for row in listed["results"]} == {one.reference for one in wanted}, asked
        assert listed["count"] == len(wanted)
    answer = world.client("piet").get("/api/v1/components/?control_class=guilty")
    assert answer.status_code == 400 and "“guilty” is not one of before-invasion" in answer.json()["detail"]
    asked = world.get("piet", "/api/v1/search/?q=class:after-control")["results"]
    assert [(group["noun"], len(group["records"])) for group in asked] == [("components", 1)]
    assert "control_class=after-control" in asked[0]["all"]


def test_the_counts_of_classes_are_those_of_each_readers_controls(world):
    with viewing_as(world.viewer("olena")):
        control(world, "2022-09-15", handling=Level.STRICT, part=world.part)
        found(world, "2023", part=world.part)
        found(world, "2021", part=world.part)
    for reader, told in (("olena", "after-control"), ("piet", "candidate")):
        for narrowed in ("", "manufacturer=acme-semiconductor", "system=kite", "kind=part", "made_after=2019"):
            counted = world.get(reader, f"/api/v1/components/facets/?{narrowed}")["facets"]["control_class"]
            counted = {one["value"]: one["count"] for one in counted}
            assert (counted[told], counted["before-invasion"]) == (1, 1), (reader, narrowed)
            assert not {"after-control", "candidate"} - {told} & counted.keys(), (reader, narrowed)
