"""Signing in, and one's own account: what a person can do, and what nobody can do to another."""

import io
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from catalogue.models import User
from catalogue.security.viewing import NOBODY, viewing_as
from catalogue.web.account_adapters import FactorAdapter
from tests.conftest import become

from .accounts import PASSWORD, add_app, code, once_shown, sign_in, signed_in, signing, words

__all__ = ["signing"]


def test_a_name_and_a_password_lead_where_one_wanted_to_go(signing):
    client, answer = sign_in("OLENA", then="/components/")
    assert answer["Location"] == "/components/"
    assert "olena of Laboratory" in words(client.get("/account/"))
    with viewing_as(signing.viewer("ada")):
        assert timezone.now() - User.objects.get(username="olena").last_login < timedelta(minutes=1)


@pytest.mark.parametrize("name, password", [("olena", "wrong"), ("nobody.at.all", PASSWORD), ("taras", "")])
def test_wrong_names_and_wrong_passwords_get_the_same_sentence(signing, name, password):
    answer = sign_in(name, password or "x")[1]
    assert "This name and password do not belong together." in words(answer)


def test_service_accounts_and_closed_accounts_do_not_sign_in(signing):
    become("catalogue_owner")
    User.objects.filter(username="olena").update(is_active=False)
    User.objects.filter(username="piet").update(is_service=True)
    become("catalogue_app")
    for name in ("olena", "piet"):
        assert "do not belong together" in words(sign_in(name)[1])


def test_a_session_ends_with_the_account(signing):
    client = signed_in("olena")
    become("catalogue_owner")
    User.objects.filter(username="olena").update(is_active=False)
    become("catalogue_app")
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


def test_whoever_guesses_is_told_how_long_to_wait_and_waits_with_the_right_password_too(signing):
    for _ in range(5):
        sign_in("olena", "guessed")
    for password in ("guessed again", PASSWORD):
        assert "Too many attempts: try again in 5 minutes." in words(sign_in("olena", password)[1])
    assert sign_in("rita")[1].status_code == 302


def test_an_address_that_asks_too_often_is_told_how_long_to_wait(signing, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        sign_in("olena", "guessed")
    answer = sign_in("olena")[1]
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert f"Too many attempts: try again in {answer['Retry-After']} second" in words(answer) or "1 minute" in words(
        answer
    )


def with_one_time_password(signing):
    become("catalogue_owner")
    User.objects.filter(username="olena").update(must_change_password=True)
    become("catalogue_app")


def test_a_one_time_password_opens_nothing_but_the_page_to_change_it(signing):
    with_one_time_password(signing)
    client = sign_in("olena", then="/components/")[0]
    for path in ("/", "/components/", "/account/", "/account/keys/new/"):
        assert client.get(path)["Location"] == "/account/password/", path
    assert client.get("/api/v1/components/").status_code == 403
    assert "Choose a password of your own" in words(client.get("/account/password/"))
    new = {"password1": "another four quiet words", "password2": "another four quiet words"}
    assert client.post("/account/password/", {"oldpassword": PASSWORD, **new}).status_code == 302
    assert client.get("/components/").status_code == 200
    assert client.get("/api/v1/components/").status_code == 200
    assert "do not belong together" in words(sign_in("olena")[1])
    assert sign_in("olena", new["password1"])[1].status_code == 302


@pytest.mark.parametrize(
    "sent, sentence",
    [
        (("wrong", "another four quiet words"), "This is not your present password."),
        ((PASSWORD, PASSWORD), "Choose another password than the present one."),
        ((PASSWORD, "short"), "at least 12 characters"),
        ((PASSWORD, "password1234"), "too common"),
    ],
)
def test_a_password_that_is_no_better_is_refused_beside_its_field(signing, sent, sentence):
    old, new = sent
    answer = signed_in("olena").post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})
    assert sentence in words(answer)


def test_changing_the_password_ends_all_other_sessions(signing):
    here, there = signed_in("olena"), signed_in("olena")
    new = "another four quiet words"
    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert "This browser" in words(here.get("/account/"))


# Second factors


def test_an_app_is_asked_for_after_the_password_and_each_code_counts_once(signing):
    secret, codes = add_app(signed_in("olena"))
    assert len(set(codes)) == 10
    client, answer = sign_in("olena", then="/components/")
    assert answer["Location"] == "/sign-in/code/"
    assert client.get("/account/").status_code == 302
    assert client.get("/sign-in/")["Location"] == "/sign-in/code/"
    assert "not right or was used" in words(client.post("/sign-in/code/", {"code": "000000"}))
    now = code(secret)
    assert client.post("/sign-in/code/", {"code": now})["Location"] == "/components/"
    assert client.get("/account/").status_code == 200
    again = sign_in("olena")[0]
    assert "not right or was used" in words(again.post("/sign-in/code/", {"code": now}))
    assert again.post("/sign-in/code/", {"code": code(secret, 1)}).status_code == 302


