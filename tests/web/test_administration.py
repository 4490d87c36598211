"""The administrators' pages: what they do, who may, and that all of it is remembered."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import Error, connection
from django.test import Client

from catalogue.models import Agency, ApiKey, User
from catalogue.security.viewing import viewing_as
from tests.conftest import become

from .accounts import PASSWORD, add_app, once_shown, sign_in, signed_in, signing, words

__all__ = ["signing"]

PAGES = (
    "",
    "users/",
    "users/new/",
    "agencies/",
    "agencies/laboratory/",
    "keys/",
    "keys/new/",
    "audiences/",
    "changes/",
)
HOME = ("status/", "agencies/new/")
PERSON = {"username": "nina", "name": "Nina", "role": "analyst", "examiner": "", "needs_second_factor": ""}


@pytest.fixture
def ada(signing):
    """Ada, who administers the laboratory, signed in."""
    return signed_in("ada")


def at(path):
    return f"/administration/{path}"


@pytest.mark.parametrize("path", [*PAGES, *HOME])
def test_only_administrators_who_have_signed_in_see_these_pages(signing, ada, path):
    assert ada.get(at(path)).status_code == 200
    assert signed_in("olena").get(at(path)).status_code == 403
    assert Client().get(at(path))["Location"] == f"/sign-in/?next={at(path)}"
    assert signing.client("ada").get(at(path)).status_code == 302  # a key administers nothing


def another_agency(signing):
    """Piet's agency, which has an administrator too."""
    become("catalogue_owner")
    User.objects.filter(username="piet").update(role="administrator", last_login="2026-01-01T00:00Z")
    become("catalogue_app")
    return signed_in("piet")


@pytest.mark.parametrize("path", HOME)
def test_the_installation_is_the_home_agencys_matter(signing, path):
    piet = another_agency(signing)
    assert piet.get(at("")).status_code == 200
    assert piet.get(at(path)).status_code == 403
    assert "the agency that runs this catalogue" in words(piet.get(at(path)))


# People


def add(client, **sent):
    return client.post(at("users/new/"), PERSON | sent)


def number(name):
    become("catalogue_owner")
    found = User.objects.get(username=name).pk
    become("catalogue_app")
    return found


def test_a_new_person_signs_in_with_the_password_that_is_shown_once(signing, ada):
    password = once_shown(add(ada))
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", password)
    assert password not in ada.get(at(f"users/{number('nina')}/")).content.decode()
    assert sign_in("nina", password)[1].status_code == 302
    assert "nina Nina Analyst NIN none" in words(ada.get(at("users/")))


