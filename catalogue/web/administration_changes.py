"""Changes of accounts, agencies and keys as sentences."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from catalogue.models import Level

from .account_forms import THEMES
from .administration_forms import ROLES

COLUMNS = {
    "username": _("sign-in name"),
    "name": _("name"),
    "examiner": _("examiner code"),
    "role": _("role"),
    "is_active": _("open"),
    "language": _("language"),
    "theme": _("light or dark"),
    "must_change_password": _("has a one-time password"),
    "password_set_at": _("password"),
    "needs_second_factor": _("needs a second factor"),
    "factors": _("second factors"),
    "slug": _("short name"),
    "code": _("code"),
    "is_home": _("runs the catalogue"),
    "prefix": _("begins with"),
    "ceiling": _("shows up to"),
    "expires_at": _("expires"),
    "revoked_at": _("revoked"),
}
FACTORS = {
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery codes"),
}
KINDS = {"user": _("Account"), "agency": _("Agency"), "key": _("Key")}


def worded(column, value):
    """A column's value as people read it."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column == "role":
        return str(dict(ROLES)[value])
    if column == "theme":
        return str(dict(THEMES)[value])
    if column == "language":
        return dict(settings.LANGUAGES).get(value, value)
    if column == "factors":
        return ", ".join(str(FACTORS.get(kind, kind)) for kind in value)
    if column == "ceiling":
        return f"TLP:{Level(value).label}"
    if column == "password_set_at":
        return _("set anew")
    if column.endswith("_at"):
        return str(value)[:16].replace("T", " ")
    return str(value)


def told(change):
    """The change (of `queries.administration.changes`) with `kind` in words and `lines`: (what, before, after)."""
    before, now = change["before"], change["now"]
    lines = [
        (COLUMNS[column], worded(column, before[column]) if before and column != "password_set_at" else None, after)
        for column, after in ((column, worded(column, now[column])) for column in COLUMNS if column in now)
        if (now[column] != before[column] if before else now[column] not in (None, "", [], False))
    ]
    return change | {"kind": KINDS[change["kind"]], "lines": lines, "new": before is None}
