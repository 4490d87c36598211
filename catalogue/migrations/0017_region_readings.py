"""What a program read off the print in a region of a photograph, offered to a person."""

import pghistory.utils
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import catalogue.models.base
from catalogue.security import handling

from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"regionreading": ({"region_id": "photoregion"}, ())}
TABLE, PARENT = "catalogue_regionreading", "catalogue_photoregion"
STATES = [
    ("waiting", "Being read"),
    ("read", "Read"),
    ("failed", "Could not be read"),
    ("unread", "Not read as it is now"),
]


def text(**options):
    return models.TextField(blank=True, db_default="", default="", **options)


def columns(*, event):
    """The columns of a reading, or of its history."""

    def to(model, **options):
        if event:
            options |= {"on_delete": models.DO_NOTHING, "related_query_name": "+", "db_constraint": False}
            options.pop("db_index", None)
        else:
            options = {"on_delete": models.PROTECT} | options
        return models.ForeignKey(to=model, **{"related_name": "+"} | options)

    free = {"db_constraint": False, "db_index": False}
    person = free | {"null": True, "editable": False}
    identifier = {"default": catalogue.models.base.new_id, "editable": False, "serialize": False}
    return [
        ("id", models.UUIDField(**identifier, **({} if event else {"primary_key": True}))),
        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
        ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("updated_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("voided_at", models.DateTimeField(editable=False, null=True)),
        ("void_reason", text()),
        ("state", models.TextField(choices=STATES, default="waiting")),
        ("lines", models.JSONField(blank=True, default=list)),
        ("engine", text(help_text="The program that read it, and its version.")),
        ("said", text(help_text="Why it could not be read.")),
        ("audience", to("catalogue.audience", **free, db_default=0, editable=False)),
        ("created_by", to(settings.AUTH_USER_MODEL, **person)),
        ("declared", to("catalogue.audience", **free)),
        ("origin", to("catalogue.installation", **free, db_default=1)),
        ("owner", to("catalogue.agency", db_index=False)),
        ("region", to("catalogue.photoregion", **({} if event else {"related_name": "readings"}))),
        ("voided_by", to(settings.AUTH_USER_MODEL, **person)),
    ]


def history():
    return [
        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
        ("pgh_label", models.TextField(help_text="The event label.")),
        ("pgh_context", pghistory.utils.JSONField(null=True)),
        *columns(event=True),
        (
            "pgh_obj",
            models.ForeignKey(
                db_constraint=False, on_delete=models.DO_NOTHING, related_name="events", to="catalogue.regionreading"
            ),
        ),
    ]


CONSTRAINTS = [
    models.CheckConstraint(condition=models.Q(state__in=[code for code, _label in STATES]), name="regionreading_state_known"),
]  # fmt: skip


def statements():
    yield handling.inheritance(TABLE, {"region_id": PARENT})
    yield handling.following(PARENT, [(TABLE, "region_id")])
    yield handling.policies(TABLE)
    yield handling.history(f"{TABLE}event", TABLE)
    yield f"GRANT USAGE ON SEQUENCE {TABLE}event_pgh_id_seq TO {handling.APP};"
    yield handling.script("readings_v1.sql")


def undone():
    yield handling.script("readings_undo_v1.sql")
    yield f"DROP TRIGGER catalogue_follow ON {PARENT};"
    yield f"DROP FUNCTION {PARENT}_follow();"
    yield f"DROP TRIGGER catalogue_before ON {TABLE};"
    yield f"DROP FUNCTION {TABLE}_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0016_absences")]
    operations = [
        Together(
            [
                migrations.CreateModel("RegionReading", columns(event=False), {"constraints": CONSTRAINTS}),
                migrations.CreateModel("RegionReadingEvent", history(), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