@pytest.mark.parametrize(
    "sent, sentence",
    [
        ({"username": "OLENA"}, "There is an account with this sign-in name; choose another."),
        ({"username": "piet"}, "There is an account with this sign-in name; choose another."),
        ({"username": "two words"}, "no spaces"),
        ({"examiner": "OL"}, "Somebody of this agency has this examiner code; choose another."),
        ({"examiner": "ol-1"}, "An examiner code has up to 12 capital letters"),
        ({"role": "king"}, "Select a valid choice"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_beside_the_field(ada, sent, sentence):
    assert sentence in words(add(ada, **sent))


def test_a_role_a_name_and_what_is_asked_of_a_person_change(signing, ada):
    olena = signed_in("olena")
    ada.post(
        at(f"users/{number('olena')}/"),
        {"name": "Olena", "role": "reader", "is_active": "on", "needs_second_factor": "on"},
    )
    with viewing_as(signing.viewer("ada")):
        now = User.objects.get(username="olena")
    assert (now.name, now.role, now.is_active, now.needs_second_factor) == ("Olena", "reader", True, True)
    assert olena.get("/components/")["Location"] == "/account/"
    ada.post(at(f"users/{number('olena')}/"), {"name": "Olena", "role": "reader"})
    assert olena.get("/account/").status_code == 302


def test_the_only_administrator_stays_one_and_nobody_closes_the_own_account(ada):
    address = at(f"users/{number('ada')}/")
    for sent in ({"role": "reader", "is_active": "on"}, {"role": "administrator"}):
        assert "only administrator" in words(ada.post(address, sent))
    add(ada, username="second", role="administrator")
    assert "cannot close your own account" in words(ada.post(address, {"role": "administrator"}))
    assert ada.post(address, {"role": "reader", "is_active": "on"}).status_code == 302


def test_a_lost_password_is_replaced_and_all_sessions_end(signing, ada):
    olena = signed_in("olena")
    password = once_shown(ada.post(at(f"users/{number('olena')}/password/")))
    assert olena.get("/account/").status_code == 302
    assert "do not belong together" in words(sign_in("olena")[1])
    client = sign_in("olena", password)[0]
    assert client.get("/")["Location"] == "/account/password/"


def test_a_lost_second_factor_is_taken_off_and_its_secret_never_shown(signing, ada):
    add_app(signed_in("olena"))
    address = at(f"users/{number('olena')}/")
    assert "Second factor app" in words(ada.get(address))
    ada.post(f"{address}second-factors/")
    assert "Second factor none" in words(ada.get(address))
    assert sign_in("olena")[1]["Location"] == "/account/"
    assert "has no second factor" in words(ada.post(f"{address}second-factors/", follow=True))


def test_the_own_password_and_factors_are_not_reset_here(signing, ada):
    address = at(f"users/{number('ada')}/")
    add_app(ada)
    for what in ("password/", "second-factors/"):
        assert "on the page of your account" in words(ada.post(address + what, follow=True))
    assert sign_in("ada")[1]["Location"] == "/sign-in/code/"


def test_people_of_another_agency_do_not_exist_here(signing, ada):
    assert "piet" not in words(ada.get(at("users/")))
    for what in ("", "password/", "second-factors/"):
        method = ada.post if what else ada.get
        assert method(at(f"users/{number('piet')}/{what}")).status_code == 404


def test_the_database_takes_no_factor_off_for_another_agency(signing):
    another_agency(signing)
    add_app(signed_in("olena"))
    piet = signing.users["piet"]
    become("catalogue_owner")
    piet.refresh_from_db()
    become("catalogue_app")
    with viewing_as(signing.viewer("piet")), connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_forget_factors(%s)", [signing.users["olena"].pk])
    become("catalogue_owner")
    assert Authenticator.objects.filter(user=signing.users["olena"]).count() == 2
    become("catalogue_app")


def test_doors_are_opened_only_by_who_has_just_confirmed(signing):
    client = sign_in("ada")[0]
    for path in ("users/new/", "agencies/new/", "keys/new/"):
        assert client.get(at(path))["Location"].startswith("/account/confirm/"), path
    asked = client.post(at(f"users/{number('olena')}/password/"))
    assert asked["Location"].startswith("/account/confirm/")
    assert once_shown(client.post(asked["Location"], {"password": PASSWORD}))


# Agencies


AGENCY = {"name": "Border service", "slug": "border-service", "code": "BRD"}


def test_an_agency_is_looked_after_until_somebody_of_it_has_signed_in(signing, ada):
    assert ada.post(at("agencies/new/"), AGENCY)["Location"] == at("agencies/border-service/")
    password = once_shown(ada.post(at("agencies/border-service/administrator/"), PERSON))
    again = re.search(
        r"/administration/agencies/border-service/users/\d+/password/", page(ada, "agencies/border-service/")
    )
    password = once_shown(ada.post(again[0]))
    assert "its administrator has not signed in yet" in words(ada.get(at("agencies/")))
    assert sign_in("nina", password)[1].status_code == 302
    assert "Border service administers itself" not in words(ada.get(at("agencies/")))
    assert "This agency administers itself" in words(ada.get(at("agencies/border-service/")))
    refused = ada.post(at("agencies/border-service/administrator/"), PERSON | {"username": "mole"})
    assert "Only the agency's own administrators may do this" in words(refused)
    assert ada.post(again[0]).status_code == 404
    assert "Border service" not in page(ada, "keys/new/")


def page(client, path):
    return client.get(at(path)).content.decode()


@pytest.mark.parametrize(
    "sent, sentence",
    [
        ({"slug": "laboratory"}, "There is an agency 'laboratory' already."),
        ({"slug": "Border Service"}, "write small letters, digits and single hyphens"),
        ({"code": "KND"}, "Another agency has this code; choose another."),
        ({"code": "b"}, "A code has two to six capital letters"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_an_agency_that_cannot_be_added_is_refused_beside_the_field(ada, sent, sentence):
    assert sentence in words(ada.post(at("agencies/new/"), AGENCY | sent))


def test_the_database_lets_only_the_home_agency_add_agencies_and_look_after_them(signing):
    another_agency(signing)
    become("catalogue_owner")
    signing.users["piet"].refresh_from_db()
    become("catalogue_app")
    piet = signing.viewer("piet")
    row = {"uid": "00000000-0000-0000-0000-000000000001", "slug": "x", "name": "X", "code": "XX"}
    with pytest.raises(Error, match="row-level security"), viewing_as(piet):
        Agency.objects.create(**row)
    with pytest.raises(Error, match="row-level security"), viewing_as(piet):
        User.objects.create(username="mole", agency=signing.agencies["stranger"], examiner="M")
    with pytest.raises(Error, match="row-level security"), viewing_as(signing.viewer("ada")):
        Agency.objects.create(**row, is_home=True)


def test_an_administrator_renames_the_own_agency_and_no_other(signing, ada):
    ada.post(at("agencies/laboratory/"), {"name": "Kyiv laboratory"})
    assert "Kyiv laboratory" in words(ada.get(at("agencies/")))
    another_agency(signing)
    ada.post(at("agencies/partner/"), {"name": "Renamed"})
    assert "Renamed" not in words(ada.get(at("agencies/")))


# Keys


KEY = {"name": "nightly copy", "agency": "laboratory", "role": "reader", "ceiling": 3, "days": 30}


def test_a_key_works_over_rest_up_to_its_ceiling_until_it_is_revoked(signing, ada):
    counts = {}
    for ceiling in (0, 1, 3):
        text = once_shown(ada.post(at("keys/new/"), KEY | {"ceiling": ceiling}), "key")
        program = Client(headers={"Authorization": f"Bearer {text}"})
        counts[ceiling] = program.get("/api/v1/components/?count=true").json()["count"]
        assert text not in page(ada, "keys/")
    assert counts == {0: 1, 1: 2, 3: 4}
    assert text[4:12] in page(ada, "keys/")
    with viewing_as(signing.viewer("ada")):
        key = ApiKey.objects.get(prefix=text[4:12])
    ada.post(at(f"keys/{key.pk}/revoke/"))
    assert program.get("/api/v1/components/").status_code == 401


def test_a_key_is_issued_for_an_agency_without_people(signing, ada):
    ada.post(at("agencies/new/"), AGENCY)
    assert '<option value="border-service" selected>' in page(ada, "keys/new/?agency=border-service")
    text = once_shown(ada.post(at("keys/new/"), KEY | {"agency": "border-service"}), "key")
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get("/api/v1/components/?count=true").json()["count"] == 2
    assert "nightly copy" in words(ada.get(at("keys/")))


@pytest.mark.parametrize(
    "sent", [{"role": "administrator"}, {"agency": "nowhere"}, {"ceiling": 7}, {"days": 0}, {"name": " "}]
)
def test_a_key_that_makes_no_sense_is_refused(ada, sent):
    answer = ada.post(at("keys/new/"), KEY | sent)
    assert "errorlist" in answer.content.decode()


def test_keys_of_another_agency_do_not_exist_here(signing):
    piet = another_agency(signing)
    with viewing_as(signing.viewer("ada")):
        key = ApiKey.objects.filter(user=signing.users["olena"]).get()
    assert "olena" not in words(piet.get(at("keys/")))
    assert piet.post(at(f"keys/{key.pk}/revoke/")).status_code == 404


# What is remembered, what the levels hold, how the machine does


def test_everything_an_administrator_does_stands_under_changes(signing, ada):
    add(ada)
    person = at(f"users/{number('olena')}/")
    ada.post(person, {"name": "Olena", "role": "reader", "is_active": "on"})
    ada.post(f"{person}password/")
    ada.post(at("keys/new/"), KEY)
    ada.post(at("agencies/new/"), AGENCY)
    said = words(ada.get(at("changes/")))
    for sentence in (
        "ada Agency Border service added: name Border service ; short name border-service ; code BRD",
        "ada Key nightly copy , Laboratory added:",
        "ada Account Olena , Laboratory has a one-time password no yes ; password set anew",
        "ada Account Olena , Laboratory name — Olena ; role Curator Reader",
        "ada Account Nina , Laboratory added: sign-in name nina",
    ):
        assert sentence in said, said


def test_second_factors_come_and_go_in_the_history(signing, ada):
    add_app(signed_in("olena"))
    ada.post(at(f"users/{number('olena')}/second-factors/"))
    said = words(ada.get(at("changes/")))
    assert "olena Account olena , Laboratory second factors authenticator app recovery codes, authenticator app" in said
    assert "ada Account olena , Laboratory second factors" in said


def test_changes_of_another_agencys_people_are_not_told(signing, ada):
    piet = another_agency(signing)
    piet.post("/account/", {"name": "Piet in secret", "language": "", "theme": "dark"})
    assert "Piet in secret" in words(piet.get(at("changes/")))
    assert "secret" not in words(ada.get(at("changes/")))


def test_each_level_is_counted_as_the_interface_counts_it(signing, ada):
    said = ada.get(at("audiences/")).content.decode()
    rows = dict(re.findall(r"TLP:([A-Z+]+)</span></td>(.*?)</tr>", said, re.S))
    for level, row in rows.items():
        shown = dict(re.findall(r'data-label="([^"]+)">(\d+)<', row))
        for noun, label in (("components", "Components"), ("specimens", "Specimens"), ("legs", "Legs")):
            counted = signing.get("ada", f"/api/v1/{noun}/?count=true&handling={level.replace('+', '%2B')}")
            assert int(shown[label]) == counted["count"], (level, noun)
    assert "RED records that do not name you are not counted" in words(ada.get(at("audiences/")))


def test_the_status_says_what_waits_what_failed_and_what_is_missing(signing, ada, settings, tmp_path):
    settings.STATE = tmp_path
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, attempts) VALUES"
            " ('default', 'catalogue.tasks.nightly', 0, '{\"secret\": 1}', 'failed', 3),"
            " ('default', 'catalogue.tasks.next', 0, '{}', 'todo', 0)"
        )
    said = words(ada.get(at("status/")))
    assert "1 waiting, 0 running, 1 failed" in said
    assert "catalogue.tasks.nightly job" in said and "failed after 3 attempts" in said
    assert "secret" not in said
    assert "run make backup" in said
    assert "No worker gave a sign of life" in said
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "catalogue-20260131T120000Z.tar").write_bytes(b"x" * 2500)
    assert "catalogue-20260131T120000Z.tar" in words(ada.get(at("status/")))


def test_the_status_compares_the_locks_when_asked(ada):
    assert "The database enforces who may see what" in words(ada.get(at("status/?look=access")))
    become("catalogue_owner")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mfa_authenticator NO FORCE ROW LEVEL SECURITY")
    become("catalogue_app")
    said = words(ada.get(at("status/?look=access")))
    assert "Row-level security is not forced on mfa_authenticator" in said
