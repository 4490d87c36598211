"""A quoted marking follows the text it quotes; what rules propose is listed by index."""

from django.db import migrations, models
from django.db.models import Q

from catalogue.security import handling


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0026_boards_by_index")]
    operations = [
        migrations.RunSQL(handling.script("marking_v2.sql"), handling.script("marking_undo_v2.sql")),
        # Of those in force few are proposed, so that it is built in a moment.
        migrations.AddIndex(
            "identification",
            models.Index(
                fields=["owner", "-id"],
                condition=Q(("voided_at__isnull", True), ("state", "proposed")),
                name="identification_proposed",
            ),
        ),
    ]
