"""manage.py first_sign_in: the first administrator, with a random password shown once."""

import os
import secrets

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue.actions.agencies import first_administrator


class Command(BaseCommand):
    help = "Make the home agency and its administrator, when there is none, and show the password once."

    def handle(self, **options):
        password = secrets.token_urlsafe(15)
        path = settings.STATE / "first-sign-in.txt"
        text = f"Name: admin\nPassword: {password}\n"
        with transaction.atomic():
            if first_administrator(password=password) is None:
                return
            # Before the commit: an administrator whose password nobody has would lock everybody out.
            path.unlink(missing_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(text)
        self.stdout.write(
            f"The first administrator:\n{text}It is kept in {path}; remove that file once you have signed in."
        )
