"""How sure an opinion is follows the opinion: of a reviewed component it changes without an amendment, as its maker does."""

from django.db import migrations

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0028_finding")]
    operations = [
        migrations.RunSQL(
            handling.script("review_v2.sql"),
            handling.script("review_v1.sql").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1),
        ),
    ]
