"""Addresses of the interface. They are fixed: partners call them."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from .components import Components
from .organisations import Organisations
from .problems import not_found
from .service import health, version, vocabularies, vocabulary

NOUNS = [Components, Organisations]

LIST = {"get": "list", "post": "create"}
DETAIL = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    path("health/", health, name="health"),
    path("version/", version, name="version"),
    path("vocabularies/", vocabularies, name="vocabularies"),
    path("vocabularies/<str:name>/", vocabulary, name="vocabulary"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
for noun in NOUNS:
    urlpatterns += [
        path(f"{noun.noun}/", noun.as_view(LIST), name=f"{noun.noun}-list"),
        path(f"{noun.noun}/<str:name>/", noun.as_view(DETAIL), name=f"{noun.noun}-detail"),
    ]
urlpatterns.append(re_path(r"^.*$", not_found))
