"""Keys of the interface: what a key opens, how far, and when it no longer does."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from catalogue.models import ApiKey
from catalogue.security.viewing import NOBODY, viewing_as
from tests.conftest import become

COMPONENTS = "/api/v1/components/?count=true"


def issue(world, name, **more):
    """A further key of a person, with its Authorization header."""
    become("catalogue_owner")
    key = world.key(name, suffix="-further", **more)
    become("catalogue_app")
    return key, f"Bearer key-of-{name}-further"


def answer(header, path=COMPONENTS):
    return Client(headers={"Authorization": header}).get(path)


def handlings(header):
    return {row["handling"] for row in answer(header).json()["results"]}


@pytest.mark.parametrize(
    "ceiling, seen",
    [(0, {"CLEAR"}), (1, {"CLEAR", "GREEN"}), (2, {"CLEAR", "GREEN", "AMBER"}),
     (3, {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"}), (4, {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"})],
)  # fmt: skip
def test_a_key_shows_no_more_than_its_ceiling(world, ceiling, seen):
    _, header = issue(world, "olena", ceiling=ceiling)
    assert handlings(header) == seen


@pytest.mark.parametrize(
    "more",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}],
    ids=["revoked", "expired"],
)
def test_a_key_that_no_longer_holds_is_refused(world, more):
    _, header = issue(world, "olena", **more)
    found = answer(header)
    assert found.status_code == 401
    assert found.json()["detail"].startswith("This key is unknown, has expired or was revoked.")
    assert found["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Bearer", "bearer key-of-olen", "Basic b2xlbmE6eA=="])
def test_an_unknown_credential_is_refused_and_not_taken_for_nobody(world, header):
    assert answer(header).status_code == 401


def test_the_key_of_a_closed_account_is_refused(world):
    become("catalogue_owner")
    world.users["olena"].is_active = False
    world.users["olena"].save()
    become("catalogue_app")
    assert answer("Bearer key-of-olena").status_code == 401


def test_a_refused_key_answers_alike_for_every_reason(world):
    """Else one learns which keys once existed."""
    _, revoked = issue(world, "olena", revoked_at=timezone.now())
    assert answer(revoked).content == answer("Bearer never-was").content


def test_only_the_hash_of_a_key_is_kept(world):
    become("catalogue_owner")
    kept = bytes(ApiKey.objects.filter(user=world.users["olena"]).values_list("digest", flat=True)[0])
    assert kept == sha256(b"key-of-olena").digest()


def test_use_of_a_key_is_noted_once_an_hour(world):
    def used():
        become("catalogue_owner")
        found = ApiKey.objects.get(user=world.users["olena"]).last_used_at
        become("catalogue_app")
        return found

    answer("Bearer key-of-olena")
    first = used()
    assert first is not None
    answer("Bearer key-of-olena")
    assert used() == first


def test_a_session_sees_what_its_user_sees(world):
    become("catalogue_owner")
    client = Client()
    client.force_login(world.users["piet"])
    become("catalogue_app")
    assert client.get(COMPONENTS).json()["count"] == 4


def test_the_session_of_a_closed_account_is_nobodys(world):
    become("catalogue_owner")
    client = Client()
    client.force_login(world.users["olena"])
    world.users["olena"].is_active = False
    world.users["olena"].save()
    become("catalogue_app")
    assert {row["handling"] for row in client.get(COMPONENTS).json()["results"]} == {"CLEAR"}


@pytest.mark.parametrize("reader, seen", [("ada", 4), ("olena", 1), ("rita", 1), ("piet", 1), ("nobody", 0)])
def test_keys_are_seen_by_their_user_and_the_administrator_of_their_agency(world, reader, seen):
    viewer = world.viewer(reader) if reader != "nobody" else NOBODY
    with viewing_as(viewer):
        assert ApiKey.objects.count() == seen
        assert {key.agency_id for key in ApiKey.objects.all()} <= {viewer.agency}


def test_a_key_and_a_session_together_see_as_the_key(world):
    become("catalogue_owner")
    client = Client(headers={"Authorization": "Bearer key-of-sam"})
    client.force_login(world.users["olena"])
    become("catalogue_app")
    assert client.get(COMPONENTS).json()["count"] == 2
