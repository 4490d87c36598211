"""manage.py reset_sign_in: a way back in for somebody whom no administrator can help."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from catalogue.actions.accounts import one_time_password, set_password
from catalogue.models import User


class Command(BaseCommand):
    help = "Open a person's account, take all second factors off, and show a one-time password."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name to sign in with")

    @transaction.atomic
    def handle(self, *, name, **options):
        person = User.objects.filter(username__iexact=name, is_service=False).first()
        if person is None:
            raise CommandError(f"There is no person {name!r}; names are those they sign in with.")
        password = one_time_password()
        person.authenticator_set.all().delete()
        User.objects.filter(pk=person.pk).update(is_active=True)
        set_password(person, password, must_change=True)
        self.stdout.write(f"Name: {person.username}\nPassword: {password}\nIt has to be changed at the first sign-in.")