def test_whoever_guesses_codes_waits(signing):
    add_app(signed_in("olena"))
    client = sign_in("olena")[0]
    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    assert "Too many attempts: try again in 5 minutes." in words(client.post("/sign-in/code/", {"code": "000000"}))


def test_a_recovery_code_signs_in_once(signing):
    client = signed_in("olena")
    _, codes = add_app(client)
    assert "They were shown once and are not shown again" in words(client.get("/account/recovery-codes/"))
    used = sign_in("olena")[0]
    assert used.post("/sign-in/code/", {"code": codes[3]}).status_code == 302
    assert "9 are left." in words(used.get("/account/"))
    assert "not right or was used" in words(sign_in("olena")[0].post("/sign-in/code/", {"code": codes[3]}))


def test_new_recovery_codes_stand_in_for_the_old_ones(signing):
    client = signed_in("olena")
    _, old = add_app(client)
    page = client.post("/account/recovery-codes/new/", follow=True)
    new = re.search(r'id="codes">([\d\s]+)<', page.content.decode())[1].split()
    assert not set(old) & set(new)
    assert "not right" in words(sign_in("olena")[0].post("/sign-in/code/", {"code": old[0]}))


def test_what_concerns_second_factors_and_keys_asks_for_the_password_again(signing):
    client = sign_in("olena")[0]
    for path in ("/account/authenticator/add/", "/account/passkeys/add/", "/account/keys/new/"):
        assert client.get(path)["Location"].startswith("/account/confirm/?next="), path
    assert "not your password" in words(client.post("/account/confirm/", {"password": "wrong"}))


def test_who_has_to_add_a_second_factor_does_so_first(signing):
    become("catalogue_owner")
    User.objects.filter(username="olena").update(needs_second_factor=True)
    become("catalogue_app")
    client = signed_in("olena")
    assert client.get("/components/")["Location"] == "/account/"
    assert client.get("/api/v1/components/").status_code == 403
    assert "Your administrator asks for a second factor." in words(client.get("/account/"))
    add_app(client)
    assert client.get("/components/").status_code == 200
    assert "add another one before you remove" in words(client.post("/account/authenticator/remove/"))
    assert sign_in("olena")[1]["Location"] == "/sign-in/code/"


def test_an_app_that_is_removed_is_no_longer_asked_for(signing):
    client = signed_in("olena")
    add_app(client)
    client.post("/account/authenticator/remove/")
    assert "None yet: whoever knows your password can sign in." in words(client.get("/account/"))
    assert sign_in("olena")[1]["Location"] == "/account/"


def test_secrets_of_second_factors_are_kept_encrypted(signing):
    secret, codes = add_app(signed_in("olena"))
    become("catalogue_owner")
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    become("catalogue_app")
    assert len(kept) > 100
    assert secret not in kept and codes[0] not in kept


def test_a_secret_of_another_installation_is_refused_with_what_to_do(settings):
    adapter = FactorAdapter()
    kept = adapter.encrypt("secret")
    assert adapter.decrypt(kept) == "secret"
    settings.SECRET_KEY = "another"
    with pytest.raises(ValidationError, match="ask your administrator to reset it"):
        adapter.decrypt(kept)


@pytest.mark.parametrize("reader", ["olena", "ada", "rita", "piet", "nobody"])
def test_second_factors_and_sessions_are_seen_by_nobody_else(signing, reader):
    add_app(signed_in("olena"))
    viewer = NOBODY if reader == "nobody" else signing.viewer(reader)
    with viewing_as(viewer):
        seen = Authenticator.objects.count(), UserSession.objects.exclude(user=viewer.user).count()
        Authenticator.objects.all().update(last_used_at=timezone.now())
    assert seen == ((2, 0) if reader == "olena" else (0, 0))


def test_nobody_adds_a_second_factor_to_another_account(signing):
    with pytest.raises(Error, match="row-level security"), viewing_as(signing.viewer("ada")):
        Authenticator.objects.create(user=signing.users["olena"], type="totp", data={})


@pytest.mark.parametrize(
    "change",
    ["role = 'administrator'", "needs_second_factor = false", "factors = '{totp}'", "examiner = 'X'", "agency_id = 99"],
)
def test_nobody_raises_the_own_account(signing, change):
    become("catalogue_owner")
    User.objects.filter(username="olena").update(needs_second_factor=True)
    become("catalogue_app")
    with pytest.raises(Error), transaction.atomic(), viewing_as(signing.viewer("olena")), connection.cursor() as cursor:
        cursor.execute(f"UPDATE catalogue_user SET {change} WHERE username = 'olena'")


def test_a_command_on_the_machine_lets_somebody_in_whom_nobody_can_help(signing):
    add_app(signed_in("ada"))
    become("catalogue_owner")
    said = io.StringIO()
    call_command("reset_sign_in", "ADA", stdout=said)
    with pytest.raises(CommandError, match="There is no person 'import@laboratory'"):
        call_command("reset_sign_in", "import@laboratory")
    become("catalogue_app")
    assert sign_in("ada", re.search(r"Password: (\S+)", said.getvalue())[1])[1]["Location"] == "/account/"


