"""manage.py check_access: refuses to serve a database that no longer enforces who may see what."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import Error

from catalogue.security.check import catalogue_models, findings


class Command(BaseCommand):
    help = "Compare roles, policies, triggers, functions and grants of the database with what the code expects."

    def handle(self, **options):
        try:
            wrong, slower = findings(catalogue_models(apps))
        except Error as problem:
            wrong, slower = [f"The access rule could not be compared: {str(problem).strip().splitlines()[0]}."], []
        for sentence in slower:
            self.stderr.write(f"Warning: {sentence}")
        if wrong:
            for sentence in wrong:
                self.stderr.write(sentence)
            raise SystemExit(1)
        self.stdout.write("The database enforces who may see what, as the code expects.")
