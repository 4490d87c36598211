"""Agencies and keys: as named commands make them on the owner's connection, and as administrators do."""

import hashlib
import re
import secrets
import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Agency, ApiKey, Level, Role, User
from catalogue.security.viewing import Viewer

from .accounts import require_administrator, require_keeper
from .refusals import NotAllowed, Refused

KEY_DAYS, LONGEST = 365, 3650
CODE = re.compile(r"[A-Z0-9]{2,6}")


def open_agency(*, slug, name="", code="", home=False):
    """An agency with the service account its imports run as. `code` begins its references, two to six signs."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Refused(
            f"{slug!r} is no slug: write small letters, digits and single hyphens, for example lab-kyiv.", "slug"
        )
    if Agency.objects.filter(slug=slug).exists():
        raise Refused(f"There is an agency {slug!r} already.", "slug")
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


def add_agency(*, slug, name, code="", actor: Viewer):
    """Another agency in this catalogue, by an administrator of the agency that runs it."""
    require_administrator(actor)
    if not Agency.objects.filter(pk=actor.agency, is_home=True).exists():
        raise NotAllowed(_("Only administrators of the agency that runs this catalogue add agencies."))
    if not name.strip():
        raise Refused(_("Give the agency a name."), "name")
    check_code(code)
    if code and Agency.objects.filter(code=code).exists():
        raise Refused(_("Another agency has this code; choose another."), "code")
    return open_agency(slug=slug, name=name.strip(), code=code)


def change_agency(*, agency: Agency, name, actor: Viewer):
    """Another name for an agency. Its slug and code stand in references and stay."""
    require_keeper(agency.pk, actor=actor)
    if not name.strip():
        raise Refused(_("Give the agency a name."), "name")
    agency.name = name.strip()
    agency.save(update_fields=["name"])


def check_code(code):
    """Raise Refused for a code that references cannot begin with."""
    if code and not CODE.fullmatch(code):
        raise Refused(_("A code has two to six capital letters A to Z and digits, for example KND."), "code")


def new_key(*, agency, role=Role.READER, ceiling=Level.STRICT, days=KEY_DAYS, name=""):
    """A key for a new service account of `agency`; returns its text, which is kept nowhere else."""
    text = key_text()
    prefix = prefix_of(text)
    user = service_account(agency, f"key-{prefix.lower()}-{secrets.token_hex(3)}", role)
    return keep_key(text, user=user, agency_id=agency.pk, ceiling=ceiling, days=days, name=name)


def key_text():
    """The text of a key, of which 256 bits are random."""
    return f"cfk_{secrets.token_urlsafe(32)}"


def prefix_of(text):
    """What tells a key apart in lists."""
    return text[4:12]


def keep_key(text, *, user, agency_id, ceiling, days, name):
    """Record the key with this text, by its hash alone; returns the text."""
    ApiKey.objects.create(
        user=user,
        agency_id=agency_id,
        name=name,
        prefix=prefix_of(text),
        digest=hashlib.sha256(text.encode()).digest(),
        ceiling=ceiling,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return text


def issue_key(*, agency: Agency, name, role, ceiling, days, actor: Viewer):
    """A key for a machine of `agency`, by its administrator; returns its text, shown this once."""
    require_keeper(agency.pk, actor=actor)
    if role not in (Role.READER, Role.ANALYST, Role.CURATOR):
        raise Refused(_("A key reads, or records as an analyst or curator; it does not administer."), "role")
    check_key(name, ceiling, days)
    return new_key(agency=agency, role=role, ceiling=ceiling, days=days, name=name.strip())


def issue_own_key(*, name, ceiling, days, actor: User):
    """A key that acts as the actor; returns its text, shown this once."""
    if actor.role == Role.ADMINISTRATOR:
        raise Refused(_("Administrators have no keys of their own; issue one for a program instead."))
    check_key(name, ceiling, days)
    return keep_key(key_text(), user=actor, agency_id=actor.agency_id, ceiling=ceiling, days=days, name=name.strip())


def check_key(name, ceiling, days):
    """Raise Refused unless a key of this name, TLP ceiling and length of life makes sense."""
    if not name.strip():
        raise Refused(_("Say what the key is for."), "name")
    if ceiling not in Level.values:
        raise Refused(_("Choose the highest TLP level that the key may be shown."), "ceiling")
    if not 1 <= days <= LONGEST:
        raise Refused(_("A key runs for 1 to %(most)s days.") % {"most": LONGEST}, "days")


def revoke_key(*, key: ApiKey, actor: Viewer):
    """End a key at once: one's own, or one of an agency that the actor administers."""
    if key.user_id != actor.user:
        require_keeper(key.agency_id, actor=actor)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])


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
