"""manage.py load_example"""

import time

from django.core.management.base import BaseCommand, CommandError

from catalogue.actions.refusals import Refused
from catalogue.imports.example import REASON, load_example
from catalogue.imports.tables import FileRefused
from catalogue.security.viewing import viewing_as

from ._seen import importer

# Where Django's plural, made with an s, is no English.
PLURALS = {
    "goodss": "goods",
    "chpl tiers": "codes of the priority list",
    "route evidences": "pieces of route evidence",
}


class Command(BaseCommand):
    help = "Load the example catalogue into the home agency at CLEAR; a second run changes nothing."

    def handle(self, *, verbosity, **options):
        began = time.monotonic()
        say = self.stderr.write if verbosity else lambda sentence: None
        try:
            actor = importer(None)
            with viewing_as(actor, reason=REASON):
                outcome = load_example(actor=actor, progress=say)
        except (FileRefused, Refused) as refusal:
            raise CommandError(str(refusal)) from None
        if outcome.there:
            said = f"{outcome.there} of the example's {outcome.of} sources"
            say(f"{said} are recorded already; nothing was changed.")
            return
        for model, count in outcome.counts.items():
            if count:
                plural = str(model._meta.verbose_name_plural)
                self.stdout.write(f"{count:>6,}  {PLURALS.get(plural, plural)}")
        self.stdout.write(f"{sum(outcome.counts.values()):,} records in {time.monotonic() - began:.1f} s.")
