"""The people of tests/world.py without its records, and audiences by name."""

import uuid

from django.db import connection

from catalogue.models import Agency, Role, User
from catalogue.security.viewing import NOBODY, RED, Viewer

AGENCIES = (("laboratory", "KND"), ("partner", "PTN"), ("stranger", "STR"))
PEOPLE = (
    ("olena", "laboratory", Role.CURATOR),
    ("taras", "laboratory", Role.ANALYST),
    ("rita", "laboratory", Role.READER),
    ("ada", "laboratory", Role.ADMINISTRATOR),
    ("piet", "partner", Role.CURATOR),
    ("sam", "stranger", Role.ANALYST),
)
READERS = (*(name for name, _, _ in PEOPLE), "nobody")
NAMES = {"clear": (0, None, None), "green": (1, None, None)}


class People:
    def __init__(self):
        self.agencies = {
            slug: Agency.objects.create(uid=uuid.uuid4(), slug=slug, name=slug, code=code) for slug, code in AGENCIES
        }
        self.users = {
            name: User.objects.create(username=name, agency=self.agencies[agency], role=role, examiner=name[:2].upper())
            for name, agency, role in PEOPLE
        }

    def viewer(self, name, ceiling=RED):
        """The reader called `name`; "nobody" is not signed in."""
        if name == "nobody":
            return NOBODY
        user = self.users[name]
        return Viewer(user.pk, user.agency_id, user.role, ceiling)

    def audience(self, level, agencies=None, readers=None):
        """The id of the interned audience: a TLP level (0–4), slugs of agencies, names of readers."""
        of = sorted(self.agencies[a].pk for a in agencies) if agencies is not None else None
        named = sorted(self.users[r].pk for r in readers) if readers is not None else None
        with connection.cursor() as cursor:
            cursor.execute("SELECT catalogue_audience(%s, %s::int[], %s::int[])", [level, of, named])
            return cursor.fetchone()[0]

    def strict(self, *agencies):
        """AMBER+STRICT of these agencies, the laboratory alone by default."""
        return self.audience(3, agencies or ("laboratory",))
