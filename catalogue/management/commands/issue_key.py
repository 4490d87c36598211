"""manage.py issue_key: prints a new key and nothing else."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.actions.agencies import new_key, open_agency
from catalogue.actions.handling import level_of
from catalogue.actions.refusals import Refused
from catalogue.models import Agency


class Command(BaseCommand):
    help = "Issue a key for REST and print it. It is shown this once and kept only as a hash."

    def add_arguments(self, parser):
        parser.add_argument("--agency", required=True, help="slug of the agency")
        parser.add_argument("--create", action="store_true", help="make the agency when there is none")
        parser.add_argument("--ceiling", default="AMBER+STRICT", help="highest TLP level (default AMBER+STRICT)")
        parser.add_argument("--role", default="reader", choices=["reader", "analyst", "curator"])
        parser.add_argument("--days", type=int, default=365, help="days until it expires (default 365)")

    @transaction.atomic
    def handle(self, *, agency, create, ceiling, role, days, **options):
        if not 1 <= days <= 3650:
            raise CommandError("--days must be from 1 to 3650.")
        try:
            found = Agency.objects.filter(slug=agency).first()
            if found is None and not create:
                raise CommandError(f"There is no agency {agency!r}. Add --create to make it.")
            found = found or open_agency(slug=agency)
            self.stdout.write(new_key(agency=found, role=role, ceiling=level_of(ceiling), days=days))
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
