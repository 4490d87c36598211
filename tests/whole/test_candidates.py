"""What rules read in a marking: accepted on a component's page, taken over in its form and at the bench, taken back."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from .benches import all_saved, at_the_bench, begun, recorded
from .boards import call, call_get
from .looking import faults

MARKING = "AD7243BR\n1731\nPHILIPPINES"


@pytest.fixture
def page(signed_in):
    return signed_in("taras")


def chip(page, marking=MARKING):
    """A component with this marking, in a specimen of its own."""
    specimen = call(page, "POST", "/api/v1/specimens/", {"system": "lancet-3", "kind": "single"})
    return call(page, "POST", "/api/v1/components/", {"specimen": specimen["reference"], "marking": marking})


def at(page, path):
    return "/".join(page.url.split("/")[:3]) + path


def test_a_reading_is_accepted_at_one_press_and_taken_back(page):
    one = chip(page)
    page.goto(at(page, f"/components/{one['reference']}/"))
    section = page.locator("#readings")
    expect(section).to_contain_text("Proposed by rules, asserted by nobody.")
    expect(section).to_contain_text("week 31 of 2017")
    section.get_by_role("button", name="Accept the reading AD7243BR").click()
    expect(page.get_by_text("is identified as Analog Devices AD7243BR")).to_be_visible()
    expect(section).to_contain_text("Accepted; see the identifications.")
    expect(page.locator(".facts")).to_contain_text("1731")
    found = call_get(page, f"/api/v1/components/{one['reference']}/")
    assert (found["part"]["number"], found["marking"]) == ("AD7243BR", MARKING)
    page.get_by_role("link", name="Look at it, or take it back").click()
    page.get_by_role("button", name="Withdraw the identification").click()
    expect(page.get_by_text("is withdrawn")).to_be_visible()
    expect(section.get_by_role("button", name="Accept the reading AD7243BR")).to_be_visible()


def test_pressed_by_many_at_the_same_moment_it_is_one_identification_and_one_new_maker(page):
    one = chip(page, "QZX7243BR-A\n1731")
    address = f"/api/v1/components/{one['reference']}/readings/"
    read = call_get(page, address)["results"][0]
    assert read["manufacturer"] is None
    maker = call(page, "POST", "/api/v1/organisations/", {"name": "Quartz Works of the Story"})
    body = {"mpn": read["mpn"], "base_part": read["base_part"], "record_new": ["part"], "manufacturer": maker["slug"]}
    page.goto(at(page, f"/components/{one['reference']}/"))
    answers = page.evaluate(
        """async ([address, body]) => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
            const one = () => fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
            return Promise.all((await Promise.all(Array.from({ length: 6 }, one))).map((answer) => answer.json()));
        }""",
        [address, body],
    )
    assert len({answer["id"] for answer in answers}) == 1, answers
    assert sorted(answer["new"] for answer in answers) == [False] * 5 + [True]
    parts = call_get(page, f"/api/v1/parts/?manufacturer={maker['slug']}&count=true")
    assert parts["count"] == 1


def test_in_the_form_a_press_fills_what_is_empty_and_can_be_taken_back(page):
    specimen = call(page, "POST", "/api/v1/specimens/", {"system": "lancet-3", "kind": "single"})
    page.goto(at(page, f"/components/new/?specimen={quote(specimen['reference'])}"))
    page.get_by_label("Marking", exact=True).fill(MARKING)
    offer = page.locator("[data-read]")
    expect(offer).to_contain_text("Analog Devices AD7243BR")
    date = page.get_by_label("Date code", exact=True)
    expect(date).to_have_value("")  # nothing by itself
    offer.get_by_role("button", name="Take over AD7243BR").click()
    expect(offer).to_contain_text("Filled in: Maker, Part, Date code, Country printed on it, Made.")
    expect(date).to_have_value("1731")
    expect(page.locator("[name=manufacturer]")).to_have_value("analog-devices")
    offer.get_by_role("button", name="Undo").click()
    expect(date).to_have_value("")
    expect(page.locator("[name=manufacturer]")).to_have_value("")
    date.fill("1730")
    offer.get_by_role("button", name="Take over AD7243BR").click()
    expect(date).to_have_value("1730")  # what is filled stays
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[role=status]", has_text="is recorded.")).to_be_visible()
    found = call_get(page, f"/api/v1/components/?specimen={specimen['reference']}")["results"][0]
    assert (found["part"]["number"], found["marked_country"]) == ("AD7243BR", "PH")
    assert (found["date_code"], found["made"]) == ("1730", None)  # 1731 is another date


def test_without_a_connection_the_form_offers_nothing_and_works(page):
    page.goto(at(page, "/components/new/"))
    page.context.set_offline(True)
    page.get_by_label("Marking", exact=True).fill(MARKING)
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-read]")).to_be_hidden()
    page.context.set_offline(False)


def test_at_the_bench_one_key_takes_a_reading_over_and_one_takes_it_back(page):
    address = begun(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/readings/") else None)
    typist = at_the_bench(page, address)
    typist.types("U1")
    typist.presses("Tab")
    typist.types(MARKING)
    typist.presses("Tab")
    panel = page.locator(".bench-panel", has_text="Rules read the marking so")
    expect(panel).to_contain_text("Analog Devices AD7243BR")
    typist.presses("Alt+Enter")
    for column, text in (("manufacturer", "Analog Devices"), ("part", "AD7243BR"), ("date_code", "1731")):
        expect(page.locator(f".bench-row.active > .c-{column} > span")).to_have_text(text)
    expect(panel).to_have_count(0)
    typist.presses("Control+z")
    expect(page.locator(".bench-row.active > .c-part > span")).to_have_text("")
    expect(panel).to_be_visible()
    typist.presses("Alt+Enter", "Enter")
    all_saved(page)
    (found, *_more) = recorded(page, address)
    assert (found["manufacturer"]["slug"], found["part"]["number"]) == ("analog-devices", "AD7243BR")
    assert (found["date_code"], found["marked_country"], found["marking"]) == ("1731", "PH", MARKING)
    assert len(asked) == 1, "a marking is asked for once"


def test_the_pages_are_as_wide_as_their_window_and_accessible(page):
    one = chip(page, "AD9361BBCZ\n#2018\nCHINA 0A12345.1")
    name = one["reference"]
    places = {"component": f"/components/{name}/", "accepting": f"/components/{name}/readings/"}
    assert faults(page, {what: at(page, path) for what, path in places.items()}) == []
