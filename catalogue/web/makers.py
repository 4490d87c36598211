"""Who counts as a maker, said and chosen on pages: as printed, as owned when made, as owned today."""

from urllib.parse import urlencode

from django.db.models import Case, F, When
from django.utils.translation import gettext_lazy as _

from catalogue.queries import ownership

SAID = {
    ownership.PRINTED: _("as printed"),
    ownership.MADE: _("as owned when made"),
    ownership.TODAY: _("as owned today"),
}
OF_PARTS = {basis: SAID[basis] for basis in (ownership.PRINTED, ownership.TODAY)}
OF_FIRMS = {ownership.PRINTED: _("as printed"), ownership.TODAY: _("as owned today: owners alone")}
LABEL = _("Makers")


def basis_of(parameters):
    """The basis that the parameters of a request ask for; the printed maker where they ask for none that is known."""
    asked = parameters.get("makers", "")
    return asked if asked in SAID else ownership.PRINTED


def owned(parameters):
    """What facets over makers need of their records: nothing for the printed maker, else the owner beside each."""
    basis = basis_of(parameters)
    return {} if basis == ownership.PRINTED else {"owned": ownership.owner(basis)[0]}


def maker(column):
    """A facet's column of the maker: `column` ("slug", "country_id") of the firm that counts on the basis asked for."""

    def of(parameters):
        if basis_of(parameters) == ownership.PRINTED:
            above = ("manufacturer__canonical__canonical", "manufacturer__canonical")
        else:
            above = ("owned__owner",)
        seen = [When(**{f"{one}__slug__isnull": False}, then=F(f"{one}__{column}")) for one in above]
        return Case(*seen, default=F(f"manufacturer__{column}"))

    return of


def switch(parameters):
    """[(address, words, whether it is this one)] of the choice, with all else that the address asks for."""
    now = basis_of(parameters)
    others = [(name, values) for name, values in parameters.lists() if name not in ("makers", "cursor", "count")]
    return [
        ("?" + urlencode([*others, *([] if basis == ownership.PRINTED else [("makers", basis)])], doseq=True), said,
         basis == now)
        for basis, said in SAID.items()
    ]  # fmt: skip
