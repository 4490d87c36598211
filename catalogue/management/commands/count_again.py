"""manage.py count_again: counts the components anew for the facets of their list."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction


class Command(BaseCommand):
    help = (
        "Count anew what the facets of the components list show. Triggers keep the counts; this is for tables "
        "that were filled with triggers off. Run it as the owner: FORENSICS_ROLE=catalogue_owner."
    )

    def handle(self, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            if cursor.fetchone()[0] != "catalogue_owner":
                raise CommandError("Only the owner counts anew: set FORENSICS_ROLE=catalogue_owner and run it again.")
            cursor.execute("SELECT catalogue_count_again()")
            cursor.execute("SELECT count(*) FROM catalogue_componentcount")
            self.stdout.write(f"{cursor.fetchone()[0]:,} counts are kept.")
