"""Vocabularies that grow: rows with a stable code and a label in English and Ukrainian.

The code is the primary key, so that a record's column holds the code itself and the database refuses
an unknown one. Rows are never deleted; a term that should no longer be used is deprecated.
"""

from django.db import models


class Term(models.Model):
    """One entry of a vocabulary."""

    code = models.TextField(primary_key=True)
    label_en = models.TextField()
    label_uk = models.TextField()
    description = models.TextField(blank=True, default="", db_default="")
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    deprecated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self):
        return self.label_en


class Country(Term):
    """ISO 3166-1 alpha-2."""


class SourceKind(Term):
    """What kind of document a source is."""


class OrganisationKind(Term):
    """What kind of legal entity an organisation is."""


class RelationKind(Term):
    """How one organisation relates to another over time."""


class IdentifierScheme(Term):
    """Registers that number organisations: LEI, registration and tax numbers."""


class LegRole(Term):
    """What an organisation does at one end of a leg."""


class Category(Term):
    """What a part is; dots make the tree: `ic.memory` lies under `ic`."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")


class SystemKind(Term):
    """Classes of weapon systems and of equipment recovered as a whole."""


class ComponentIdentifierKind(Term):
    """Electronic and printed identifiers of one piece: serial, lot, IMEI, ICCID, MAC, JTAG."""


class TestMethod(Term):
    """How authenticity was examined."""


class IdentificationBasis(Term):
    """On what an identification rests."""


class PhotoView(Term):
    """What a photograph shows of its object."""


class TransportMode(Term):
    """UN/ECE Recommendation 19."""


class Unit(Term):
    """UN/ECE Recommendation 20 units of measure."""


class Currency(Term):
    """ISO 4217."""


class ControlRegime(Term):
    """Bodies of rules under which goods are controlled."""


VOCABULARIES = {
    "countries": Country,
    "source-kinds": SourceKind,
    "organisation-kinds": OrganisationKind,
    "relation-kinds": RelationKind,
    "identifier-schemes": IdentifierScheme,
    "leg-roles": LegRole,
    "categories": Category,
    "system-kinds": SystemKind,
    "component-identifier-kinds": ComponentIdentifierKind,
    "test-methods": TestMethod,
    "identification-bases": IdentificationBasis,
    "photo-views": PhotoView,
    "transport-modes": TransportMode,
    "units": Unit,
    "currencies": Currency,
    "control-regimes": ControlRegime,
}


def term(model, **options):
    """A column that holds the code of a vocabulary term."""
    return models.ForeignKey(model, models.PROTECT, related_name="+", db_index=False, **options)


def maybe_term(model):
    """As `term`, empty when not recorded."""
    return term(model, null=True, blank=True)
