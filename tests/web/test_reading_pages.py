"""Readings on pages: offered to whoever records, shown to whoever sees the region, never in a field by themselves."""

import re

from tests.api.test_readings import marked, reader, work  # noqa: F401 (fixture)
from tests.api.test_regions import draw, photograph


def page(world, who, address):
    answer = world.client(who).get(address)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def with_reading(world):
    """(region, address of its photograph, of the form of the component) with a component that has no marking."""
    component = world.send("olena", "post", "/api/v1/components/", {"specimen": "KND-2026-AMBER"}, 201)["reference"]
    region = marked(world, component=component)
    work(world, region)
    return region, f"/photos/{region['photo']}/", f"/components/{component}/edit/"


def test_an_offer_stands_beside_the_field_of_the_marking_and_not_in_it(world, reader):  # noqa: F811
    region, _photo, form = with_reading(world)
    for address in (form, f"{form}?take={region['id']}"):
        text = page(world, "taras", address)
        assert "Read by a program off the photograph" in text and "<span data-line>ACM-3221</span>" in text
        assert re.search(r'<textarea name="marking"[^>]*>\s*</textarea>', text)
    other = world.components["amber"].reference  # its marking is read, and never altered
    work(world, marked(world, region["photo"], component=other, points=[[1, 1], [50, 50]]))
    assert "data-offers" not in page(world, "taras", f"/components/{other}/edit/")


def test_the_list_beside_the_photograph_says_how_far_each_reading_is(world, reader):  # noqa: F811
    photo = photograph(world)
    region = marked(world, photo)
    assert "Being read …" in page(world, "olena", f"/photos/{photo}/")
    reader(lines=[])
    work(world, region)
    assert "make nothing out" in page(world, "olena", f"/photos/{photo}/")
    reader(said="broken")
    world.send("olena", "post", f"{region['url']}read/", {}, 202)
    work(world, region)
    text = page(world, "olena", f"/photos/{photo}/")
    assert "It could not be read." in text and 'data-act="read"' in text
    assert 'data-act="read"' not in page(world, "rita", f"/photos/{photo}/")


def test_nobody_is_offered_to_have_print_read_where_it_is_off(world, reader, settings):  # noqa: F811
    _region, photo, _form = with_reading(world)
    settings.OCR = False
    text = page(world, "olena", photo)
    assert 'data-act="read"' not in text and "ACM-3221" in text


def test_another_agency_is_not_told_what_was_read_under_a_mask_nor_is_the_page_as_released(world, reader):  # noqa: F811
    region = marked(world)
    work(world, region)
    photo = f"/photos/{region['photo']}/"
    assert "2231 MYS" in page(world, "piet", photo) and "2231 MYS" in page(world, "olena", f"{photo}?released=true")
    draw(world, region["photo"], purpose="mask", points=[[90, 50], [200, 90]])
    assert "2231 MYS" not in page(world, "piet", photo)
    assert "2231 MYS" not in page(world, "olena", f"{photo}?released=true")
    assert "2231 MYS" in page(world, "olena", photo)


def test_a_reading_never_done_may_be_asked_for_again_after_a_while(world, reader, monkeypatch):  # noqa: F811
    from catalogue.web import photographs

    photo = photograph(world)
    marked(world, photo)
    assert 'data-act="read"' not in page(world, "olena", f"/photos/{photo}/")
    monkeypatch.setattr(photographs, "LATE", -1)
    text = page(world, "olena", f"/photos/{photo}/")
    assert "Still to be read." in text and 'data-act="read"' in text
