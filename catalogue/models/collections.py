"""Records gathered by hand, with notes: to look at together, to cite, to share."""

from django.db import models
from django.db.models import Q

from .base import Handled, once, optional_text, remembered
from .components import Component
from .organisations import Organisation
from .parts import Part
from .routes import SupplyRoute
from .specimens import Specimen

GATHERED = ("component", "part", "organisation", "specimen", "route")


@remembered
class Collection(Handled):
    """Records that somebody gathered, under a name."""

    name = models.TextField()
    note = optional_text(help_text="What they were gathered for.")

    class Meta:
        indexes = [models.Index(fields=["audience", "-id"], name="collection_list")]

    def __str__(self):
        return self.name


def exactly_one(names):
    """The condition that one of `names` is given."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


@remembered
class CollectionItem(Handled):
    """One record in a collection, with what is noted of it there. Whoever may not see the record does not see this."""

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="items")
    component = models.ForeignKey(Component, models.PROTECT, null=True, blank=True, related_name="collected")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="collected")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="collected")
    specimen = models.ForeignKey(Specimen, models.PROTECT, null=True, blank=True, related_name="collected")
    route = models.ForeignKey(SupplyRoute, models.PROTECT, null=True, blank=True, related_name="collected")
    note = optional_text()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(GATHERED), name="collectionitem_one_record"),
            once("collection", *GATHERED, name="collectionitem_once"),
        ]
