"""manage.py score_makers FILE: how well makers' names are resolved, on a CSV file that a person labelled."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalogue.markings.score_names import COLUMNS, score_makers, wilson


class Command(BaseCommand):
    help = f"Compare how makers' names are resolved with a CSV file that has the columns {', '.join(COLUMNS)}."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            with file.open(encoding="utf-8-sig", newline="") as text:
                rows = list(csv.DictReader(text))
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"{file} cannot be read as UTF-8 text: {problem}") from None
        missing = [name for name in COLUMNS if rows and name not in rows[0]]
        if not rows or missing:
            raise CommandError(f"{file} has no rows, or lacks the columns {', '.join(missing or COLUMNS)}.")
        right, wrong = score_makers(rows)
        for published, said, wanted in wrong:
            self.stdout.write(f"{published}: said {' | '.join(said)}; labelled {' | '.join(wanted)}")
        for asked, number in right.items():
            low, high = wilson(number, len(rows))
            share = number / len(rows)
            self.stdout.write(f"{asked}: {number} of {len(rows)}, {share:.1%} (95 % interval {low:.1%} to {high:.1%})")
