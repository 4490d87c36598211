"""Two organisations, or two parts, of which a person said that they are not the same."""

from django.db import migrations, models

from catalogue.security import handling

from ._handled import columns, follow, follow_no_more, history, text, to
from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {
    "apart": (
        {
            "organisation_id": "organisation",
            "other_organisation_id": "organisation",
            "part_id": "part",
            "other_part_id": "part",
        },
        (),
    )
}
BOUNDS = {column: f"catalogue_{table}" for column, table in HANDLED["apart"][0].items()}


def own(*, event):
    """The columns that it has beside those of every record."""
    return [
        ("note", text()),
        ("organisation", to("catalogue.organisation", event=event, null=True)),
        ("other_organisation", to("catalogue.organisation", event=event, null=True)),
        ("part", to("catalogue.part", event=event, null=True)),
        ("other_part", to("catalogue.part", event=event, null=True)),
    ]


OPTIONS = {
    "constraints": [
        models.UniqueConstraint(
            "owner", "organisation", "other_organisation", "part", "other_part", "declared", name="apart_once",
            condition=models.Q(voided_at__isnull=True), nulls_distinct=False,
        ),
        models.CheckConstraint(
            condition=models.Q(organisation__isnull=False, other_organisation__isnull=False, part=None, other_part=None)
            & ~models.Q(organisation=models.F("other_organisation"))
            | models.Q(part__isnull=False, other_part__isnull=False, organisation=None, other_organisation=None)
            & ~models.Q(part=models.F("other_part")),
            name="apart_two_of_a_kind",
        ),
    ],
}  # fmt: skip


def statements():
    yield handling.inheritance("catalogue_apart", BOUNDS)
    yield handling.policies("catalogue_apart")
    yield handling.history("catalogue_apartevent", "catalogue_apart")
    yield follow("catalogue_apart", BOUNDS)
    yield f"GRANT USAGE ON SEQUENCE catalogue_apartevent_pgh_id_seq TO {handling.APP};"


def undone():
    yield follow_no_more("catalogue_apart", BOUNDS)
    yield "DROP TRIGGER catalogue_before ON catalogue_apart;"
    yield "DROP FUNCTION catalogue_apart_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0019_ownership")]
    operations = [
        Together(
            [
                migrations.CreateModel("Apart", columns(own, event=False), OPTIONS),
                migrations.CreateModel("ApartEvent", history("catalogue.apart", own), {"abstract": False}),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
