"""Who counts as a maker, said and chosen on pages: as printed, as owned when made, as owned today."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from catalogue.filters.makers import basis_of
from catalogue.queries import ownership

SAID = {
    ownership.PRINTED: _("as printed"),
    ownership.MADE: _("as owned when made"),
    ownership.TODAY: _("as owned today"),
}
OF_PARTS = {basis: SAID[basis] for basis in (ownership.PRINTED, ownership.TODAY)}
OF_FIRMS = {ownership.PRINTED: _("as printed"), ownership.TODAY: _("as owned today: owners alone")}
LABEL = _("Makers")


def switch(parameters):
    """[(address, words, whether it is this one)] of the choice, with all else that the address asks for."""
    now = basis_of(parameters)
    others = [(name, values) for name, values in parameters.lists() if name not in ("makers", "cursor", "count")]
    return [
        ("?" + urlencode([*others, *([] if basis == ownership.PRINTED else [("makers", basis)])], doseq=True), said,
         basis == now)
        for basis, said in SAID.items()
    ]  # fmt: skip
