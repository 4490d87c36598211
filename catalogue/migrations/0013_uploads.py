"""Files are received in parts and examined by a worker; files that are no photographs; alike photographs are found."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import catalogue.models.base
from catalogue.security import handling, reviewed

from ._together import Together

# Table → ({column: the table whose record bounds the audience}, columns that are computed); photographs as they are now.
HANDLED = {
    "photo": ({"specimen_id": "specimen", "component_id": "component"}, ("dhash",)),
    "evidencefile": ({"specimen_id": "specimen", "component_id": "component"}, ()),
}
# A parent's rows follow when its audience changes: one line more, or one less, in the function that sees to it.
FOLLOWS = """
DO $$ BEGIN
  EXECUTE replace(pg_get_functiondef('catalogue_{parent}_follow'::regproc), {old}, {new});
END $$;"""
LINE = "UPDATE catalogue_evidencefile SET declared_id = declared_id WHERE {parent}_id = NEW.id;\n      "


def statements():
    """Files come under the access rule as all records do, uploads under one of their own."""
    full = "catalogue_{}".format
    bounds = {table: {column: full(to) for column, to in found.items()} for table, (found, _) in HANDLED.items()}
    yield handling.before("catalogue_photo", bounds["photo"], HANDLED["photo"][1])
    yield handling.inheritance("catalogue_evidencefile", bounds["evidencefile"])
    yield handling.policies("catalogue_evidencefile")
    yield handling.history("catalogue_evidencefileevent", "catalogue_evidencefile")
    for parent in ("specimen", "component"):
        line = LINE.format(parent=parent)
        yield FOLLOWS.format(parent=parent, old="'RETURN NULL;'", new=f"E'{line}RETURN NULL;'".replace("\n", "\\n"))
    yield handling.close("catalogue_upload")
    yield handling.script("uploads_v1.sql")
    yield from reviewed.triggers(["evidencefile"])


def undone():
    bounds = {column: f"catalogue_{to}" for column, to in HANDLED["photo"][0].items()}
    yield handling.before("catalogue_photo", bounds)
    for parent in ("specimen", "component"):
        line = LINE.format(parent=parent)
        yield FOLLOWS.format(parent=parent, old=f"E'{line}'".replace("\n", "\\n"), new="''")
    yield "DROP FUNCTION catalogue_file_in_use(text);"
    yield "DROP TRIGGER catalogue_before ON catalogue_evidencefile;"
    yield "DROP FUNCTION catalogue_evidencefile_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_photo_regions")]
    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="photo",
                    name="dhash",
                    field=models.BigIntegerField(
                        editable=False, help_text="64-bit difference hash: alike pictures agree.", null=True
                    ),
                ),
                migrations.CreateModel(
                    name="EvidenceFile",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=catalogue.models.base.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True)),
                        ("void_reason", models.TextField(blank=True, db_default="", default="")),
                        (
                            "kind",
                            models.TextField(
                                choices=[
                                    ("laboratory-report", "Laboratory report"),
                                    ("x-ray-series", "X-ray series"),
                                    ("video", "Video"),
                                    ("firmware-image", "Firmware image"),
                                    ("other", "Other"),
                                ],
                                default="other",
                            ),
                        ),
                        ("title", models.TextField(blank=True, db_default="", default="")),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.BigIntegerField(help_text="Bytes.")),
                        ("media_type", models.TextField()),
                        (
                            "file_name",
                            models.TextField(
                                blank=True, db_default="", default="", help_text="As it was sent; never used as a path."
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                db_constraint=False,
                                db_default=0,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.audience",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="catalogue.component",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "declared",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.audience",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                db_constraint=False,
                                db_default=1,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.installation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.agency",
                            ),
                        ),
                        (
                            "specimen",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="catalogue.specimen",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["audience", "-id"], name="evidencefile_list"),
                            models.Index(fields=["sha256"], name="evidencefile_sha256"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    kind__in=["laboratory-report", "x-ray-series", "video", "firmware-image", "other"]
                                ),
                                name="evidencefile_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="evidencefile_sha256"
                            ),
                            models.CheckConstraint(condition=models.Q(size__gte=1), name="evidencefile_size"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceFileEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.UUIDField(default=catalogue.models.base.new_id, editable=False, serialize=False)),
                        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True)),
                        ("void_reason", models.TextField(blank=True, db_default="", default="")),
                        (
                            "kind",
                            models.TextField(
                                choices=[
                                    ("laboratory-report", "Laboratory report"),
                                    ("x-ray-series", "X-ray series"),
                                    ("video", "Video"),
                                    ("firmware-image", "Firmware image"),
                                    ("other", "Other"),
                                ],
                                default="other",
                            ),
                        ),
                        ("title", models.TextField(blank=True, db_default="", default="")),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.BigIntegerField(help_text="Bytes.")),
                        ("media_type", models.TextField()),
                        (
                            "file_name",
                            models.TextField(
                                blank=True, db_default="", default="", help_text="As it was sent; never used as a path."
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                db_constraint=False,
                                db_default=0,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.audience",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.component",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "declared",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.audience",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                db_constraint=False,
                                db_default=1,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.installation",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.agency",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalogue.evidencefile",
                            ),
                        ),
                        (
                            "specimen",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalogue.specimen",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=catalogue.models.base.new_id, primary_key=True, serialize=False),
                        ),
                        ("batch", models.UUIDField(help_text="What was sent together.")),
                        ("file_name", models.TextField(help_text="As it was sent; never used as a path.")),
                        ("size", models.BigIntegerField(help_text="Bytes.")),
                        (
                            "kind",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("laboratory-report", "Laboratory report"),
                                    ("x-ray-series", "X-ray series"),
                                    ("video", "Video"),
                                    ("firmware-image", "Firmware image"),
                                    ("other", "Other"),
                                ],
                                db_default="",
                                default="",
                            ),
                        ),
                        ("view", models.TextField(db_default="overview", default="overview")),
                        ("caption", models.TextField(blank=True, db_default="", default="")),
                        (
                            "match",
                            models.BooleanField(
                                db_default=True, default=True, help_text="Find the component by the file's name."
                            ),
                        ),
                        (
                            "handling",
                            models.PositiveSmallIntegerField(
                                choices=[(0, "CLEAR"), (1, "GREEN"), (2, "AMBER"), (3, "AMBER+STRICT"), (4, "RED")],
                                default=3,
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, db_default="", default="", help_text="Why reviewed evidence is amended."
                            ),
                        ),
                        (
                            "sure",
                            models.BooleanField(
                                db_default=False, default=False, help_text="Kept although it looks like another."
                            ),
                        ),
                        (
                            "state",
                            models.TextField(
                                choices=[
                                    ("receiving", "Being received"),
                                    ("waiting", "Waits for examination"),
                                    ("added", "Added"),
                                    ("there", "Already there"),
                                    ("alike", "Looks like another"),
                                    ("refused", "Refused"),
                                    ("unpacked", "Unpacked"),
                                    ("discarded", "Discarded"),
                                ],
                                default="receiving",
                            ),
                        ),
                        (
                            "why",
                            models.TextField(blank=True, db_default="", default="", help_text="Code of the refusal."),
                        ),
                        (
                            "said",
                            models.TextField(
                                blank=True, db_default="", default="", help_text="What came of it, in a sentence."
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.agency",
                            ),
                        ),
                        (
                            "archive",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="entries",
                                to="catalogue.upload",
                            ),
                        ),
                        (
                            "component",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.component",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.evidencefile",
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="catalogue.photo",
                            ),
                        ),
                        (
                            "specimen",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.specimen"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["user", "specimen", "-created_at"], name="upload_of_user"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    state__in=[
                                        "receiving",
                                        "waiting",
                                        "added",
                                        "there",
                                        "alike",
                                        "refused",
                                        "unpacked",
                                        "discarded",
                                    ]
                                ),
                                name="upload_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    kind__in=[
                                        "laboratory-report",
                                        "x-ray-series",
                                        "video",
                                        "firmware-image",
                                        "other",
                                        "",
                                    ]
                                ),
                                name="upload_kind_known",
                            ),
                            models.CheckConstraint(condition=models.Q(size__gte=0), name="upload_size"),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
