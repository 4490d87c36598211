"""People of the small world who sign in: passwords, codes, and a browser's worth of requests."""

import re
import time
from html import unescape

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.test import Client

from catalogue.models import Agency, User
from tests.conftest import become

PASSWORD = "four quiet words here"


@pytest.fixture
def signing(world, settings):
    """The world, in which the laboratory runs the catalogue and Ada, Olena, Rita and Piet have a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a tenth of a second each
    become("catalogue_owner")
    Agency.objects.filter(slug="laboratory").update(is_home=True)
    User.objects.filter(username__in=("ada", "olena", "rita", "piet")).update(password=make_password(PASSWORD))
    become("catalogue_app")
    return world


def sign_in(name, password=PASSWORD, then="/account/"):
    """(client, answer) of somebody who types a name and a password."""
    client = Client()
    return client, client.post(f"/sign-in/?next={then}", {"login": name, "password": password})


def signed_in(name, password=PASSWORD):
    """A client of somebody who has signed in and just confirmed it."""
    client, answer = sign_in(name, password)
    assert answer.status_code == 302, words(answer)
    client.post("/account/confirm/", {"password": password})
    return client


def words(answer):
    """What a person reads of a page's main part, and where values stand in fields."""
    text = answer.content.decode()
    text = re.sub(r"(?s).*?<main[^>]*>|</main>.*|<script.*?</script>", "", text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def code(secret, steps=0):
    """The code that an authenticator app shows `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(client):
    """Add an authenticator app; (its secret, recovery codes)."""
    page = client.get("/account/authenticator/add/").content.decode()
    secret = re.search(r'id="totp-secret">(\w+)<', page)[1]
    answer = client.post("/account/authenticator/add/", {"code": code(secret)}, follow=True)
    return secret, re.search(r'id="codes">([\d\s]+)<', answer.content.decode())[1].split()


def once_shown(answer, name="password"):
    """The secret that a page shows once."""
    found = re.search(rf'id="{name}">([^<]+)<', answer.content.decode())
    assert found, words(answer)
    return found[1]
