"""Addresses of the interface. They are fixed: partners call them."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from .absences import Absences
from .candidates import readings as component_readings
from .claims import Claims
from .collections import CollectionItems, Collections
from .components import Components
from .custody import Custody
from .examinations import Examinations
from .facets import component_facets
from .figures import Figures
from .files import Files, file_content
from .legs import Legs
from .listings import Listings
from .markings import read as read_markings
from .merges import DOORS
from .merges import NOUNS as MERGED
from .organisations import Organisations
from .parts import Parts
from .photos import Photos, photo_file
from .problems import not_found
from .published import PublishedRecords
from .regions import Regions, annotations, read
from .research import answer, questions
from .resolve import resolve
from .routes import Routes
from .schema import ANNOTATIONS, CONTENT, FILE, READ
from .search import search
from .searches import RESTORED, SavedSearches, matches, restoring
from .service import health, version, vocabularies, vocabulary
from .sources import Sources
from .specimens import Specimens
from .systems import Systems

NOUNS = [
    Systems,
    Specimens,
    Components,
    Parts,
    Organisations,
    Routes,
    Legs,
    Sources,
    Listings,
    PublishedRecords,
    Photos,
    Regions,
    Files,
    Custody,
    Examinations,
    Absences,
    SavedSearches,
    Collections,
    CollectionItems,
    Figures,
    Claims,
]

LIST = {"get": "list", "post": "create"}
DETAIL = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    path("health/", health, name="health"),
    path("version/", version, name="version"),
    path("vocabularies/", vocabularies, name="vocabularies"),
    path("vocabularies/<str:name>/", vocabulary, name="vocabulary"),
    path("markings/read/", read_markings, name="markings-read"),
    path("search/", search, name="api-search"),
    path("components/facets/", component_facets, name="component-facets"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # The page loads nothing from elsewhere and holds no script or style of its own.
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="catalogue/docs.html"),
        name="docs",
    ),
]
# Before the nouns: "resolve" is no organisation.
urlpatterns.append(path("organisations/resolve/", resolve, name="organisations-resolve"))
urlpatterns += [
    path(f"{noun}/{door}/", view, {"noun": noun}, name=f"{noun}-{door}")
    for noun in MERGED
    for door, view in DOORS.items()
]
for noun in NOUNS:
    urlpatterns += [
        path(f"{noun.noun}/", noun.as_view(LIST), name=f"{noun.noun}-list"),
        path(f"{noun.noun}/<str:name>/", noun.as_view(DETAIL), name=f"{noun.noun}-detail"),
    ]
urlpatterns.append(path("saved-searches/<str:name>/matches/", matches, name="saved-search-matches"))
for noun, model in RESTORED.items():
    urlpatterns.append(path(f"{noun}/<str:name>/restore/", restoring(noun, model), name=f"{noun}-restore"))
urlpatterns.append(path("components/<str:name>/readings/", component_readings, name="component-readings"))
urlpatterns.append(path("research/", questions, name="research-list"))
urlpatterns.append(path("research/<str:name>/", answer, name="research-answer"))
urlpatterns.append(path("photos/<str:name>/annotations/", ANNOTATIONS(annotations), name="photo-annotations"))
urlpatterns.append(path("regions/<str:name>/read/", READ(read), name="region-read"))
urlpatterns.append(path("photos/<str:name>/<str:rendition>/", FILE(photo_file), name="photo-file"))
urlpatterns.append(path("files/<str:name>/content/", CONTENT(file_content), name="file-content"))
urlpatterns.append(re_path(r"^.*$", not_found))
