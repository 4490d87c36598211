"""Agencies, accounts and keys. Maintenance: runs on the owner's connection, from named commands."""

import hashlib
import re
import secrets
import uuid
from datetime import timedelta

from django.utils import timezone

from catalogue.models import Agency, ApiKey, Level, Role, User

from .refusals import Refused

KEY_DAYS = 365


def open_agency(*, slug, name="", code="", home=False):
    """An agency with the service account its imports run as. `code` begins its references, two to six signs."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Refused(f"{slug!r} is no slug: write small letters, digits and single hyphens, for example lab-kyiv.")
    if Agency.objects.filter(slug=slug).exists():
        raise Refused(f"There is an agency {slug!r} already.")
    agency = Agency.objects.create(
        uid=uuid.uuid4(),
        slug=slug,
        name=name or slug.replace("-", " ").capitalize(),
        code=code or free_code(slug),
        is_home=home,
    )
    service_account(agency, "import", Role.CURATOR)
    return agency


def free_code(slug):
    """A code that no agency has: the slug's first letters, then with a digit."""
    letters = re.sub("[^A-Z0-9]", "", slug.upper())[:3].ljust(2, "X")
    taken = set(Agency.objects.values_list("code", flat=True))
    return next(code for code in (letters, *(f"{letters}{n}" for n in range(2, 1000))) if code not in taken)


def service_account(agency, purpose, role):
    """An account that keys or commands act as; it has no password. `purpose` tells them apart."""
    user = User(
        username=f"{purpose}@{agency.slug}",
        name=purpose.capitalize(),
        agency=agency,
        role=role,
        is_service=True,
        examiner=secrets.token_hex(4).upper() if purpose.startswith("key-") else purpose.upper(),
    )
    user.set_unusable_password()
    user.save()
    return user


def new_key(*, agency, role=Role.READER, ceiling=Level.STRICT, days=KEY_DAYS, name=""):
    """A key for a new service account of `agency`; returns its text, which is kept nowhere else."""
    text = f"cfk_{secrets.token_urlsafe(32)}"
    prefix = text[4:12]
    user = service_account(agency, f"key-{prefix.lower()}-{secrets.token_hex(3)}", role)
    ApiKey.objects.create(
        user=user,
        agency=agency,
        name=name,
        prefix=prefix,
        digest=hashlib.sha256(text.encode()).digest(),
        ceiling=ceiling,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return text


def first_administrator(*, password):
    """The home agency and its administrator, once. Returns the user, or None when there is one already."""
    if User.objects.filter(role=Role.ADMINISTRATOR).exists():
        return None
    agency = Agency.objects.filter(is_home=True).first() or open_agency(
        slug="laboratory", name="Laboratory", code="LAB", home=True
    )
    user = User(username="admin", name="Administrator", agency=agency, role=Role.ADMINISTRATOR, examiner="ADM")
    user.set_password(password)
    user.save()
    return user
