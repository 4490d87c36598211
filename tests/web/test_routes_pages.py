"""The routes pages: a suspected path in order, its gaps drawn as gaps, each leg with how it is known."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.legs import amend_leg, record_leg
from catalogue.actions.record import record
from catalogue.actions.routes import amend_route
from catalogue.markings.dates import parse
from catalogue.models import Claim, Level
from catalogue.security.viewing import viewing_as

from .reading import page, words

SEA, RAIL = "/routes/kite-by-sea/", "/routes/kite-by-rail/"


def stretches(text):
    """[[status of each leg]] of the strip: its stretches."""
    strip = re.search(r'<ol class="strip">(.*?)</ol>', text, re.S)[1]
    return [re.findall(r'<svg class="edge (\w+)"', li) for li in re.findall(r"<li>(.*?)</li>", strip, re.S)]


@pytest.mark.parametrize("reader, found", [("olena", 2), ("taras", 2), ("piet", 1), ("nobody", 1)])
def test_the_list_shows_what_the_handling_allows_and_how_legs_are_known(world, reader, found):
    text = words(page(world, reader, "/routes/"))
    assert f"{found} suspected supply route" in text
    assert ("Kite by rail" in text) == (found == 2)
    assert "Kite by sea Kite 2 1 documented, 1 inferred Low ACM-3221" in text or found == 1
    assert "1 documented, 1 inferred" in words(page(world, reader, "/routes/?status=inferred"))


def test_a_route_says_what_is_suspected_how_sure_and_what_it_does_not_show(world):
    text = words(page(world, "nobody", SEA))
    assert "shows neither that the maker knew of its use nor that anybody broke a rule" in text
    assert "Suspected to lead to Kite Confidence Low" in text
    assert (
        "A part number at customs and the same number in a wreck do not prove that this shipment reached this wreck."
        in text
    )


def test_unknown_ends_are_gaps_and_stretches_that_nothing_joins_stay_apart(world):
    text = page(world, "nobody", SEA)
    assert stretches(text) == [["documented"], ["inferred"]]
    assert "unknown: a distributor that the invoice does not name" in words(text)
    assert text.count('<span class="station open">') == 3
    assert "nothing recorded says that what reached one end went on from another" in text
    assert "style=" not in text


def test_legs_join_where_a_known_firm_received_and_sent(world):
    with viewing_as(world.viewer("olena")) as olena:
        public = {"actor": olena, "handling": Level.CLEAR}
        acme, volta = world.makers["acme"], world.makers["volta"]
        on = record_leg(status="reported", sender=acme, receiver=volta, **public)
        beside = record_leg(status="refuted", sender=volta, receiver_known="a plant", **public)
        last = record_leg(status="alleged", sender=volta, receiver_known="a plant", **public)
        legs = [(on, 1), (last, 2), (beside, 2)]
        amend_route(world.routes["sea"], {"legs": [{"leg": leg, "position": n} for leg, n in legs]}, actor=olena)
    found = stretches(page(world, "nobody", SEA))
    assert sorted(map(len, found)) == [1, 2] and found[0][0] == "reported"


def test_legs_beside_each_other_are_not_joined(world):
    with viewing_as(world.viewer("olena")) as olena:
        ends = [world.makers["acme"], world.makers["volta"]]
        legs = [
            record_leg(status="reported", sender=one, receiver=other, actor=olena, handling=Level.CLEAR)
            for one, other in (ends, ends[::-1])
        ]
        amend_route(world.routes["sea"], {"legs": [{"leg": leg, "position": 1} for leg in legs]}, actor=olena)
    assert stretches(page(world, "nobody", SEA)) == [["reported"], ["reported"]]


def test_goods_stand_as_declared_beside_as_they_were(world):
    with viewing_as(world.viewer("olena")) as olena:
        amend_leg(
            world.legs["sold"],
            {
                "goods": [
                    {"part": world.part, "declared_as": "Радіодеталі", "quantity": 1040, "unit_id": "C62",
                     "value": 12500, "currency_id": "EUR", "declared_hs": (2022, "847330"),
                     "actual_hs": (2022, "854231")},
                ],
                "moved": parse("2022-07"), "carrier": world.makers["volta"], "bank": world.makers["volta"],
                "amount": 900, "currency_id": "USD", "dispatch_country_id": "DE", "flight": "XX 17",
            },
            actor=olena,
        )  # fmt: skip
    text = words(page(world, "nobody", SEA))
    assert "Радіодеталі HS 2022 847330 ACM-3221 HS 2022 854231 declared under another code 1,040" in text
    assert "12,500 EUR" in text and "Paid 900 USD Bank Volta Elektronik" in text
    assert "July 2022 Carrier Volta Elektronik Flight XX 17 Country of dispatch Germany" in text


def test_what_hangs_on_a_route_says_why(world):
    text = page(world, "nobody", SEA)
    assert "ACM-3221 part type Acme Semiconductor Found in Kite and named on the invoice." in words(text)
    assert f'href="/parts/{world.part.pk}/"' in text and 'href="/parts/?route=kite-by-sea"' in text
    assert "No part or component hangs on it yet." in page(world, "olena", RAIL)


def test_a_denial_of_a_leg_stands_on_the_page_of_its_route(world):
    with viewing_as(world.viewer("olena")) as olena:
        record(
            Claim,
            [{"kind": "denial", "by": "The exporter", "text": "The papers are forged.", "leg": world.legs["sold"]}],
            actor=olena, handling=Level.CLEAR,
        )  # fmt: skip
    text = page(world, "nobody", SEA)
    assert f"The exporter Denial The papers are forged. {world.legs['sold'].reference}" in words(text)


def test_a_leg_the_reader_may_not_see_leaves_no_trace(world):
    with viewing_as(world.viewer("olena")) as olena:
        record_leg(
            status="refuted", sender_known="a hidden trader", actor=olena,
            routes=[{"route": world.routes["sea"], "position": 3}],
        )  # fmt: skip
    assert "a hidden trader" in page(world, "taras", SEA)
    seen = page(world, "sam", SEA)
    assert "hidden trader" not in seen and stretches(seen) == [["documented"], ["inferred"]]
    for reader, status in (("rita", 200), ("piet", 404), ("nobody", 404)):
        assert ("Kite by rail" in page(world, reader, RAIL, status)) == (status == 200)


def test_a_page_asks_the_database_as_often_for_a_short_route_as_for_a_long_one(world):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(world, "olena", SEA)
            return len(captured)

    asked()
    few = asked()
    with viewing_as(world.viewer("olena")) as olena:
        for n in range(8):
            record_leg(
                status="alleged", sender_known=f"trader {n}", actor=olena, goods=[{"text": "boxes"}],
                routes=[{"route": world.routes["sea"], "position": n + 3}], handling=Level.CLEAR,
            )  # fmt: skip
    assert asked() == few
