"""People who work in a running catalogue, of the home agency or of another."""

import subprocess
import sys
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
    agency, _ = Agency.objects.get_or_create(code=code, defaults=dict(uid=uuid.uuid4(), slug=slug, name=title))
person = dict(role={role!r}, agency=agency, examiner={examiner!r}, name={name!r})
User.objects.get_or_create(username={username!r}, defaults=person | dict(password=make_password({password!r})))
"""
HARBOUR = ("HRB", "harbour-police", "Harbour police")  # another agency than the one at home: code, slug, name
# Stories share the catalogue they run in, so everybody is the same in all of them: name, role, agency.
PEOPLE = {
    "taras": ("Taras K.", "analyst", None),
    "iryna": ("Iryna B.", "analyst", None),
    "olena": ("Olena P.", "curator", None),
    "rita": ("Rita S.", "reader", None),
    "mykola": ("Mykola D.", "curator", None),
    "pieter": ("Pieter V.", "analyst", HARBOUR),
}


def employ(catalogue):
    """Give everybody of PEOPLE an account."""
    script = "import uuid\n"
    for username, (name, role, agency) in PEOPLE.items():
        told = {"name": name, "role": role, "agency": agency, "examiner": username[:3].upper(), "password": PASSWORD}
        script += ACCOUNT.format(username=username, **told)
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
