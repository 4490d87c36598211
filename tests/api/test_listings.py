"""Listings over REST."""

import pytest


def test_a_listing_is_confirmed_by_a_curator_who_is_shown_by_examiner_code(world):
    body = {
        "organisation": "acme-semiconductor",
        "authority": "Ministry",
        "list": "List",
        "listed": "2024-01-09",
    }
    world.send("taras", "post", "/api/v1/listings/", body, 403)
    listing = world.send("olena", "post", "/api/v1/listings/", body, 201)
    assert listing["confirmed_by"] == "KND-OL"
    world.send("taras", "delete", listing["url"], {"reason": "Wrong firm."}, 403)


def test_an_organisation_or_a_vessel_is_listed_not_neither(world):
    body = {"authority": "Ministry", "list": "List"}
    assert "organisation" in world.send("olena", "post", "/api/v1/listings/", body, 400)["errors"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("organisation=volta-elektronik", 1),
        ("organisation=acme-semiconductor", 0),
        ("authority=ministry", 1),
        ("list=control list", 1),
        ("list=control", 0),
        ("listed_after=2023-04", 1),
        ("listed_after=2023-05-10", 0),
        ("listed_before=2023-06", 1),
        ("delisted_after=2000", 0),
    ],
)
def test_listings_are_found_by_whom_they_concern_and_when(world, query, found):
    assert world.get("nobody", f"/api/v1/listings/?count=true&{query}")["count"] == found
