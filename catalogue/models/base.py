"""What all records share: identity, owner, handling, provenance, voiding, history."""

import pghistory
from django.db import models
from django.db.models import F, Func, Q
from uuid_utils.compat import uuid7

from .agencies import Agency, Audience, Installation, User

# Follows from a parent or is counted by a trigger; no event of the record itself.
DERIVED = ["audience", "version", "updated_at"]


def new_id():
    """A UUIDv7: made by the client, ordered by time, so that a retried request names the same row."""
    return uuid7()


def generated_fields(model):
    """Names of the columns of `model` that are computed from what it records: by PostgreSQL, or out of its file."""
    made = [f.name for f in model._meta.local_fields if isinstance(f, models.GeneratedField)]
    return made + list(getattr(model, "reckoned", ()))


def remembered(model):
    """Class decorator: triggers write every insert and update of `model` into its event table.

    The event row carries the actor, the reason and the request (`pgh_context`), and can be added only.
    """
    tracked = {f.name for f in model._meta.local_fields}
    return pghistory.track(
        pghistory.InsertEvent("created"),
        pghistory.UpdateEvent("changed", condition=pghistory.AnyChange(exclude=[f for f in DERIVED if f in tracked])),
        exclude=generated_fields(model) + [f for f in ("password", "digest") if f in tracked],
        append_only=True,
        context_id_field=None,
    )(model)


class Handled(models.Model):
    """A record with an owner and an audience; row-level security decides who reads it.

    `declared` is the audience its agency chose. `audience` is what follows from it and from
    everything the record points at (`bounds()`), and is written by a trigger only: a record is
    never wider than anything it names.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    origin = models.ForeignKey(
        Installation, models.PROTECT, db_default=1, db_constraint=False, related_name="+", db_index=False
    )
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    declared = models.ForeignKey(Audience, models.PROTECT, db_constraint=False, related_name="+", db_index=False)
    audience = models.ForeignKey(
        Audience, models.PROTECT, db_constraint=False, db_default=0, related_name="+", editable=False, db_index=False
    )
    created_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    updated_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_constraint=False, related_name="+", editable=False, db_index=False
    )
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_constraint=False, related_name="+", editable=False, db_index=False
    )
    void_reason = models.TextField(blank=True, default="", db_default="")

    # Foreign keys to records that do not bound the audience: pointers that are shown only when visible.
    loose = ("canonical",)
    # Columns reckoned from the record's file: filling one in is no change of the record, and has no history.
    reckoned = ()

    class Meta:
        abstract = True

    @classmethod
    def bounds(cls):
        """Columns that name a record whose audience bounds this one, with the table they name."""
        return {
            field.column: field.related_model._meta.db_table
            for field in cls._meta.local_fields
            if isinstance(field, models.ForeignKey)
            and issubclass(field.related_model, Handled)
            and field.name not in cls.loose
        }


def key_of(column):
    """A stored comparison key of `column`: letters and digits only, capitals, look-alike letters folded."""
    return models.GeneratedField(
        expression=Func(F(column), function="catalogue_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


def edtf():
    """A partly known date as EDTF (ISO 8601-2) text; two `edge()` columns carry its interval for queries."""
    return models.TextField(blank=True, default="", db_default="")


def edge():
    """First or last possible day of a partly known date; null when open or unknown."""
    return models.DateField(null=True, blank=True)


def optional_text(**options):
    """A text that may be empty, never null."""
    return models.TextField(blank=True, default="", db_default="", **options)


def one_of(field, choices, *, empty=False):
    """A CHECK that `field` is one of a fixed set (a TextChoices class) or empty where that is allowed."""
    allowed = [*choices.values, *([""] if empty else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"%(class)s_{field}_known")


def once(*columns, name, **where):
    """A unique key among an agency's records in force (and `where`) that never answers for one its writer cannot see.

    `columns` hold every foreign key that bounds the audience, and `declared` joins them: rows that agree in all
    of these have the same audience, now and whenever what bounds them changes. Null counts as a value.
    """
    condition = Q(voided_at__isnull=True, **where)
    return models.UniqueConstraint("owner", *columns, "declared", name=name, condition=condition, nulls_distinct=False)


class Words(models.TextChoices):
    """A fixed vocabulary whose members are written: code, Ukrainian label, English label."""

    def __new__(cls, code, ukrainian):
        member = str.__new__(cls, code)
        member._value_ = code
        member.ukrainian = ukrainian
        return member


class NameKind(Words):
    OFFICIAL = "official", "офіційна", "Official"
    PUBLISHED = "published", "як опубліковано", "As published"
    ALIAS = "alias", "інша назва", "Also known as"
    ABBREVIATION = "abbreviation", "скорочення", "Abbreviation"
    TRANSLITERATION = "transliteration", "транслітерація", "Transliteration"
    FORMER = "former", "колишня назва", "Former name"


class Name(Handled):
    """One name of anything: text, language (BCP 47), script (ISO 15924), kind, and its comparison key."""

    text = models.TextField()
    language = optional_text()
    script = optional_text()
    kind = models.TextField(choices=NameKind, default=NameKind.ALIAS)
    key = key_of("text")

    class Meta:
        abstract = True
        constraints = [one_of("kind", NameKind)]