# Passkeys: the whole ceremony is in tests/whole


def test_the_browser_is_told_what_to_ask_a_passkey_for(signing):
    answer = Client().get("/sign-in/passkey/", headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["rpId"] == "testserver"


@pytest.mark.parametrize(
    "sent", ["", "null", "[]", "{}", '"x"', '{"id": 1}', '{"id":"a","rawId":"a","type":"public-key","response":{}}']
)
def test_what_is_no_passkey_leads_back_to_the_door(signing, sent):
    client = Client()
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    answer = client.post("/sign-in/passkey/", {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("sent", ["null", "[]", "{}", '{"id": 1}'])
def test_what_is_no_passkey_is_neither_added_nor_a_second_factor(signing, sent):
    client = signed_in("olena")
    client.get("/account/passkeys/add/")
    assert "Add a passkey" in words(client.post("/account/passkeys/add/", {"credential": sent, "name": "x"}))
    add_app(client)
    client = sign_in("olena")[0]
    assert "Second factor" in words(client.post("/sign-in/code/", {"credential": sent}))
    assert client.get("/account/").status_code == 302


# Sessions and keys


def test_a_session_elsewhere_is_ended_from_here(signing):
    here, there = signed_in("olena"), signed_in("olena")
    page = here.get("/account/").content.decode()
    ends = re.findall(r'action="(/account/sessions/\d+/end/)"[^§]*?>(End|Sign out)</button>', page)
    other = next(address for address, label in ends if label == "End")
    assert here.post(other)["Location"] == "/account/"
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_other_sessions_end_at_once_and_the_present_one_when_asked(signing):
    here, there, elsewhere = (signed_in("olena") for _ in range(3))
    here.post("/account/sessions/end-others/")
    assert [c.get("/account/").status_code for c in (here, there, elsewhere)] == [200, 302, 302]
    mine = re.search(r"/account/sessions/\d+/end/", here.get("/account/").content.decode())[0]
    here.post(mine)
    assert here.get("/account/").status_code == 302


def test_nobody_ends_the_session_of_another(signing):
    theirs = signed_in("olena")
    address = re.search(r"/account/sessions/\d+/end/", theirs.get("/account/").content.decode())[0]
    assert signed_in("ada").post(address).status_code == 404
    assert theirs.get("/account/").status_code == 200


def test_a_key_of_ones_own_acts_as_oneself_until_it_is_revoked(signing):
    client = signed_in("olena")
    sent = {"name": "notebook", "ceiling": 0, "days": 30}
    text = once_shown(client.post("/account/keys/new/", sent), "key")
    program = Client(headers={"Authorization": f"Bearer {text}"})
    assert program.get("/api/v1/components/?count=true").json()["count"] == 1
    page = client.get("/account/")
    assert "notebook" in words(page) and text not in page.content.decode()
    address = re.search(r"/account/keys/\d+/revoke/", page.content.decode())[0]
    assert signed_in("rita").post(address).status_code == 404
    client.post(address)
    assert program.get("/api/v1/components/").status_code == 401
    assert "revoked" in words(client.get("/account/"))


@pytest.mark.parametrize(
    "sent, sentence",
    [({"name": ""}, "This field is required."), ({"days": 4000}, "3650"), ({"ceiling": 9}, "Select a valid choice")],
)
def test_a_key_that_makes_no_sense_is_refused_beside_its_field(signing, sent, sentence):
    answer = signed_in("olena").post("/account/keys/new/", {"name": "x", "ceiling": 0, "days": 30} | sent)
    assert sentence in words(answer)


def test_an_administrator_has_no_key_of_their_own(signing):
    answer = signed_in("ada").post("/account/keys/new/", {"name": "x", "ceiling": 0, "days": 30})
    assert "Administrators have no keys of their own" in words(answer)


def test_a_key_opens_no_account(signing):
    for path in ("/account/", "/account/password/", "/account/keys/new/"):
        assert signing.client("olena").get(path).status_code == 302


# Name, language, theme


def test_name_language_and_theme_are_kept_and_come_along_to_another_browser(signing):
    client = signed_in("olena")
    client.post("/account/", {"name": "Olena K.", "language": "uk", "theme": "dark"})
    answer = sign_in("olena")[1]
    assert (answer.cookies["theme"].value, answer.cookies["django_language"].value) == ("dark", "uk")
    with viewing_as(signing.viewer("olena")):
        assert User.objects.get(username="olena").name == "Olena K."


def test_what_the_account_leaves_open_stays_as_the_browser_has_it(signing):
    assert not {"theme", "django_language"} & sign_in("olena")[1].cookies.keys()
    answer = signed_in("olena").post("/account/", {"name": "", "language": "", "theme": "auto"})
    assert answer.cookies["theme"]["max-age"] == 0  # chosen now: as the system


def test_a_language_that_there_is_not_is_refused(signing):
    answer = signed_in("olena").post("/account/", {"name": "", "language": "xx", "theme": "dark"})
    assert "Select a valid choice" in words(answer)
