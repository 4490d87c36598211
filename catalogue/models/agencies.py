"""Who works here, and who may see what: agencies, users, keys, audiences, imports."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When


class Level(models.IntegerChoices):
    """TLP 2.0 (FIRST, August 2022), ordered from wide to narrow."""

    CLEAR = 0, "CLEAR"
    GREEN = 1, "GREEN"
    AMBER = 2, "AMBER"
    STRICT = 3, "AMBER+STRICT"
    RED = 4, "RED"


class Role(models.TextChoices):
    """What a user may do in the own agency; what one may read is the audience's matter alone."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    CURATOR = "curator", "Curator"
    ADMINISTRATOR = "administrator", "Administrator"


class Theme(models.TextChoices):
    """Light or dark; auto is as the system has it."""

    AUTO = "auto", "As the system"
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"


class Installation(models.Model):
    """One running catalogue. Only the installation that made a record edits it; row 1 is this one."""

    id = models.SmallAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    name = models.TextField()


@pghistory.track(
    pghistory.InsertEvent("created"), pghistory.UpdateEvent("changed"), append_only=True, context_id_field=None
)
class Agency(models.Model):
    """A group of users with its own records. `code` begins its specimens' references: KND-2026-7F3K."""

    id = models.AutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    slug = models.SlugField(unique=True, max_length=60)
    name = models.TextField()
    code = models.CharField(max_length=6, unique=True)
    is_home = models.BooleanField(default=False, help_text="The agency that runs this installation.")

    class Meta:
        constraints = [
            models.UniqueConstraint("is_home", condition=Q(is_home=True), name="agency_one_home"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9]{2,6}$"), name="agency_code_readable"),
        ]

    def __str__(self):
        return self.name


class Audience(models.Model):
    """Who may see a record, interned: a TLP level, the agencies (null = any), the readers (null = any).

    Row 1 is CLEAR, row 2 is GREEN. Rows are made by the database function `catalogue_audience` alone.
    """

    id = models.AutoField(primary_key=True)
    level = models.SmallIntegerField(choices=Level)
    agencies = ArrayField(models.IntegerField(), null=True)
    readers = ArrayField(models.IntegerField(), null=True)
    name = models.GeneratedField(
        expression=Case(*(When(level=level.value, then=Value(level.label)) for level in Level)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["level", "agencies", "readers"], nulls_distinct=False, name="audience_interned"
            ),
            models.CheckConstraint(condition=Q(level__range=(0, 4)), name="audience_level_tlp"),
        ]


class UserManager(BaseUserManager):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


@pghistory.track(
    pghistory.InsertEvent("created"),
    pghistory.UpdateEvent("changed", condition=pghistory.AnyChange(exclude=["last_login"])),
    exclude=["password"],
    append_only=True,
    context_id_field=None,
)
class User(AbstractBaseUser):
    """A person, or the service account of a key. Outside the agency only `examiner` is shown."""

    id = models.AutoField(primary_key=True)
    username = models.TextField(unique=True)
    name = models.TextField(blank=True, default="")
    email = models.EmailField(blank=True, default="")
    examiner = models.CharField(max_length=12, help_text="Examiner code, shown to other agencies for the person.")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="users")
    role = models.CharField(max_length=13, choices=Role, default=Role.READER)
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False, help_text="Belongs to keys; cannot sign in with a password.")
    language = models.CharField(
        max_length=5, blank=True, default="", db_default="", help_text="Empty: as the browser asks."
    )
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO, db_default=Theme.AUTO)
    must_change_password = models.BooleanField(
        default=False, db_default=False, help_text="An administrator knows the password."
    )
    password_set_at = models.DateTimeField(null=True)
    needs_second_factor = models.BooleanField(
        default=False, db_default=False, help_text="May only add one until there is one."
    )
    factors = ArrayField(
        models.TextField(),
        default=list,
        db_default=[],
        help_text="Kinds of second factors, kept by a trigger: totp, webauthn, …",
    )
    created_at = models.DateTimeField(db_default=models.functions.Now())

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", "examiner", name="user_examiner_once_in_agency"),
            models.UniqueConstraint(models.functions.Lower("username"), name="user_username_any_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="user_theme_known"),
        ]

    def __str__(self):
        return self.name or self.username


@pghistory.track(
    pghistory.InsertEvent("created"),
    pghistory.UpdateEvent("changed", condition=pghistory.AnyChange(exclude=["last_used_at"])),
    exclude=["digest"],
    append_only=True,
    context_id_field=None,
)
class ApiKey(models.Model):
    """A key that signs in a user over REST. Only its SHA-256 is kept; `prefix` tells keys apart."""

    user = models.ForeignKey(User, models.PROTECT, related_name="keys")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="keys")
    name = models.TextField(blank=True, default="")
    prefix = models.CharField(max_length=8)
    digest = models.BinaryField(max_length=32, unique=True)
    ceiling = models.SmallIntegerField(choices=Level, default=Level.STRICT)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ceiling__range=(0, 4)), name="apikey_ceiling_tlp"),
        ]
