"""Accounts: people, their passwords and second factors, keys of their own."""

import re
import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Agency, Role, Theme, User
from catalogue.security.viewing import Viewer

from .record import BrokenRule, explained
from .refusals import NotAllowed, NotThere, Refused

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes
GROUPS, LETTERS = 4, 5  # of a one-time password: 99 bits
USERNAME = re.compile(r"[\w.@+-]{2,60}")
EXAMINER = re.compile(r"[A-Z0-9]{1,12}")


def require_administrator(actor: Viewer):
    """Raise NotAllowed unless the actor administers an agency."""
    if not actor.may("administer"):
        raise NotAllowed(_("Only an administrator of your agency may do this."))


def keeps(agency, *, actor: Viewer):
    """Whether the actor administers `agency` (an id).

    It is the actor's own, or the actor is of the home agency and nobody of that agency has signed in yet.
    """
    if not actor.may("administer"):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s = %s OR catalogue_at_home() AND catalogue_unattended(%s)", [agency, actor.agency, agency]
        )
        return cursor.fetchone()[0]


def require_keeper(agency, *, actor: Viewer):
    """Raise NotAllowed unless the actor administers the agency with id `agency`."""
    require_administrator(actor)
    if not keeps(agency, actor=actor):
        raise NotAllowed(_("Only the agency's own administrators may do this, since people of it have signed in."))


def one_time_password():
    """A password to be read out or written down once: twenty letters in groups."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(LETTERS)) for _group in range(GROUPS))


def add_person(*, agency: Agency, username, role, name="", examiner="", needs_second_factor=False, actor: Viewer):
    """An account for a person of `agency`; returns (user, one-time password), which is kept nowhere else.

    Without `examiner` a code is found: letters of the name, with a number when they are taken.
    """
    require_keeper(agency.pk, actor=actor)
    if not USERNAME.fullmatch(username):
        raise Refused(_("A sign-in name has 2 to 60 letters, digits and . _ - + @; no spaces."), "username")
    if examiner and not EXAMINER.fullmatch(examiner):
        raise Refused(_("An examiner code has up to 12 capital letters A to Z and digits, like OK2."), "examiner")
    password = one_time_password()
    user = User(
        agency=agency,
        username=username,
        name=name.strip(),
        role=known_role(role),
        examiner=examiner or free_examiner(agency, username),
        needs_second_factor=needs_second_factor,
        password=make_password(password),
        must_change_password=True,
        password_set_at=timezone.now(),
    )
    try:
        with explained():
            user.save()
    except BrokenRule as broken:
        raise taken(broken) from broken
    return user, password


def known_role(role):
    """The role called `role`. Raises Refused for another word."""
    if role not in Role.values:
        raise Refused(_("Choose a role: reader, analyst, curator or administrator."), "role")
    return role


def taken(broken):
    """What is the matter when the database refuses an account."""
    if broken.rule == "user_examiner_once_in_agency":
        return Refused(_("Somebody of this agency has this examiner code; choose another."), "examiner")
    return Refused(_("There is an account with this sign-in name; choose another."), "username")


def free_examiner(agency, username):
    """An examiner code that nobody of the agency has."""
    letters = re.sub("[^A-Z0-9]", "", username.upper())[:3] or "X"
    used = set(User.objects.filter(agency=agency).values_list("examiner", flat=True))
    return next(code for code in (letters, *(f"{letters}{n}" for n in range(2, 100_000))) if code not in used)


def change_person(*, person: User, name, role, needs_second_factor, is_active, actor: Viewer):
    """What an administrator decides of a person of the agency. The last administrator stays one."""
    require_keeper(person.agency_id, actor=actor)
    if person.is_service:
        raise Refused(_("This account belongs to a key; revoke the key instead."))
    if (role != Role.ADMINISTRATOR or not is_active) and is_last_administrator(person):
        raise Refused(_("This is the agency's only administrator; make somebody else one first."), "role")
    if person.pk == actor.user and not is_active:
        raise Refused(_("You cannot close your own account; another administrator may."), "is_active")
    person.name, person.role, person.is_active = name.strip(), known_role(role), is_active
    person.needs_second_factor = needs_second_factor
    with explained():
        person.save(update_fields=["name", "role", "is_active", "needs_second_factor"])


def is_last_administrator(person):
    """Whether nobody else administers the person's agency."""
    if person.role != Role.ADMINISTRATOR or not person.is_active:
        return False
    others = User.objects.filter(agency=person.agency_id, role=Role.ADMINISTRATOR, is_active=True, is_service=False)
    return not others.exclude(pk=person.pk).exists()


def give_password(*, person: User, actor: Viewer):
    """A new one-time password for a person of the agency; returns it. All of the person's sessions end."""
    require_keeper(person.agency_id, actor=actor)
    if person.is_service:
        raise Refused(_("This account belongs to a key and has no password."))
    if person.pk == actor.user:
        raise Refused(_("Change your own password on the page of your account."))
    password = one_time_password()
    set_password(person, password, must_change=True)
    return password


def forget_factors(*, person: User, actor: Viewer):
    """Take all second factors off a person of the agency, who has lost them."""
    require_administrator(actor)
    if person.agency_id != actor.agency:
        raise NotAllowed(_("Only the agency's own administrators may reset a second factor."))
    if person.pk == actor.user:
        raise Refused(_("Change your own second factors on the page of your account."))
    if not person.factors:
        raise NotThere(_("This person has no second factor."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalogue_forget_factors(%s)", [person.pk])


def change_password(*, password, actor: User):
    """A password of the actor's own choice."""
    set_password(actor, password, must_change=False)


def set_password(user, password, *, must_change):
    user.set_password(password)
    user.must_change_password, user.password_set_at = must_change, timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_set_at"])


def change_self(*, name, language, theme, actor: User):
    """How the actor is called and reads: name, language (empty: as the browser asks), theme."""
    if language and language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose a language of the list."), "language")
    if theme not in Theme.values:
        raise Refused(_("Choose light, dark, or as the system."), "theme")
    actor.name, actor.language, actor.theme = name.strip(), language, theme
    actor.save(update_fields=["name", "language", "theme"])
