"""What the sheet of the bench says: headings of its columns, states of its rows, and every sentence of its scripts."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "parent": _("Sits on"),
    "state": _("State"),
    "kind": _("Kind"),
    "designator": _("Designator"),
    "name": _("What it is"),
    "marking": _("Marking"),
    "marking_state": _("Marking state"),
    "manufacturer": _("Maker"),
    "part": _("Part"),
    "quantity": _("Quantity"),
    "date_code": _("Date code"),
    "marked_country": _("Country printed"),
    "identifiers": _("Numbers of the piece"),
    "condition": _("Condition"),
    "authenticity": _("Authenticity"),
    "authenticity_test": _("Its test"),
    "note": _("Note"),
}

# Further headings of spreadsheets, in both languages and in small letters.
HEADERS = {
    "parent": ("parent", "on", "board", "inside", "assembly", "на чому", "плата", "вузол"),
    "kind": ("type", "вид", "тип"),
    "designator": ("ref", "refdes", "ref des", "reference designator", "позначення", "поз", "позиція"),
    "name": ("name", "description", "what", "назва", "найменування", "опис"),
    "marking": ("marking text", "text", "print", "маркування", "напис", "текст маркування"),
    "marking_state": ("state of the marking", "стан маркування"),
    "manufacturer": ("manufacturer", "mfr", "mfg", "brand", "виробник", "бренд"),
    "part": ("part number", "partnumber", "mpn", "p/n", "pn", "парт-номер", "номер деталі", "артикул"),
    "quantity": ("qty", "pcs", "pieces", "count", "кількість", "к-сть", "шт", "штук"),
    "date_code": ("dc", "date", "datecode", "дата", "код дати", "дата-код"),
    "marked_country": ("country", "country of origin", "made in", "origin", "країна", "країна походження"),
    "identifiers": ("identifiers", "serial", "serial number", "s/n", "sn", "серійний номер", "номери", "серійник"),
    "condition": ("state found", "стан"),
    "authenticity": ("authentic", "автентичність", "справжність"),
    "authenticity_test": ("test", "authenticity test", "метод", "перевірка"),
    "note": ("notes", "remark", "remarks", "comment", "примітка", "примітки", "коментар"),
}

WORDS = {
    "row": _("Row NUMBER"),
    "empty": _("empty"),
    # States of a row
    "fresh": _("New"),
    "saved": _("Saved"),
    "saving": _("Saving"),
    "waiting": _("Waiting"),
    "conflict": _("Conflict"),
    "refused": _("Refused"),
    "unclear": _("Unclear"),
    # Of all rows
    "counted": _("Rows: COUNT, without a maker: UNKNOWN."),
    "all_saved": _("Everything is saved."),
    "some_wait": _("COUNT not sent yet."),
    "offline": _("No connection. What NAME typed waits in this browser: COUNT."),
    "nobody": _("Nobody is signed in here, so nothing can be typed. Connect and sign in."),
    "no_room": _("This browser keeps nothing: what is not sent is lost when the page is closed."),
    "others": _("NAME has rows waiting in this browser; they go out when NAME signs in."),
    "signed_out": _("You are signed out. What you typed is kept here and goes out when you sign in again."),
    # Cells
    "choose_one": _("“TEXT” is not one of the choices of this column; choose one of the list."),
    "whole": _("“TEXT” is no number of pieces; write a whole number, or leave it empty."),
    "looking": _("Looking for “TEXT” …"),
    "unknown_manufacturer": _("No maker is called “TEXT”. Choose one that is meant, or record it."),
    "unknown_part": _("No part is numbered “TEXT”. Choose one that is meant, or record it."),
    "name_maker": _("Name the maker first; then the part “TEXT” can be recorded."),
    "record_manufacturer": _("Record “TEXT” as a new maker"),
    "record_part": _("Record “TEXT” as a new part"),
    "similar": _("Did you mean"),
    "read_once": _(
        "A marking is never altered once read. Record the row anew with this reading, or keep what was read."
    ),
    "anew": _("Record anew"),
    "anew_reason": _("Read anew at the bench."),
    "keep_read": _("Keep what was read"),
    "undone_reason": _("Undone at the bench."),
    "voided": _("This row was voided meanwhile; what you typed is still here."),
    # Conflicts
    "both": _("Somebody changed this row at the same time. Choose for each field."),
    "theirs": _("Saved by somebody else"),
    "mine": _("Typed by you"),
    "take_theirs": _("Take theirs"),
    "take_mine": _("Keep mine"),
    # Doing
    "pasted": _("COUNT rows pasted."),
    "left_out": _("Columns that are not known were left out: NAMES."),
    "undone": _("Undone."),
    "redone": _("Done again."),
    "nothing_undone": _("There is nothing to undo."),
    "nothing_redone": _("There is nothing to do again."),
    "reason_first": _("This specimen is reviewed: say above why it is amended; then the rows go out."),
    "photograph": _("Photograph"),
    "photograph_of": _("Photograph of NAME"),
    "photo_sent": _("The photograph of NAME is recorded."),
    "photo_waits": _("The photograph of NAME waits in this browser."),
    "no_photos": _(
        "No photograph yet. Photograph a component from its row, or add several on the page of photographs."
    ),
    "shown": _("NUMBER of COUNT"),
    "whole_specimen": _("whole specimen"),
    "previous": _("Previous photograph"),
    "next": _("Next photograph"),
}
