"""Organisations and vessels on sanctions and control lists, as a person confirmed it."""

from django.db.models import F, Func, TextField

from catalogue.models import Listing, ListingCitation

from .shape import Shape, citations_of, code, common, edtf, text, url_of, uuid

SHAPE = Shape(
    Listing,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("listings", "id"),
        "organisation": {
            "slug": code("organisation__slug", "The organisation that is listed."),
            "name": text("organisation__name", "Its name."),
        },
        "vessel": {
            "slug": code("vessel__slug", "The vessel that is listed."),
            "name": text("vessel__name", "Its name."),
            "imo": code("vessel__imo", "IMO number."),
        },
        "authority": text("authority", "Whose list it is."),
        "list": text("list", "The list."),
        "programme": text("programme", "The programme."),
        "number": text("number", "The list's own identifier of the entry."),
        "listed": edtf("listed", "When it was listed."),
        "delisted": edtf("delisted", "When it was taken off."),
        "confirmed_by": code(
            Func(F("confirmed_by_id"), function="catalogue_examiner", output_field=TextField()),
            "Agency and examiner code of the person who confirmed it.",
        ),
        "note": text("note", "Note."),
        "citations": citations_of(ListingCitation),
        **common(),
    },
)
