"""Files are received in parts and examined by a worker; files that are no photographs; alike photographs are found."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from catalogue.models.base import new_id
from catalogue.security import handling, reviewed

from ._handled import columns, follow, follow_no_more, history, text, to
from ._together import Together

# Table → ({column: the table whose record bounds the audience}, columns that are computed); photographs as they are now.
HANDLED = {
    "photo": ({"specimen_id": "specimen", "component_id": "component"}, ("dhash",)),
    "evidencefile": ({"specimen_id": "specimen", "component_id": "component"}, ()),
}
BOUNDS = {column: f"catalogue_{table}" for column, table in HANDLED["evidencefile"][0].items()}
FILE = "catalogue_evidencefile"
KINDS = [
    ("laboratory-report", "Laboratory report"),
    ("x-ray-series", "X-ray series"),
    ("video", "Video"),
    ("firmware-image", "Firmware image"),
    ("other", "Other"),
]
STATES = [
    ("receiving", "Being received"),
    ("waiting", "Waits for examination"),
    ("added", "Added"),
    ("there", "Already there"),
    ("alike", "Looks like another"),
    ("refused", "Refused"),
    ("unpacked", "Unpacked"),
    ("discarded", "Discarded"),
]
LEVELS = [(0, "CLEAR"), (1, "GREEN"), (2, "AMBER"), (3, "AMBER+STRICT"), (4, "RED")]
NAMED = "As it was sent; never used as a path."


def among(column, choices):
    return models.Q(**{f"{column}__in": [code for code, _label in choices]})


def own(*, event):
    """The columns that a file has beside those of every record."""
    named = {} if event else {"related_name": "files"}
    return [
        ("kind", models.TextField(choices=KINDS, default="other")),
        ("title", text()),
        ("sha256", models.CharField(max_length=64)),
        ("size", models.BigIntegerField(help_text="Bytes.")),
        ("media_type", models.TextField()),
        ("file_name", text(help_text=NAMED)),
        ("component", to("catalogue.component", event=event, blank=True, null=True, **named)),
        ("specimen", to("catalogue.specimen", event=event, **named)),
    ]


FILE_OPTIONS = {
    "indexes": [
        models.Index(fields=["audience", "-id"], name="evidencefile_list"),
        models.Index(fields=["sha256"], name="evidencefile_sha256"),
    ],
    "constraints": [
        models.CheckConstraint(condition=among("kind", KINDS), name="evidencefile_kind_known"),
        models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="evidencefile_sha256"),
        models.CheckConstraint(condition=models.Q(size__gte=1), name="evidencefile_size"),
    ],
}


def upload():
    """The columns of an upload, which is no record."""
    unsought = {"event": False, "db_index": False}
    entries = {"on_delete": models.SET_NULL, "related_name": "entries"}
    return [
        ("id", models.UUIDField(default=new_id, primary_key=True, serialize=False)),
        ("batch", models.UUIDField(help_text="What was sent together.")),
        ("file_name", models.TextField(help_text=NAMED)),
        ("size", models.BigIntegerField(help_text="Bytes.")),
        ("kind", text(choices=KINDS)),
        ("view", models.TextField(db_default="overview", default="overview")),
        ("caption", text()),
        (
            "match",
            models.BooleanField(db_default=True, default=True, help_text="Find the component by the file's name."),
        ),
        ("handling", models.PositiveSmallIntegerField(choices=LEVELS, default=3)),
        ("reason", text(help_text="Why reviewed evidence is amended.")),
        (
            "sure",
            models.BooleanField(db_default=False, default=False, help_text="Kept although it looks like another."),
        ),
        ("state", models.TextField(choices=STATES, default="receiving")),
        ("why", text(help_text="Code of the refusal.")),
        ("said", text(help_text="What came of it, in a sentence.")),
        ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("updated_at", models.DateTimeField(db_default=Now())),
        ("agency", to("catalogue.agency", **unsought)),
        ("archive", to("catalogue.upload", event=False, null=True, **entries)),
        ("component", to("catalogue.component", null=True, **unsought)),
        ("file", to("catalogue.evidencefile", null=True, **unsought)),
        ("photo", to("catalogue.photo", null=True, **unsought)),
        ("specimen", to("catalogue.specimen", event=False)),
        ("user", to(settings.AUTH_USER_MODEL, event=False)),
    ]


UPLOAD_OPTIONS = {
    "indexes": [models.Index(fields=["user", "specimen", "-created_at"], name="upload_of_user")],
    "constraints": [
        models.CheckConstraint(condition=among("state", STATES), name="upload_state_known"),
        models.CheckConstraint(condition=among("kind", [*KINDS, ("", "")]), name="upload_kind_known"),
        models.CheckConstraint(condition=models.Q(size__gte=0), name="upload_size"),
    ],
}


def statements():
    """Files come under the access rule as all records do, uploads under one of their own."""
    yield handling.before("catalogue_photo", BOUNDS, HANDLED["photo"][1])
    yield handling.inheritance(FILE, BOUNDS)
    yield handling.policies(FILE)
    yield handling.history(f"{FILE}event", FILE)
    yield follow(FILE, BOUNDS)
    yield handling.close("catalogue_upload")
    yield handling.script("uploads_v1.sql")
    yield from reviewed.triggers(["evidencefile"])


def undone():
    yield handling.before("catalogue_photo", BOUNDS)
    yield follow_no_more(FILE, BOUNDS)
    yield "DROP FUNCTION catalogue_file_in_use(text);"
    yield f"DROP TRIGGER catalogue_before ON {FILE};"
    yield f"DROP FUNCTION {FILE}_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_photo_regions")]
    operations = [
        Together(
            [
                migrations.AddField(
                    "photo",
                    "dhash",
                    models.BigIntegerField(
                        editable=False, help_text="64-bit difference hash: alike pictures agree.", null=True
                    ),
                ),
                migrations.CreateModel("EvidenceFile", columns(own, event=False), FILE_OPTIONS),
                migrations.CreateModel(
                    "EvidenceFileEvent", history("catalogue.evidencefile", own), {"abstract": False}
                ),
                migrations.CreateModel("Upload", upload(), UPLOAD_OPTIONS),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
