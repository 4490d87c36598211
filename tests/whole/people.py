"""People who work in a running catalogue, of the home agency or of another."""

import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import expect

PASSWORD = "four quiet words here"
ACCOUNT = """
from django.contrib.auth.hashers import make_password
from catalogue.models import Agency, User
agency = Agency.objects.get(is_home=True)
if {agency!r}:
    code, slug, title = {agency!r}
    agency, _ = Agency.objects.get_or_create(code=code, defaults=dict(uid={uid!r}, slug=slug, name=title))
person = dict(role={role!r}, agency=agency, examiner={examiner!r}, name={name!r})
User.objects.get_or_create(username={username!r}, defaults=person | dict(password=make_password({password!r})))
"""
NAMES = {"taras": "Taras K.", "olena": "Olena P.", "iryna": "Iryna B.", "mykola": "Mykola D.", "pieter": "Pieter V."}


def employ(catalogue, username, role, agency=None):
    """Give the home agency, or the `agency` (code, slug, name), a person of this role, unless it has them."""
    examiner, name, uid = username[:3].upper(), NAMES[username], str(uuid.uuid4())
    script = ACCOUNT.format(
        username=username, role=role, agency=agency, examiner=examiner, name=name, uid=uid, password=PASSWORD
    )
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=Path(__file__).resolve().parents[2],
        env=catalogue.environment | {"FORENSICS_ROLE": "catalogue_owner"},
        check=True,
        capture_output=True,
    )


def sign_in(page, username, to, password=PASSWORD):
    """Sign in on the page that asks for it, and go on to the address `to`."""
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("header.bar").get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(urljoin(page.url, to))
    return page
