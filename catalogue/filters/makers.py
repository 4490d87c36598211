"""Who a maker is, as a parameter: `makers` says on which basis `manufacturer` and `maker_country` are meant."""

import django_filters as df

from catalogue.models import Organisation
from catalogue.queries import ownership
from catalogue.queries.component_facets import standing_maker

from .base import BadParameter, Common, one_of

BASES = [
    (ownership.PRINTED, "as printed"),
    (ownership.MADE, "as owned when made"),
    (ownership.TODAY, "as owned today"),
]


class OfMakers(Common):
    """Filters of records that have a maker. What a record says of its maker stays as printed."""

    makers = df.ChoiceFilter(
        choices=BASES,
        method="on_basis",
        error_messages=one_of(BASES),
        help_text="Who counts as the maker, in manufacturer and maker_country: whom the print names (printed), who "
        "owned that firm when the part was made (made; an undated part stays with the firm named), or who owns it "
        "today (today). A merged record is the one it was merged into. Without it: printed.",
    )

    @property
    def basis(self):
        """One of ownership.BASES. Raises BadParameter for another."""
        given = self.data.get("makers") or ownership.PRINTED
        if given not in dict(self.known["makers"].extra["choices"]):
            known = ", ".join(code for code, _label in self.known["makers"].extra["choices"])
            raise BadParameter("makers", f"makers: “{given}” is not one of {known}.")
        return given

    def on_basis(self, queryset, name, value):
        """Said of the makers; narrows nothing by itself."""
        return queryset

    def of_maker(self, queryset, name, value):
        """Records of these makers, on the basis asked for."""
        if self.basis == ownership.PRINTED:
            return queryset.filter(**{f"{name}__in": list(value)})
        return queryset.filter(ownership.of_makers(value, self.basis, maker=name))

    def of_country(self, queryset, name, value):
        """Records of makers with their seat in these countries, on the basis asked for."""
        owners = Organisation.objects.filter(country_id__in=value).values_list("pk", flat=True)
        return queryset.filter(ownership.of_makers(owners, self.basis, maker=name))


def basis_of(parameters):
    """The basis that the parameters of a request ask for; the printed maker where they ask for none that is known."""
    asked = parameters.get("makers", "")
    return asked if asked in dict(BASES) else ownership.PRINTED


def owned(parameters):
    """What facets over makers need of their records: nothing for the printed maker, else the owner beside each."""
    basis = basis_of(parameters)
    return {} if basis == ownership.PRINTED else {"owned": ownership.owner(basis)[0]}


def maker(column):
    """A facet's column of the maker: `column` ("slug", "country_id") of the firm that counts on the basis asked for."""

    def of(parameters):
        printed = basis_of(parameters) == ownership.PRINTED
        return standing_maker(column) if printed else standing_maker(column, above=("owned__owner",))

    return of
