"""Legs of routes: who to whom, what was carried, how it is known."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import fields
from .base import Line, RecordForm, lines_of
from .shared import CITATIONS

KNOWN = _("If the organisation is not known: what is known of it.")


class GoodsLine(Line):
    """What it carried: as declared, and as it was. The two may differ, and that is the finding."""

    declared_as = fields.text(_("Declared as"))
    declared_hs = fields.hs(_("Declared HS code"))
    chpl_tier = fields.text(_("CHPL tier"), max_length=3, help_text=_("Common High Priority List, at the time."))
    text = fields.text(_("Was in fact"), help_text=_("In words."))
    part = fields.part(label=_("Part"), required=False)
    kind = fields.WordChoice("goods-kinds", label=_("or goods of the kind"), empty="—")
    name = fields.text(_("called"))
    cas = fields.text(_("CAS number"), help_text=_("Of a material: 9004-70-0."))
    actual_hs = fields.hs(_("HS code in fact"))
    quantity = fields.decimal(_("Quantity"), 3)
    unit = fields.TermChoice("units", label=_("Unit"))
    value = fields.decimal(_("Value"), 2)
    currency = fields.TermChoice("currencies", label=_("Currency"))
    wide = frozenset({"declared_as", "text", "part"})

    @classmethod
    def of(cls, row):
        named = row.goods
        told = {"part": named and named.part, "kind": "", "name": "", "cas": ""}
        if named is not None and named.part_id is None:
            told |= {"kind": named.kind, "name": named.name, "cas": named.cas}
        columns = [name for name in cls.base_fields if name not in told]
        suffixed = {name: f"{name}_id" for name in ("declared_hs", "actual_hs", "unit", "currency")}
        return told | {name: getattr(row, suffixed.get(name, name)) for name in columns}

    def clean(self):
        typed = self.cleaned_data
        if self.has_changed() and not any(typed.get(name) for name in ("declared_as", "text", "part", "name")):
            self.add_error("declared_as", _("Say what it was declared as, or what it was."))
        if typed.get("value") is not None and not typed.get("currency"):
            self.add_error("currency", _("Name the currency of the value."))
        if typed.get("name") and not typed.get("kind"):
            self.add_error("kind", _("Say what kind of goods this is."))
        return typed

    def columns(self):
        """A part names the goods by itself; words of a kind only go with a name."""
        told = super().columns()
        if told["part"] is not None or not told["name"]:
            told |= {"kind": None, "name": None, "cas": None}
        return told


class ServedLine(Line):
    """A route it serves, and its place in it."""

    wide = frozenset({"route"})
    route = fields.route(label=_("Route"))
    position = forms.IntegerField(label=_("Place in it"), min_value=1, max_value=1000, initial=1)


class LegForm(RecordForm):
    """One edge: from, to, when, by what means. Either end may be unknown; a gap is a finding too."""

    kind = fields.WordChoice("leg-kinds", label=_("What moves"), initial="goods")
    status = fields.WordChoice("evidence-status", label=_("How it is known"), initial="reported")
    sender = fields.organisation(label=_("From"), required=False)
    sender_known = fields.text(_("From, if not known"), help_text=KNOWN)
    sender_role = fields.TermChoice("leg-roles", label=_("Role of the sender"))
    receiver = fields.organisation(label=_("To"), required=False)
    receiver_known = fields.text(_("To, if not known"), help_text=KNOWN)
    receiver_role = fields.TermChoice("leg-roles", label=_("Role of the receiver"))
    moved = fields.date(_("Moved"))
    moved_text = fields.text(_("Date in the source's words"))
    dispatch_country = fields.TermChoice("countries", label=_("Country of dispatch"))
    claimed_origin = fields.TermChoice("countries", label=_("Origin claimed at customs"))
    destination_country = fields.TermChoice("countries", label=_("Country of destination"))
    transport = fields.TermChoice("transport-modes", label=_("Transport"))
    carrier = fields.organisation(label=_("Carrier"), required=False)
    vessel = fields.vessel(label=_("Vessel"), required=False)
    flight = fields.text(_("Flight"))
    consignment = fields.text(
        _("Consignment"), help_text=_("Number of the bill of lading, air waybill or declaration.")
    )
    bank = fields.organisation(label=_("Bank"), required=False)
    amount = fields.decimal(_("Amount"), 2)
    currency = fields.TermChoice("currencies", label=_("Currency"))
    note = fields.lines(_("Note"))
    words = {"from": "sender", "to": "receiver"}
    blocks = {
        "goods": lines_of(
            GoodsLine,
            label=_("Goods"),
            button=_("Add a line of goods"),
            explained=_("As declared, and as it was; the difference is often the finding."),
        ),
        "routes": lines_of(ServedLine, label=_("Routes it serves"), button=_("Add a route")),
        "citations": CITATIONS,
    }
    sections = [
        (
            _("From whom to whom"),
            [
                "kind", "status", "moved", "sender", "sender_known", "sender_role", "receiver", "receiver_known",
                "receiver_role",
            ],
        ),
        (_("Goods"), ["goods"]),
        (
            _("The way"),
            [
                "dispatch_country", "claimed_origin", "destination_country", "transport", "carrier", "vessel",
                "flight", "consignment", "moved_text",
            ],
        ),
        (_("Payment"), ["bank", "amount", "currency"]),
        (_("Evidence"), ["citations", "routes", "note"]),
    ]  # fmt: skip

    def clean(self):
        typed = self.cleaned_data
        ends = ("sender", "sender_known", "receiver", "receiver_known")
        if not any(typed.get(name) for name in ends) and not any(name in self.errors for name in ends):
            self.add_error("sender", _("Name one end of the leg, or say what is known of it."))
        if typed.get("amount") is not None and not typed.get("currency"):
            self.add_error("currency", _("Name the currency of the amount."))
        return typed
