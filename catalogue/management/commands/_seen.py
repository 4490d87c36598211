"""What commands that write records have in common: on whose behalf they act."""

from django.core.management.base import CommandError

from catalogue.models import Agency, User
from catalogue.security.viewing import RED, Viewer, gate


def importer(slug):
    """The viewer of an agency's import account; of the home agency when `slug` is None."""
    with gate():
        agencies = Agency.objects.all()
        agency = agencies.filter(slug=slug).first() if slug else agencies.filter(is_home=True).first()
        if agency is None:
            known = ", ".join(agencies.values_list("slug", flat=True)) or "none yet; start the catalogue once"
            raise CommandError(f"There is no agency {slug!r}. Known: {known}." if slug else f"No home agency: {known}.")
        user = User.objects.get(username=f"import@{agency.slug}")
    return Viewer(user.pk, agency.pk, user.role, RED)
