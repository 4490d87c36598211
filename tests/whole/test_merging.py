"""A curator finds two records of one firm, merges them after a look, and takes the merge back, in a browser."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from .looking import faults_here


def recorded(page, name):
    page.goto(urljoin(page.url, "/organisations/new/"))
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def fits(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (1440, 768, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert list(faults_here(page, scheme, width)) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_curator_merges_two_records_of_one_firm_and_takes_it_back(signed_in):
    page = signed_in("olena")
    first = recorded(page, "Zenit Kappa Works")
    second = recorded(page, "ZENIT-KAPPA WORKS")
    page.goto(urljoin(page.url, "/organisations/"))
    page.get_by_role("link", name="Duplicates").click()
    row = page.locator(".pairs tbody tr").filter(has_text="ZENIT-KAPPA WORKS")
    expect(row).to_contain_text("the same name")
    fits(page)

    row.get_by_role("link", name="Look").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(
        "ZENIT-KAPPA WORKS stands under Zenit Kappa Works"
    )
    fits(page)
    page.get_by_label("Reason").fill("Recorded twice.")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zenit Kappa Works")
    expect(page.locator("#main")).to_contain_text("Merged into this one, and read under it: ZENIT-KAPPA WORKS")
    page.goto(second)
    expect(page.locator("#main")).to_contain_text("This record was merged into another")
    page.goto(urljoin(page.url, "/organisations/?q=zenit+kappa"))
    expect(page.locator(".tbl tbody tr")).to_have_count(1)

    page.goto(first)
    page.get_by_role("link", name="take back").click()
    fits(page)
    page.get_by_label("Reason").fill("Two firms after all.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ZENIT-KAPPA WORKS")
    page.goto(urljoin(page.url, "/organisations/?q=zenit+kappa"))
    expect(page.locator(".tbl tbody tr")).to_have_count(2)
    page.goto(urljoin(page.url, "/duplicates/organisations/"))
    row.get_by_role("button", name="Not the same").click()
    expect(page.locator("#main")).to_contain_text("are proposed no longer")
