"""A specimen is sent to review by one person, reviewed and released by another, and read by a partner, in a browser."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from .looking import faults_here


def recorded(page):
    """The address of a specimen with one component, recorded by who has signed in."""
    page.goto(urljoin(page.url, "/specimens/new/?system=lancet-3"))
    page.get_by_label("Place").fill("Kharkiv region")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("link", name="Add a component").click()
    page.get_by_label("What it is").fill("Flight controller")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".tree")).to_contain_text("Flight controller")
    return page.url.split("inventory")[0].split("?")[0]


def fits(page):
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert list(faults_here(page, "light", width)) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_second_person_reviews_and_releases_and_the_partner_sees_exactly_what_was_shown(signed_in):
    page = signed_in("iryna")
    address = recorded(page)
    page.goto(address)
    page.get_by_role("link", name="Send to review").click()
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator("#review")).to_contain_text("Sent to review by IRY")

    page = signed_in("mykola")
    page.get_by_role("link", name="waits for your review").click()
    expect(page.locator(".tbl tbody tr")).to_have_count(1)
    page.goto(address)
    page.get_by_role("link", name="Review it").click()
    fits(page)
    page.get_by_label("Remark").fill("Compared with the wreck.")
    page.get_by_role("button", name="The record is right").click()
    expect(page.locator("#review")).to_contain_text("Reviewed by")
    expect(page.locator("#review")).to_contain_text("Compared with the wreck.")

    # What is reviewed changes only with a reason.
    page.goto(address + "edit/")
    page.get_by_label("Note").fill("Seen again.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("say in `reason` why")
    page.get_by_label("Why it is amended").fill("Overlooked at first.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#review")).to_contain_text("Overlooked at first.")

    # The release is shown before it is done.
    page.goto(address + "handling/")
    page.get_by_label("TLP:AMBER", exact=False).first.check()
    page.get_by_label("Harbour police").check()
    page.get_by_label("With everything in it").check()
    page.get_by_role("button", name="Go on").click()
    sight = page.locator(".sight")
    expect(sight).to_contain_text("Harbour police")
    fits(page)
    rows = sight.locator("tbody tr").all()
    shown = {row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text() for row in rows}
    assert shown["place"] == "Kharkiv region" and shown["note"] == "Seen again."
    expect(sight).to_contain_text("Component 1")
    page.get_by_label("Reason").fill("Joint inquiry.")
    page.get_by_role("button", name="Let them read it").click()
    expect(page.locator(".facts")).to_contain_text("released to Harbour police")

    page = signed_in("pieter")
    seen = page.goto(urljoin(page.url, f"/api/v1{address[address.index('/specimens/') :]}")).json()
    told = dict(flat(seen))
    del told["updated"]
    assert told == shown
    page.goto(address)
    expect(page.locator("#components")).to_contain_text("Flight controller")
    expect(page.locator("#review")).to_contain_text("Reviewed by")
    expect(page.locator("#review")).not_to_contain_text("Sent to review")


def flat(part, before=""):
    """(dotted name, text) of what an answer says."""
    for name, value in part.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        elif value not in (None, "", []):
            yield before + name, str(value)
