"""Unique keys no longer answer for a colleague's hidden record.

They hold `declared` and every column that bounds the audience, so that two rows with one key have the same readers;
and they hold among records in force, so that a voided one is not in the way. No such key exists for "one accepted
identification", whose maker and part bound it too: a component shows the one that was recorded last.

Undoing it fails where records have been made since that the narrower keys forbid.
"""

from django.db import migrations, models
from django.db.models import F, Q

from catalogue.security import handling

from ._together import Together

# (table, name, columns besides owner and declared, what else holds of the rows)
ONCE = [
    ("componentidentifier", "componentidentifier_once", ["component", "kind", "text"], {}),
    ("datereading", "datereading_one_chosen", ["component"], {"chosen_at__isnull": False}),
    ("listentry", "listentry_once", ["list", "number", "row_sha256", "first_version", "last_version"], {}),
    ("listversion", "listversion_once", ["list", "sha256", "source"], {}),
    ("organisation", "organisation_of_agency_once", ["agency"], {"agency__isnull": False}),
    ("organisationname", "organisationname_once", ["organisation", "text", "kind"], {}),
    ("part", "part_once_in_agency", ["manufacturer", "number"], {}),
    ("partnumber", "partnumber_once", ["part", "kind", "text", "maker"], {}),
    ("publishedrecord", "published_once_in_agency", ["source", "entry_id"], {}),
    ("routestep", "routestep_once", ["route", "leg"], {}),
    ("specimennumber", "specimennumber_once", ["specimen", "kind", "text"], {}),
    ("systemname", "systemname_once", ["system", "text", "kind"], {}),
]


def key(name, columns, where):
    """As `catalogue.models.base.once` makes it."""
    expressions = [F(column) for column in ("owner", *columns, "declared")]
    condition = Q(voided_at__isnull=True, **where)
    return models.UniqueConstraint(*expressions, name=name, condition=condition, nulls_distinct=False)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_vocabularies")]
    operations = [
        Together(
            [
                migrations.RemoveConstraint("identification", "identification_one_accepted"),
                *(migrations.RemoveConstraint(table, name) for table, name, _, _ in ONCE),
                *(migrations.AddConstraint(table, key(*rest)) for table, *rest in ONCE),
            ]
        ),
        migrations.RunSQL(handling.script("projection_v2.sql"), handling.script("projection_undo_v2.sql")),
    ]
