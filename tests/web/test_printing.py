"""What is printed: reports, custody forms, labels, dossiers."""

import io
import re
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from catalogue.actions.custody import record_custody
from catalogue.actions.photos import attach_photo
from catalogue.exports.labels import SHEETS
from catalogue.exports.pdf import legible
from catalogue.models import Level, PhotoRegion
from tests.world import World

HOSTILE = '#import "x.typ"\n$ x^2 $ *bold* \\ _it_ <label> @ref // #eval("1")\nשלום مرحبا 中文 \u202eabc'
REPORT = "/specimens/KND-2026-AMBER/report.pdf"
DOSSIER = "/organisations/acme-semiconductor/dossier"


def printed(world, reader, address, status=200):
    response = world.client(reader).get(address)
    assert response.status_code == status, response.content[:400]
    return response.content


def text_of(content):
    """The text of a PDF, without its breaks of lines."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def jpeg(colour):
    held = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(held, "JPEG")
    return held.getvalue()


@pytest.fixture
def told(world: World):
    """The AMBER specimen, released to Piet's agency, with a chain, a hostile component, a photograph, and names."""
    olena, partner = world.viewer("olena"), [world.agencies["partner"].pk]
    world.send(
        "olena", "post", "/api/v1/components/",
        {"specimen": "KND-2026-AMBER", "marking": HOSTILE, "name": "*чип* #let taras", "handling": "AMBER",
         "released_to": ["partner"]}, 201,
    )  # fmt: skip
    world.send("olena", "post", "/api/v1/components/", {"specimen": "KND-2026-AMBER", "marking": "KEPT BACK"}, 201)
    amber = {"actor": olena, "handling": Level.AMBER, "released_to": partner}
    for kind, hour, giver, receiver in (
        ("collected", 8, "", "Petro Finder"),
        ("transferred", 9, "Ivan Other", "Laboratory"),
        ("examined", 10, "", "taras"),
    ):
        record_custody(
            specimen=world.specimens["amber"], kind=kind, happened_at=datetime(2026, 5, 4, hour, tzinfo=UTC),
            zone="Europe/Kyiv", giver=giver, receiver=receiver, seals="S-7", purpose="for taras", **amber,
        )  # fmt: skip
    attach_photo(
        chunks=[jpeg("navy")], file_name="board.jpg", specimen=world.specimens["amber"],
        component=world.components["amber"], caption="held by taras", **amber,
    )  # fmt: skip
    return world


# The report


def test_the_report_says_what_was_found_who_had_it_and_what_it_is_said_to_be(told):
    said = text_of(printed(told, "olena", REPORT))
    for words in (
        "Teardown report: KND-2026-AMBER", "TLP:AMBER", "Petro Finder", "Laboratory", "Europe/Kyiv", "ACM-3221",
        "Acme Semiconductor", "High", "KEPT BACK", "SHA-256", "shows neither knowledge nor breach",
        "No second person has reviewed", "the last noted to have it was “Petro Finder”",
    ):  # fmt: skip
        assert words in said


def test_the_report_speaks_ukrainian_when_asked(told):
    said = text_of(printed(told, "olena", f"{REPORT}?language=uk"))
    for words in (
        "Звіт про розбирання: KND-2026-AMBER",
        "Ланцюг зберігання",
        "Ідентифікації",
        "Стан записів",
        "сторінка",
    ):
        assert words in said
    assert "Custody" not in said and "Inventory" not in said


@pytest.mark.parametrize(
    "address",
    [
        f"{REPORT}?language=uk",
        f"{REPORT}?for=agencies",
        "/specimens/KND-2026-AMBER/custody.pdf",
        "/specimens/KND-2026-AMBER/labels.pdf",
        f"{DOSSIER}.pdf",
        f"{DOSSIER}.xlsx",
    ],
)
def test_the_same_records_give_the_same_bytes(told, address):
    assert printed(told, "olena", address) == printed(told, "olena", address)


def test_every_page_says_its_handling_and_how_many_there_are(told):
    for n in range(30):
        told.send("olena", "post", "/api/v1/components/", {"specimen": "KND-2026-AMBER", "marking": f"N{n}"}, 201)
    pages = PdfReader(io.BytesIO(printed(told, "olena", REPORT))).pages
    assert len(pages) > 1
    for n, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert "TLP:AMBER+STRICT" in text and f"page {n} / {len(pages)}" in text


def test_words_of_a_record_are_never_read_as_markup(told):
    said = text_of(printed(told, "olena", REPORT))
    for words in ('#import "x.typ"', "$ x^2 $", "*bold*", "_it_ <label> @ref // #eval", "*чип* #let"):
        assert words in said


