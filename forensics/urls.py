"""Addresses: the interface under /api/v1/, pages beside it."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("catalogue.api.urls")),
    path("", include("catalogue.web.urls")),
]
