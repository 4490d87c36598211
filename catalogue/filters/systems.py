"""Parameters of the systems list."""

import django_filters as df

from catalogue.models import Country, Organisation, SystemKind, WeaponSystem
from catalogue.queries import systems

from .base import Merging, RecordFilter, Terms
from .words import KeyContains


class SystemFilter(Merging):
    q = KeyContains(field_name="key", also=("names__key",), help_text="Name or alias holds the text.")
    kind = Terms(model=SystemKind, field_name="kind_id")
    country = Terms(model=Country, field_name="country_id")
    parent = RecordFilter(model=WeaponSystem, field_name="parent_id")
    family = RecordFilter(
        model=WeaponSystem,
        field_name="pk",
        expand=systems.family,
        help_text="The type with all its variants.",
    )
    maker = RecordFilter(model=Organisation, field_name="maker_id")
    is_product = df.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce="true".__eq__, help_text="Sold on the market."
    )

    class Meta:
        model = WeaponSystem
        fields = []