def test_what_the_fonts_lack_and_what_turns_text_round_stands_as_its_number(told):
    assert legible("中\u202ea\u200bb\x00\t|") == "⟨U+4E2D⟩⟨U+202E⟩a⟨U+200B⟩b⟨U+0000⟩    |"
    assert legible("Ґедзь їжак № 5 → µ ± שלום مرحبا\r\nx") == "Ґедзь їжак № 5 → µ ± שלום مرحبا\nx"
    assert "⟨U+4E2D⟩" in text_of(printed(told, "olena", REPORT))


def test_other_agencies_are_given_no_names_and_nothing_that_is_narrower(told):
    for content in (printed(told, "olena", f"{REPORT}?for=agencies"), printed(told, "piet", REPORT)):
        said = text_of(content)
        assert "Petro Finder" not in said and "Ivan Other" not in said and "KEPT BACK" not in said
        assert "[not named outside the agency]" in said and "Laboratory" in said and "KND-OL" in said
        assert "ACM-3221" in said and "TLP:AMBER+STRICT" not in said
    ours = text_of(printed(told, "olena", f"{REPORT}?for=agencies"))
    assert "taras" not in ours and "KND-TA" in ours


def test_a_mask_is_painted_over_in_what_other_agencies_are_given(told):
    photo = told.specimens["amber"].photos.get()
    PhotoRegion.objects.create(
        photo=photo, purpose="mask", points=[[0, 0], [640, 480]], owner_id=photo.owner_id, declared_id=photo.declared_id
    )
    assert pictures(printed(told, "olena", REPORT)) == {(0, 0, 128)}
    assert pictures(printed(told, "olena", f"{REPORT}?for=agencies")) == {(0, 0, 0)}


def pictures(content):
    """The colours in the middle of the pictures of a PDF, roughly."""
    found = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for one in page.images:
            picture = one.image.convert("RGB")
            colour = picture.getpixel((picture.width // 2, picture.height // 2))
            found.add(tuple(round(part / 64) * 64 for part in colour))
    return found


def test_a_report_is_not_there_for_who_does_not_see_the_specimen(told):
    for page in ("report.pdf", "report.pdf?for=agencies", "custody.pdf", "labels.pdf", "print/"):
        printed(told, "sam", f"/specimens/KND-2026-AMBER/{page}", 404)


@pytest.mark.parametrize(
    "query, word",
    [("language=fr", "language"), ("for=me", "agencies"), ("colour=red", "colour"), ("language=uk&now=1", "now")],
)
def test_a_parameter_that_means_nothing_is_refused_by_name(told, query, word):
    assert word in printed(told, "olena", f"{REPORT}?{query}", 400).decode()


# Custody forms


def test_a_custody_form_has_lines_to_go_on_and_a_blank_one_nothing_else(told):
    filled = text_of(printed(told, "olena", "/specimens/KND-2026-AMBER/custody.pdf"))
    blank = text_of(printed(told, "olena", "/specimens/KND-2026-AMBER/custody.pdf?blank=1"))
    assert "Petro Finder" in filled and "Petro Finder" not in blank
    assert "KND-2026-AMBER" in blank and "Signatures" in blank and "collected" in blank.lower()


# Labels


def test_a_label_is_made_of_the_specimen_and_of_what_was_chosen_in_it(told):
    part = told.components["amber"].reference
    address = f"/specimens/KND-2026-AMBER/labels.pdf?sheet=3x8&item=KND-2026-AMBER&item={part}"
    said = text_of(printed(told, "olena", address))
    assert "KND-2026-AMBER" in said and part in said and "TLP:AMBER" in said


def test_the_code_on_a_label_holds_the_address_of_the_record(told, monkeypatch):
    from catalogue.exports import labels

    seen = []
    made = labels.segno.make
    monkeypatch.setattr(labels.segno, "make", lambda text, **more: seen.append(text) or made(text, **more))
    printed(told, "olena", "/specimens/KND-2026-AMBER/labels.pdf")
    assert seen == ["http://testserver/specimens/KND-2026-AMBER/"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_its_size_and_begins_where_it_is_asked_to(told, sheet):
    pages = PdfReader(io.BytesIO(printed(told, "olena", f"/specimens/KND-2026-AMBER/labels.pdf?sheet={sheet}"))).pages
    millimetres = [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]]
    assert len(pages) == 1 and millimetres == ([70, 37] if sheet == "single" else [210, 297])
    last = SHEETS[sheet]["columns"] * SHEETS[sheet]["rows"]
    part = told.components["amber"].reference
    two = f"/specimens/KND-2026-AMBER/labels.pdf?sheet={sheet}&start={last}&item=KND-2026-AMBER&item={part}"
    assert len(PdfReader(io.BytesIO(printed(told, "olena", two))).pages) == 2


@pytest.mark.parametrize("query", ["sheet=9x9", "start=0", "start=25", "start=²", "item=KND-2026-RED-NONE"])
def test_labels_that_cannot_be_are_refused(told, query):
    printed(told, "olena", f"/specimens/KND-2026-AMBER/labels.pdf?{query}", 400)


def test_the_page_offers_every_document_in_both_languages(told):
    page = printed(told, "olena", "/specimens/KND-2026-AMBER/print/").decode()
    for address in ("report.pdf?language=uk", "report.pdf?for=agencies&amp;language=en", "custody.pdf?blank=1"):
        assert address in page
    assert "for=agencies" not in printed(told, "piet", "/specimens/KND-2026-AMBER/print/").decode()


# The dossier


def test_a_dossier_holds_what_its_reader_may_see_and_counts_only_that(told):
    for reader, records in (("olena", 5), ("piet", 4), ("nobody", 1)):
        said = text_of(printed(told, reader, f"{DOSSIER}.pdf"))
        assert f"Component records of its make, by accepted identification {records}" in said
        assert "A maker's part in a weapon shows neither knowledge nor breach." in said
        assert ("KND-2026-STRICT" in said) == (reader == "olena")


def test_a_dossier_that_would_be_too_long_says_so(told, monkeypatch):
    from catalogue.web.printing import dossier

    monkeypatch.setattr(dossier, "ROWS", 2)
    assert "There are more than 2 records; here are the newest 2" in text_of(printed(told, "olena", f"{DOSSIER}.pdf"))


def test_no_cell_of_the_sheet_is_a_formula(told):
    told.send(
        "olena", "post", "/api/v1/components/",
        {"specimen": "KND-2026-CLEAR", "marking": "=1+1\nDDE", "designator": "@SUM(A1)", "date_code": "+2231",
         "manufacturer": "acme-semiconductor", "confidence": "low"}, 201,
    )  # fmt: skip
    content = printed(told, "olena", f"{DOSSIER}.xlsx")
    book = load_workbook(io.BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell.value for cell in cells if str(cell.value)[0] in "=+-@"]
    assert "'=1+1\nDDE" in {cell.value for cell in cells} and "'@SUM(A1)" in {cell.value for cell in cells}
    assert not [name for name in ZipFile(io.BytesIO(content)).namelist() if "external" in name.lower()]


def test_the_sheet_leads_to_photographs_and_their_digests(told):
    content = printed(told, "olena", f"{DOSSIER}.xlsx")
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(content))["Components"].iter_rows() for cell in row]
    assert [one for one in cells if re.fullmatch(r"http://testserver/api/v1/photos/[0-9a-f-]{36}/view/", one)]
    assert [one for one in cells if re.fullmatch(r"[0-9a-f]{64}", one)]


