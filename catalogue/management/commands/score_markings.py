"""manage.py score_markings FILE"""

import csv
import time

from django.core.management.base import BaseCommand, CommandError

from catalogue.markings.score_readings import COLUMNS, FIGURES, score


class Command(BaseCommand):
    help = "Read the markings of a CSV file whose truth is known and say how many were read rightly."

    def add_arguments(self, parser):
        parser.add_argument("file", help=f"CSV in UTF-8 with the columns {', '.join(COLUMNS)}")
        parser.add_argument("--misses", action="store_true", help="list every row that was read otherwise")

    def handle(self, *, file, misses, **options):
        rows = rows_of(file)
        began = time.process_time()
        result = score(rows)
        taken = time.process_time() - began
        self.stdout.write(f"{len(rows):,} markings, {len(rows) / taken:,.0f} a second of one core")
        for name, label in FIGURES.items():
            counted = result.scores[name]
            low, high = counted.interval()
            self.stdout.write(
                f"{label:<34} {counted.hits:>5} of {counted.of:<5} {counted.share:7.1%}  "
                f"(95 % interval {low:.1%} to {high:.1%})"
            )
        if misses:
            self.list_misses(result.misses)

    def list_misses(self, rows):
        for row, readings in rows:
            first = readings[0]
            wanted = " · ".join(row[name] or "none" for name in ("true_mpn", "base_part", "date_code"))
            found = " · ".join(text or "none" for text in (first.mpn, first.base_part, first.date_code))
            self.stdout.write(f"{row['source_id']}: {wanted} was read as {found} ({first.score:.2f})")


def rows_of(file):
    """The rows of the file. Raises CommandError with one sentence when it cannot be used."""
    try:
        with open(file, encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
            if missing:
                raise CommandError(f"{file} has no column {missing[0]}; it needs {', '.join(COLUMNS)}.")
            rows = [{name: row[name] or "" for name in COLUMNS} for row in reader]
    except FileNotFoundError:
        raise CommandError(f"There is no file {file}.") from None
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise CommandError(f"{file} is not a CSV file in UTF-8.") from None
    if not rows:
        raise CommandError(f"{file} holds no markings.")
    return rows
