"""Lists that somebody keeps by name, and who watches them."""

from django.db import models

from .agencies import User
from .base import Handled, Words, one_of, optional_text, remembered


class SearchedNoun(Words):
    """Whose list it is; the codes are those of the addresses."""

    COMPONENTS = "components", "компоненти", "Components"
    PARTS = "parts", "типи компонентів", "Parts"
    ORGANISATIONS = "organisations", "організації", "Organisations"
    SYSTEMS = "systems", "системи озброєння", "Weapon systems"
    SPECIMENS = "specimens", "зразки", "Specimens"
    ROUTES = "routes", "маршрути постачання", "Supply routes"
    SOURCES = "sources", "джерела", "Sources"
    PUBLISHED = "published-records", "опубліковані записи", "Published records"


@remembered
class SavedSearch(Handled):
    """A list as it was narrowed, under a name: the query of its address. It holds no records; each reader asks anew."""

    name = models.TextField()
    noun = models.TextField(choices=SearchedNoun)
    query = optional_text(help_text="The query of the list's address, without the question mark.")
    note = optional_text()

    class Meta:
        constraints = [one_of("noun", SearchedNoun)]
        indexes = [models.Index(fields=["audience", "-id"], name="savedsearch_list")]

    def __str__(self):
        return self.name


class Watch(models.Model):
    """That one person watches a saved search, and when that person last looked. Nobody else sees it."""

    search = models.ForeignKey(SavedSearch, models.PROTECT, related_name="+", db_constraint=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "search", name="watch_once")]
