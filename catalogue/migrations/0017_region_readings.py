"""What a program read off the print in a region of a photograph, offered to a person."""

from django.db import migrations, models

from catalogue.security import handling

from ._handled import columns, history, text, to
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


def own(*, event):
    """The columns that a reading has beside those of every record."""
    named = {} if event else {"related_name": "readings"}
    return [
        ("state", models.TextField(choices=STATES, default="waiting")),
        ("lines", models.JSONField(blank=True, default=list)),
        ("engine", text(help_text="The program that read it, and its version.")),
        ("said", text(help_text="Why it could not be read.")),
        ("region", to("catalogue.photoregion", event=event, **named)),
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
                migrations.CreateModel("RegionReading", columns(own, event=False), {"constraints": CONSTRAINTS}),
                migrations.CreateModel(
                    "RegionReadingEvent", history("catalogue.regionreading", own), {"abstract": False}
                ),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
