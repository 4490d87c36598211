"""The intake of a specimen: examination number, consignor, seals, examiner, how far the examination is."""

from django.conf import settings
from django.db import migrations, models

from catalogue.security import handling

from ._handled import columns, follow, follow_no_more, history, text, to
from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"examination": ({"specimen_id": "specimen"}, ())}
SPECIMEN = {"specimen_id": "catalogue_specimen"}
STAGES = [("received", "Received"), ("examining", "Being examined"), ("released", "Released")]


def own(*, event):
    """The columns that an examination has beside those of every record."""
    free = {"event": event, "db_constraint": False, "db_index": False}
    named = {} if event else {"related_name": "examinations"}
    return [
        ("reference", models.TextField(help_text="The agency's own examination number.")),
        ("consignor", text(help_text="Who brought or sent it.")),
        ("seals", text(help_text="Numbers of the seals it came under.")),
        ("received", text()),
        ("received_from", models.DateField(blank=True, null=True)),
        ("received_to", models.DateField(blank=True, null=True)),
        ("stage", models.TextField(choices=STAGES, default="received")),
        ("note", text()),
        ("examiner", to(settings.AUTH_USER_MODEL, **free, null=True, blank=True)),
        ("specimen", to("catalogue.specimen", event=event, **named)),
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
    yield follow("catalogue_examination", SPECIMEN)
    yield f"GRANT USAGE ON SEQUENCE catalogue_examinationevent_pgh_id_seq TO {handling.APP};"


def undone():
    yield follow_no_more("catalogue_examination", SPECIMEN)
    yield "DROP TRIGGER catalogue_before ON catalogue_examination;"
    yield "DROP FUNCTION catalogue_examination_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_uploads")]
    operations = [
        Together(
            [
                migrations.CreateModel("Examination", columns(own, event=False), {"constraints": CONSTRAINTS}),
                migrations.CreateModel("ExaminationEvent", history("catalogue.examination", own), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
