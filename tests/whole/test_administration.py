"""An administrator adds an agency, its first person signs in with a second factor and issues a key that works."""

import json
import re
import time
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from .looking import faults
from .places import ADMINISTRATION

PASSWORD = "four quiet words here"
KEYBOARD = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def visit(chromium, catalogue):
    """Browsers of different people; passkeys need a name, so the catalogue is called localhost. No console message."""
    contexts, said = [], []

    def visit_(path, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"http://localhost:{catalogue.port}{path}")
        return page

    yield visit_
    for context in contexts:
        context.close()
    assert said == []


def sign_out(page):
    page.locator("header.bar").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def sign_in(page, name, password):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def confirm(page, password):
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Confirm").click()


def go(page, path):
    page.goto(urljoin(page.url, path))


def code(secret):
    """A code of the next half minute: the present one may have been used already."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))


def administrator(catalogue):
    return re.findall(r": (\S+)", (catalogue.state / "first-sign-in.txt").read_text())


def choose_password(page, one_time):
    page.get_by_label("One-time password").fill(one_time)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()


def newcomer(visit, catalogue, name, role):
    """The browser of somebody whom the administrator has just added, on the page of the account."""
    given = administrator(catalogue)
    page = visit("/administration/users/new/")
    sign_in(page, *given)
    confirm(page, given[1])
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Role").select_option(role)
    page.get_by_label("Needs a second factor").uncheck()
    page.get_by_role("button", name="Add the person").click()
    one_time = page.locator("#password").inner_text()
    page = visit("/sign-in/")
    sign_in(page, name, one_time)
    choose_password(page, one_time)
    expect(page.get_by_role("heading", name="Account")).to_be_visible()
    return page


def test_an_administrator_adds_an_agency_whose_administrator_comes_back_with_a_second_factor(visit, catalogue):
    name, password = administrator(catalogue)
    ada = visit("/administration/agencies/new/")
    sign_in(ada, name, password)
    confirm(ada, password)
    ada.get_by_label("Name", exact=True).fill("Border service")
    ada.get_by_label("Short name in addresses").fill("border-service")
    ada.get_by_label("Code").fill("BRD")
    ada.get_by_role("button", name="Add the agency").click()
    ada.get_by_role("link", name="Add its administrator").click()
    ada.get_by_label("Sign-in name").fill("nina")
    ada.get_by_label("Full name").fill("Nina Border")
    ada.get_by_role("button", name="Add the administrator").click()
    one_time = ada.locator("#password").inner_text()

    nina = visit("/sign-in/")
    sign_in(nina, "nina", one_time)
    choose_password(nina, one_time)
    expect(nina.get_by_role("alert")).to_contain_text("Your administrator asks for a second factor.")
    nina.get_by_role("link", name="Add an app").click()
    confirm(nina, PASSWORD)
    secret = nina.locator("#totp-secret").inner_text()
    nina.get_by_label("The code that the app shows now").fill(code(secret))
    nina.get_by_role("button", name="Add the app").click()
    shown = nina.locator("#codes").inner_text().split()
    with nina.expect_download() as download:
        nina.get_by_role("button", name="Download").click()
    assert Path(download.value.path()).read_text().split() == shown
    nina.get_by_role("link", name="I have kept them").click()
    sign_out(nina)

    go(nina, "/sign-in/?next=/administration/keys/new/")
    sign_in(nina, "nina", PASSWORD)
    nina.get_by_label("Code").fill(code(secret))
    nina.get_by_role("button", name="Continue").click()
    confirm(nina, PASSWORD)
    nina.get_by_label("What it is for").fill("nightly copy")
    nina.get_by_role("button", name="Issue the key").click()
    key = nina.locator("#key").inner_text()
    asked = Request(f"{catalogue.url}/api/v1/components/?count=true", headers={"Authorization": f"Bearer {key}"})
    with urlopen(asked, timeout=30) as answer:
        assert json.load(answer)["count"] > 0

    go(ada, "/administration/agencies/border-service/")
    expect(ada.get_by_text("This agency administers itself")).to_be_visible()
    go(ada, "/administration/changes/")
    expect(ada.get_by_role("row", name="Border service").first).to_contain_text("Administrator")


def test_a_passkey_signs_in_alone_and_stands_beside_a_password(visit, catalogue):
    page = newcomer(visit, catalogue, "pavlo", "reader")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEYBOARD})
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page, PASSWORD)
    page.get_by_label("What you call it").fill("Blue key")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Passkey “Blue key”")).to_be_visible()
    sign_out(page)

    go(page, "/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("header.bar")).to_contain_text("Laboratory")
    sign_out(page)
    go(page, "/sign-in/")
    sign_in(page, "pavlo", PASSWORD)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("header.bar")).to_contain_text("Laboratory")
    go(page, "/account/")
    page.get_by_role("link", name="Remove", exact=True).click()
    confirm(page, PASSWORD)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("None yet: whoever knows your password can sign in.")).to_be_visible()


def test_every_page_of_administration_fits_its_window_and_can_be_used_by_everybody(visit, catalogue):
    page = newcomer(visit, catalogue, "nadia", "administrator")
    go(page, "/account/authenticator/add/")
    confirm(page, PASSWORD)
    assert faults(page, {name: urljoin(page.url, path) for name, path in ADMINISTRATION.items()}) == []