# What was looked for, and what was voided


def test_the_report_says_what_was_looked_for_and_not_found_and_from_which_teardown_it_was_expected(world):
    body = {
        "specimen": "KND-2026-AMBER",
        "expected": world.components["clear"].reference,
        "note": "Olena: empty *pads*",
    }
    made = world.send("olena", "post", "/api/v1/absences/", body, 201)
    said = text_of(printed(world, "taras", REPORT))
    assert "Looked for and not found" in said and "expected from teardown KND-2026-CLEAR" in said
    assert "Olena: empty *pads*" in said
    assert "Looked for and not found" not in text_of(printed(world, "piet", REPORT))
    wider = {"handling": "AMBER", "released_to": ["partner"], "reason": "Asked for."}
    world.send("olena", "patch", made["url"], wider, 200)
    outside = text_of(printed(world, "piet", REPORT))
    assert "expected from teardown KND-2026-CLEAR" in outside
    assert "KND-OL: empty *pads*" in text_of(printed(world, "taras", f"{REPORT}?for=agencies"))


def test_a_voided_event_of_custody_is_printed_with_its_reason(world):
    world.send("taras", "delete", f"/api/v1/custody/{world.custody.pk}/", {"reason": "of another wreck"}, 204)
    for page in ("custody.pdf", "report.pdf"):
        said = text_of(printed(world, "taras", f"/specimens/KND-2026-STRICT/{page}"))
        assert "voided: of another wreck" in said and "Kyiv" in said


def test_an_event_of_a_component_is_printed_in_the_chain_of_its_specimen(world):
    part = world.components["amber"].reference
    body = {"component": part, "kind": "opened", "happened": "2026-05-04T09:30:00+03:00", "zone": "Europe/Kyiv",
            "to": "Laboratory", "place": "Room 4", "seals": "B-7", "purpose": "decapsulation"}  # fmt: skip
    world.send("taras", "post", "/api/v1/custody/", body, 201)
    said = text_of(printed(world, "taras", REPORT.replace("report", "custody")))
    for words in ("Room 4", "B-7", "decapsulation", "Europe/Kyiv"):
        assert words in said
    assert part in said.replace(" ", "")  # it is broken between its parts
