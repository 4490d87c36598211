"""manage.py verify_media: re-hashes photographs and files, and says what is missing, altered or orphaned."""

import time
from collections import Counter

from django.core.management.base import BaseCommand

from catalogue.queries.shelf import expected, verified

EVERY = 2  # seconds between two lines of progress


class Command(BaseCommand):
    help = "Compare photographs and files on the shelf with their records and hashes. Nothing is changed or repaired."

    def handle(self, **options):
        wanted = expected()
        self.begun = self.said = time.monotonic()
        self.count, counts = 0, Counter()
        for found in verified(wanted, self.step):
            counts[found.what] += 1
            self.stdout.write(f"{found.what}: {found.name} ({found.said})")
        sums = ", ".join(f"{counts[what]:,} {what}" for what in ("missing", "altered", "orphaned"))
        self.stdout.write(f"{len(wanted):,} files were expected and looked at: {sums}. Nothing was changed.")
        if counts:
            raise SystemExit(1)

    def step(self):
        """One more file was looked at."""
        self.count += 1
        if time.monotonic() > self.said + EVERY:
            self.said = time.monotonic()
            self.stderr.write(f"  {self.count:,} files so far")
