"""Who counts as the maker in an answer, by the rule of the lists: as printed, as owned when made, or as owned today."""

from django.utils.translation import gettext_lazy as _

from catalogue.queries.ownership import BASES, MADE, day

from .frame import Choice, Column

MAKERS = Choice(
    "makers",
    _("The maker is"),
    (
        ("printed", _("whom the print names")),
        ("made", _("its owner when the part was made")),
        ("today", _("its owner today")),
    ),
)
assert tuple(code for code, _said in MAKERS.values) == BASES
MEANT = {
    "printed": _(
        "Makers as printed: whom the print names, by the accepted identification. A merged record is the one it was "
        "merged into."
    ),
    "made": _(
        "Makers as owned when made: the owner at the top of the chain on the first day on which the part can have been "
        "made; what is undated stays with the firm named. Owners are those whose relations may be read."
    ),
    "today": _(
        "Makers as owned today: the owner at the top of the chain. Owners are those whose relations may be read."
    ),
}
# Every row says on which basis its maker is meant, so that a table that was taken along says it too.
BASIS = Column("makers", _("The maker is"), f"Basis: {', '.join(BASES)}.", "code", vocabulary="maker-bases")
# Who was ever another's, or was merged; a group keeps the day it was made only where the day decides.
OWNED = "owned AS MATERIALIZED (SELECT organisation_id, owner_id, from_day, to_day FROM catalogue_owned)"
DAY = "CASE WHEN raw IN (SELECT organisation_id FROM owned) THEN made_from END"


def grouped_day(basis):
    """SQL of the day by which a group of one maker, `raw`, is divided further; null where no day matters."""
    return DAY if basis == MADE else "NULL::date"


def joins(basis, raw="g.raw", made="g.made_from"):
    """SQL: the join of the organisation `o` that counts as the maker `raw` of a relation that holds OWNED."""
    on = day(basis, made)
    return f"""LEFT JOIN owned ON owned.organisation_id = {raw} AND owned.from_day <= {on} AND {on} < owned.to_day
      LEFT JOIN catalogue_organisation o ON o.id = coalesce(owned.owner_id, {raw})"""


def cell(basis):
    """SQL of BASIS. The basis is one of BASES."""
    return f"'{BASES[BASES.index(basis)]}'"
