"""Addresses of the pages: the interface's nouns as paths."""

from django.urls import include, path
from django.views.i18n import set_language

from .claims import claim_detail, claim_list
from .collections import collect, collection_detail, collection_list, item
from .compare import specimen_compare
from .components import component_detail, component_list
from .figures import cite, cited, cited_figure, corrected, figure_history, withdraw
from .history import PLURAL, SHAPES, record_history
from .imports import discard, import_detail, import_list, new_import, preview, rejected, start, undo
from .organisations import organisation_detail, organisation_list
from .overview import overview
from .parts import part_detail, part_list
from .photographs import crop, photo_detail, photo_viewer, tile
from .printing.views import (
    organisation_dossier,
    organisation_sheet,
    specimen_custody,
    specimen_labels,
    specimen_print,
    specimen_report,
)
from .published import published_detail, published_list
from .research import answer, methods, research
from .research_choose import chosen
from .routes import route_detail, route_list
from .search import search, suggest
from .searches import delete, look, restore, search_detail, search_list
from .sources import source_detail, source_list
from .specimens import specimen_detail, specimen_list
from .systems import system_detail, system_list

urlpatterns = [
    path("", overview, name="overview"),
    path("", include("catalogue.web.account_urls")),
    path("", include("catalogue.web.recording_urls")),  # before the pages of single records: "new" is no name
    path("language/", set_language, name="set_language"),
    path("imports/", import_list, name="imports"),
    path("imports/new/", new_import, name="import-new"),
    path("imports/<uuid:pk>/", import_detail, name="import"),
    path("imports/<uuid:pk>/preview/", preview, name="import-preview"),
    path("imports/<uuid:pk>/run/", start, name="import-run"),
    path("imports/<uuid:pk>/undo/", undo, name="import-undo"),
    path("imports/<uuid:pk>/discard/", discard, name="import-discard"),
    path("imports/<uuid:pk>/rejected.csv", rejected, name="import-rejected"),
    # what people keep for themselves and their agency
    path("saved-searches/", search_list, name="saved-searches"),
    path("saved-searches/<str:name>/", search_detail, name="saved-search"),
    path("saved-searches/<str:name>/look/", look, name="saved-search-look"),
    path("collections/", collection_list, name="collections"),
    path("collections/gather/", collect, name="collect"),
    path("collections/<str:name>/", collection_detail, name="collection"),
    path("collections/<str:name>/items/<uuid:pk>/", item, name="collection-item"),
    # pages
    path("organisations/", organisation_list, name="organisations"),
    path("organisations/<str:name>/", organisation_detail, name="organisation"),
    path("organisations/<str:name>/dossier.pdf", organisation_dossier, name="organisation-dossier"),
    path("organisations/<str:name>/dossier.xlsx", organisation_sheet, name="organisation-dossier-sheet"),
    path("routes/", route_list, name="routes"),
    path("routes/<str:name>/", route_detail, name="route"),
    path("published-records/", published_list, name="published-records"),
    path("published-records/<str:name>/", published_detail, name="published-record"),
    path("research/", research, name="research"),
    path("research/cited/", cited, name="cited-figures"),
    path("research/cited/<uuid:pk>/", cited_figure, name="cited-figure"),
    path("research/cited/<uuid:pk>/withdraw/", withdraw, name="cited-figure-withdraw"),
    path("research/cited/<uuid:pk>/history/", figure_history, name="cited-figure-history"),
    path("research/corrections/", corrected, name="research-corrections"),
    path("research/choose/", chosen, name="research-choose"),
    path("research/<str:name>/cite/", cite, name="research-cite"),
    path("research/methods/", methods, name="research-methods"),
    path("research/<str:name>/", answer, name="research-page"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("systems/", system_list, name="systems"),
    path("systems/<str:name>/", system_detail, name="system"),
    path("specimens/", specimen_list, name="specimens"),
    path("specimens/<str:name>/", specimen_detail, name="specimen"),
    path("specimens/<str:name>/compare/", specimen_compare, name="specimen-compare"),
    path("specimens/<str:name>/print/", specimen_print, name="specimen-print"),
    path("specimens/<str:name>/report.pdf", specimen_report, name="specimen-report"),
    path("specimens/<str:name>/custody.pdf", specimen_custody, name="specimen-custody-form"),
    path("specimens/<str:name>/labels.pdf", specimen_labels, name="specimen-labels"),
    path("parts/", part_list, name="parts"),
    path("parts/<str:name>/", part_detail, name="part"),
    path("sources/", source_list, name="sources"),
    path("sources/<str:name>/", source_detail, name="source"),
    path("photos/<uuid:pk>/", photo_detail, name="photo"),
    path("photos/<uuid:pk>/viewer/", photo_viewer, name="photo-viewer"),
    path("photos/<uuid:pk>/tiles/<int:level>/<int:x>_<int:y>.jpg", tile, name="photo-tile"),
    path("photos/<uuid:pk>/regions/<uuid:region>.jpg", crop, name="photo-crop"),
    path("claims/", claim_list, name="claims"),
    path("claims/<str:name>/", claim_detail, name="claim"),
    path("components/", component_list, name="components"),
    path("components/<str:name>/", component_detail, name="component"),
]
urlpatterns += [
    path(f"{PLURAL.get(noun, f'{noun}s')}/<str:name>/history/", record_history, {"noun": noun}, name=f"{noun}-history")
    for noun in SHAPES
]
for noun in ("saved-searches", "collections"):
    urlpatterns += [
        path(f"{noun}/<str:name>/delete/", delete, {"noun": noun}, name=f"{noun}-delete"),
        path(f"{noun}/<str:name>/restore/", restore, {"noun": noun}, name=f"{noun}-restore-page"),
    ]
