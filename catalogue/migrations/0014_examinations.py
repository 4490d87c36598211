"""The intake of a specimen: examination number, consignor, seals, examiner, how far the examination is."""

import pghistory.utils
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import catalogue.models.base
from catalogue.security import handling

from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"examination": ({"specimen_id": "specimen"}, ())}
STAGES = [("received", "Received"), ("examining", "Being examined"), ("released", "Released")]

# What follows a specimen's audience is in one function; others may have added to it since, so it is added to.
FOLLOW = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('catalogue_specimen_follow'::regproc), %s, %s);
END $do$;
"""
END = "\n      RETURN NULL;"
TOUCH = "\n      UPDATE catalogue_examination SET declared_id = declared_id WHERE specimen_id = NEW.id;"


def text(**options):
    return models.TextField(blank=True, db_default="", default="", **options)


def columns(*, event):
    """The columns of an examination, or of its history."""

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
        ("reference", models.TextField(help_text="The agency's own examination number.")),
        ("consignor", text(help_text="Who brought or sent it.")),
        ("seals", text(help_text="Numbers of the seals it came under.")),
        ("received", text()),
        ("received_from", models.DateField(blank=True, null=True)),
        ("received_to", models.DateField(blank=True, null=True)),
        ("stage", models.TextField(choices=STAGES, default="received")),
        ("note", text()),
        ("audience", to("catalogue.audience", **free, db_default=0, editable=False)),
        ("created_by", to(settings.AUTH_USER_MODEL, **person)),
        ("declared", to("catalogue.audience", **free)),
        ("examiner", to(settings.AUTH_USER_MODEL, **free, null=True, blank=True)),
        ("origin", to("catalogue.installation", **free, db_default=1)),
        ("owner", to("catalogue.agency", db_index=False)),
        ("specimen", to("catalogue.specimen", **({} if event else {"related_name": "examinations"}))),
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
                db_constraint=False, on_delete=models.DO_NOTHING, related_name="events", to="catalogue.examination"
            ),
        ),
    ]


CONSTRAINTS = [
    models.CheckConstraint(
        condition=models.Q(stage__in=[code for code, _label in STAGES]), name="examination_stage_known"
    ),
    models.UniqueConstraint("owner", "reference", name="examination_reference_once_in_agency"),
]


def statements():
    for table, (bounds, generated) in HANDLED.items():
        name = f"catalogue_{table}"
        parents = {column: f"catalogue_{parent}" for column, parent in bounds.items()}
        yield handling.inheritance(name, parents, generated)
        yield handling.policies(name)
        yield handling.history(f"{name}event", name)
    yield FOLLOW % (quoted(END), quoted(TOUCH + END))
    yield f"GRANT USAGE ON SEQUENCE catalogue_examinationevent_pgh_id_seq TO {handling.APP};"


def undone():
    yield FOLLOW % (quoted(TOUCH), "''")
    yield "DROP TRIGGER catalogue_before ON catalogue_examination;"
    yield "DROP FUNCTION catalogue_examination_before();"


def quoted(sql):
    return f"E'{sql}'".replace("\n", "\\n")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_uploads")]
    operations = [
        Together(
            [
                migrations.CreateModel("Examination", columns(event=False), {"constraints": CONSTRAINTS}),
                migrations.CreateModel("ExaminationEvent", history(), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
