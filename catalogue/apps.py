"""The one Django application of the project."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Records, access, imports, exports, interface and pages; see docs/design.md."""

    name = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
