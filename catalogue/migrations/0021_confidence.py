"""A component says how sure its accepted identification is: lists are narrowed by it, and counted."""

from django.db import migrations, models

from catalogue.security import handling

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that are computed); as it is now.
HANDLED = {
    "component": (
        {"specimen_id": "specimen", "parent_id": "component", "published_record_id": "publishedrecord"},
        ("marking_key", "published_key", "confidence"),
    )
}
BOUNDS = {column: f"catalogue_{table}" for column, table in HANDLED["component"][0].items()}
LEVELS = [("low", "Low"), ("moderate", "Moderate"), ("high", "High")]
# Nothing of the records themselves changes: no history, no version, no wider or narrower audience.
FILLED = """
ALTER TABLE catalogue_component DISABLE TRIGGER USER;
UPDATE catalogue_component c SET confidence = seen.confidence
  FROM (SELECT DISTINCT ON (i.component_id) i.component_id, i.confidence
          FROM catalogue_identification i JOIN catalogue_component own ON own.id = i.component_id
         WHERE i.owner_id = own.owner_id AND i.audience_id = own.audience_id
           AND i.state = 'accepted' AND i.voided_at IS NULL
         ORDER BY i.component_id, i.created_at DESC, i.id DESC) seen
 WHERE c.id = seen.component_id;
ALTER TABLE catalogue_component ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0020_apart")]
    operations = [
        migrations.AddField(
            "component",
            "confidence",
            models.TextField(blank=True, choices=LEVELS, db_default="", default="", editable=False),
        ),
        migrations.RunSQL(
            handling.before("catalogue_component", BOUNDS, HANDLED["component"][1])
            + handling.script("projection_v3.sql")
            + FILLED,
            handling.before("catalogue_component", BOUNDS, ("marking_key", "published_key"))
            + handling.script("projection_undo_v3.sql"),
        ),
    ]
