"""What was looked for and not found; and the number of a voided examination is free again."""

import pghistory.utils
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

import catalogue.models.base
from catalogue.security import handling, reviewed

from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"absence": ({"specimen_id": "specimen", "expected_id": "component"}, ())}
BOUNDS = {column: f"catalogue_{table}" for column, table in HANDLED["absence"][0].items()}
# What follows the audience of a specimen or a component is in one function of each; this is added to both.
FOLLOW = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('{parent}_follow'::regproc), {old}, {new});
END $do$;
"""
END = "\n      RETURN NULL;"
TOUCH = "\n      UPDATE catalogue_absence SET declared_id = declared_id WHERE {column} = NEW.id;"
NUMBER = "examination_reference_once_in_agency"


def columns(*, event):
    """The columns of an absence, or of its history."""

    def to(model, **options):
        if event:
            options |= {"on_delete": models.DO_NOTHING, "related_query_name": "+", "db_constraint": False}
            options.pop("db_index", None)
        else:
            options = {"on_delete": models.PROTECT} | options
        return models.ForeignKey(to=model, **{"related_name": "+"} | options)

    def text(**options):
        return models.TextField(blank=True, db_default="", default="", **options)

    free = {"db_constraint": False, "db_index": False}
    person = free | {"null": True, "editable": False}
    named = {} if event else {"related_name": "absences"}
    identifier = {"default": catalogue.models.base.new_id, "editable": False, "serialize": False}
    return [
        ("id", models.UUIDField(**identifier, **({} if event else {"primary_key": True}))),
        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
        ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("updated_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("voided_at", models.DateTimeField(editable=False, null=True)),
        ("void_reason", text()),
        ("note", text(help_text="Where and how it was looked for.")),
        ("audience", to("catalogue.audience", **free, db_default=0, editable=False)),
        ("created_by", to(settings.AUTH_USER_MODEL, **person)),
        ("declared", to("catalogue.audience", **free)),
        ("expected", to("catalogue.component", **named)),
        ("origin", to("catalogue.installation", **free, db_default=1)),
        ("owner", to("catalogue.agency", db_index=False)),
        ("specimen", to("catalogue.specimen", **named)),
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
                db_constraint=False, on_delete=models.DO_NOTHING, related_name="events", to="catalogue.absence"
            ),
        ),
    ]


OPTIONS = {
    "constraints": [
        models.UniqueConstraint(
            "owner", "specimen", "expected", "declared", name="absence_once",
            condition=models.Q(voided_at__isnull=True), nulls_distinct=False,
        )
    ],
    "indexes": [models.Index(fields=["audience", "-id"], name="absence_list")],
}  # fmt: skip


def statements():
    yield handling.inheritance("catalogue_absence", BOUNDS)
    yield handling.policies("catalogue_absence")
    yield handling.history("catalogue_absenceevent", "catalogue_absence")
    for column, parent in BOUNDS.items():
        yield FOLLOW.format(parent=parent, old=quoted(END), new=quoted(TOUCH.format(column=column) + END))
    yield from reviewed.triggers(["absence"])
    yield f"GRANT USAGE ON SEQUENCE catalogue_absenceevent_pgh_id_seq TO {handling.APP};"


def undone():
    for column, parent in BOUNDS.items():
        yield FOLLOW.format(parent=parent, old=quoted(TOUCH.format(column=column)), new="''")
    yield from reviewed.undone(["absence"])
    yield "DROP TRIGGER catalogue_before ON catalogue_absence;"
    yield "DROP FUNCTION catalogue_absence_before();"


def quoted(sql):
    return f"E'{sql}'".replace("\n", "\\n")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0015_audiences_made_meanwhile")]
    operations = [
        Together(
            [
                migrations.CreateModel("Absence", columns(event=False), OPTIONS),
                migrations.CreateModel("AbsenceEvent", history(), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
        migrations.RemoveConstraint("examination", NUMBER),
        migrations.AddConstraint(
            "examination",
            models.UniqueConstraint("owner", "reference", name=NUMBER, condition=models.Q(voided_at__isnull=True)),
        ),
    ]
