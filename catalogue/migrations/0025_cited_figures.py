"""Figures that somebody cites, as they were answered."""

from django.db import migrations, models

from catalogue.security import handling

from ._handled import columns, history, text
from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {"citedfigure": ({}, ())}
TABLE = "catalogue_citedfigure"


def own(*, event):
    """The columns that a cited figure has beside those of every record."""
    return [
        ("answer", models.TextField(help_text="Name of the question, for example shares.")),
        ("query", text(help_text="Its options and filters, as the parameters of an address.")),
        ("figures", models.JSONField(help_text="Columns, rows, totals and unit, as answered.")),
        ("counted", models.PositiveIntegerField(help_text="Component records that fitted the filters.")),
        ("records_sha256", models.CharField(
            max_length=64, help_text="SHA-256 of the identifiers of these records, in order, joined by commas.")),
        ("note", text(help_text="Where it is cited.")),
    ]  # fmt: skip


OPTIONS = {"indexes": [models.Index(fields=["audience", "-id"], name="citedfigure_list")]}


def statements():
    yield handling.inheritance(TABLE, {})
    yield handling.policies(TABLE)
    yield handling.history(f"{TABLE}event", TABLE)
    yield f"GRANT USAGE ON SEQUENCE {TABLE}event_pgh_id_seq TO {handling.APP};"


def undone():
    yield f"DROP TRIGGER catalogue_before ON {TABLE};"
    yield f"DROP FUNCTION {TABLE}_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0024_claims_compared")]
    operations = [
        Together(
            [
                migrations.CreateModel("CitedFigure", columns(own, event=False), OPTIONS),
                migrations.CreateModel("CitedFigureEvent", history("catalogue.citedfigure", own), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
