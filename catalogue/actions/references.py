"""Readable references without counters, because a counter tells what is hidden."""

import secrets

from django.utils import timezone

# No letter or digit that is mistaken for another: 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def tail():
    """Four characters: 390,625 of them under each prefix."""
    return "".join(secrets.choice(ALPHABET) for _ in range(4))


def references(model, prefixes):
    """A new reference for each of `prefixes`, none of them taken by a record that can be seen.

    One taken by a record that cannot be seen makes the insert fail, and the caller begins anew.
    """
    wanted, taken = [f"{prefix}-{tail()}" for prefix in prefixes], set()
    while True:
        taken |= set(model.objects.filter(reference__in=wanted).values_list("reference", flat=True))
        seen, again = set(), False
        for n, reference in enumerate(wanted):
            if reference in taken or reference in seen:
                wanted[n], again = f"{prefixes[n]}-{tail()}", True
            seen.add(wanted[n])
        if not again:
            return wanted


def of_agency(agency):
    """The prefix of a specimen's or leg's reference: agency code and year."""
    return f"{agency.code}-{timezone.now().year}"
