"""How each noun is recorded and changed in the browser: its form, its actions, its words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from catalogue.actions.claims import amend_claim, record_claim
from catalogue.actions.collections import amend_collection, record_collection
from catalogue.actions.components import amend_component, record_component
from catalogue.actions.legs import amend_leg, record_leg
from catalogue.actions.parts import amend_part, record_part
from catalogue.actions.record import amend
from catalogue.actions.relations import amend_related, record_related
from catalogue.actions.routes import amend_route, record_route
from catalogue.actions.searches import amend_search, save_search
from catalogue.actions.sources import amend_source, record_source
from catalogue.actions.specimens import amend_specimen, record_specimen
from catalogue.actions.systems import amend_system, record_system
from catalogue.models import (
    Absence,
    Claim,
    Collection,
    Component,
    CustodyEvent,
    EvidenceFile,
    Examination,
    Organisation,
    Part,
    Photo,
    RouteLeg,
    SavedSearch,
    Source,
    Specimen,
    SupplyRoute,
    WeaponSystem,
)

from .forms.base import SentForm
from .forms.claims import ClaimForm
from .forms.components import ComponentForm
from .forms.custody import CustodyForm
from .forms.examinations import ExaminationForm
from .forms.files import FileForm
from .forms.legs import LegForm
from .forms.organisations import OrganisationForm
from .forms.parts import PartForm
from .forms.photos import PhotoForm
from .forms.routes import RouteForm
from .forms.searches import CollectionForm, SavedSearchForm
from .forms.sources import SourceForm
from .forms.specimens import SpecimenForm
from .forms.systems import SystemForm


@dataclass(frozen=True)
class Noun:
    """`name`: of its page among the addresses. `said`: the field that takes what was typed in a search for it.

    `within`: where on the page of its specimen it stands, of what has no page. `handled`: whether readers are chosen.
    """

    name: str
    model: type
    form: type
    record: Callable | None
    amend: Callable | None
    title: str
    note: str = ""
    said: str = ""
    within: str = ""
    handled: bool = True
    kept: bool = False  # by everybody with an account, for themselves alone without a role that may record


NOUNS = {
    "systems": Noun(
        "system", WeaponSystem, SystemForm, record_system, amend_system,
        _("Record a weapon system"), _("A type, not a single wreck: that is a specimen."), "name",
    ),
    "specimens": Noun(
        "specimen", Specimen, SpecimenForm, record_specimen, amend_specimen,
        _("Record a specimen"), _("One recovered example. Its components are recorded next."), "title",
    ),
    "components": Noun(
        "component", Component, ComponentForm, record_component, amend_component,
        _("Record a component"), _("What was found, as it was found; what it is, is an opinion and stands apart."),
        "name",
    ),
    "parts": Noun(
        "part", Part, PartForm, record_part, amend_part,
        _("Record a part"), _("A type that can be ordered: a maker and a number."), "number",
    ),
    "organisations": Noun(
        "organisation", Organisation, OrganisationForm, record_related, amend_related,
        _("Record an organisation"), _("Any legal entity; its roles follow from parts and legs."), "name",
    ),
    "sources": Noun(
        "source", Source, SourceForm, record_source, amend_source,
        _("Record a source"), _("A document that records rest on."), "title",
    ),
    "routes": Noun(
        "route", SupplyRoute, RouteForm, record_route, amend_route,
        _("Record a supply route"), _("A suspected path. It shows neither knowledge nor breach."), "title",
    ),
    "legs": Noun(
        "leg", RouteLeg, LegForm, record_leg, amend_leg,
        _("Record a leg"), _("One edge of a route. Either end may be unknown; a gap is a finding too."), "note",
    ),
    "claims": Noun(
        "claim", Claim, ClaimForm, record_claim, amend_claim,
        _("Record a claim"), _("What others say, as published. It stands beside our count and is never added to it."),
        "text",
    ),
    "saved-searches": Noun(
        "saved-search", SavedSearch, SavedSearchForm, save_search, amend_search,
        _("Save a search"), _("A list as it is narrowed, under a name; your agency sees it unless you narrow that."),
        "name", kept=True,
    ),
    "collections": Noun(
        "collection", Collection, CollectionForm, record_collection, amend_collection,
        _("Begin a collection"), _("Records are gathered in it from their pages and from lists."), "name", kept=True,
    ),
    "photos": Noun("photo", Photo, PhotoForm, None, amend, ""),
    "files": Noun("file", EvidenceFile, FileForm, None, amend, ""),
    # The chain only grows: an event is made on a page of its own, and never changed.
    "custody": Noun("custody", CustodyEvent, CustodyForm, None, None, "", within="custody"),
    "examinations": Noun(
        "examination", Examination, ExaminationForm, None, None, "", within="examination", handled=False
    ),
    "absences": Noun("absence", Absence, SentForm, None, None, "", within="absences"),
}  # fmt: skip
