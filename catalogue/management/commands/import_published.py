"""manage.py import_published FILE, and --undo ID"""

import time
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.actions.handling import level_of
from catalogue.actions.refusals import Refused
from catalogue.imports.published import COLUMNS, import_published
from catalogue.imports.rejects import write_rejects
from catalogue.imports.runs import undo
from catalogue.imports.tables import FileRefused
from catalogue.models import Import
from catalogue.security.viewing import viewing_as

from ._seen import importer


class Command(BaseCommand):
    help = "Import published component records from a CSV file; the same file twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help=f"CSV in UTF-8 with the columns {', '.join(COLUMNS)}")
        parser.add_argument("--agency", help="slug of the agency that records them (default: the home agency)")
        parser.add_argument("--handling", default="AMBER+STRICT", help="TLP level (default AMBER+STRICT)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--rejects", help="where rejected rows go (default: FILE.rejected.csv)")
        parser.add_argument("--undo", metavar="ID", help="instead of a file: undo this import as a whole")
        parser.add_argument("--reason", default="", help="why it is undone")

    def handle(self, *, file, undo, reason, **options):
        if (file is None) == (undo is None):
            raise CommandError("Name a file to import, or with --undo the import to undo.")
        if undo:
            self.undo(undo, reason, options["agency"])
        else:
            self.run_file(file, **{name: options[name] for name in ("agency", "handling", "dry_run", "rejects")})

    def undo(self, number, reason, agency):
        try:
            told = undo(number, importer(agency), reason)
        except (Import.DoesNotExist, ValidationError):
            raise CommandError(f"There is no import {number!r} of this agency.") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for what in ("voided", "restored", "stays"):
            self.stdout.write(f"{what:>10}: {sum(told[what].values()):,}")

    def run_file(self, file, agency, handling, dry_run, rejects):
        began = time.monotonic()
        try:
            actor, level = importer(agency), level_of(handling)
            with viewing_as(actor, reason=f"import of {Path(file).name}"):
                outcome = import_published(file, actor=actor, handling=level, progress=self.say)
                if dry_run:
                    transaction.set_rollback(True)
        except (FileRefused, Refused) as refusal:
            raise CommandError(str(refusal)) from None
        if outcome.rejected:
            path = Path(rejects or f"{file}.rejected.csv")
            write_rejects(path, outcome.rejected)
            self.say(f"Rejected rows with their reasons: {path}")
        self.summary(outcome.counts, dry_run, time.monotonic() - began)

    def say(self, sentence):
        if self.verbosity:
            self.stderr.write(sentence)

    def execute(self, *args, **options):
        self.verbosity = options.get("verbosity", 1)
        return super().execute(*args, **options)

    def summary(self, counts, dry_run, seconds):
        for name in ("read", "created", "updated", "unchanged", "rejected"):
            self.stdout.write(f"{name:>10}: {counts[name]:,}")
        rate = counts["read"] / seconds if seconds else 0
        self.stdout.write(f"{seconds:.1f} s, {rate:,.0f} rows/s.{' Dry run: nothing was written.' if dry_run else ''}")
