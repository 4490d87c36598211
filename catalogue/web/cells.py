"""Cells of tables: small pieces of HTML made from a release row. Verbatim text is never cut."""

from datetime import datetime
from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .dates import said
from .labels import label

SAFE = "!$&'()*+,;=/~:@"  # what reverse() leaves as it is in a path


def nothing():
    """What stands where nothing is recorded."""
    return format_html('<span class="dim none">{}</span>', "—")


def text(value, style=""):
    if value in (None, ""):
        return nothing()
    return format_html('<span class="{}">{}</span>', style, value) if style else format_html("{}", value)


def mono(value):
    return text(value, "mono lines")


@cache
def around(page, _prefix):
    """What stands before and after the record's name in the address of a page."""
    before, _name, after = reverse(page, args=["~"]).partition("~")
    return before, after


def address(page, key):
    """The address of the page `page` of the record `key`: as reverse() gives it, which takes 40 µs each time."""
    before, after = around(page, get_script_prefix())
    return f"{before}{quote(str(key), safe=SAFE)}{after}"


def link(name, key, shown=None, style=""):
    """A link to the page `name` of the record `key`."""
    if not key:
        return nothing()
    return format_html('<a class="{}" href="{}">{}</a>', style, address(name, key), shown or key)


def linked(name, record):
    """A link to the page `name` of a record that the row holds as {slug, name}, or nothing."""
    return link(name, record["slug"], record["name"]) if record else nothing()


def named(vocabulary, code):
    """A term in the reader's language; its code stands in the tooltip."""
    if code in (None, ""):
        return nothing()
    return format_html('<span title="{}">{}</span>', code, label(vocabulary, code))


def partly(date):
    """A partly known date as people read it; its EDTF stands in the tooltip."""
    if not date or not date["edtf"]:
        return format_html('<span class="dim">{}</span>', _("undated"))
    return format_html('<time title="{}">{}</time>', date["edtf"], said(date["edtf"]))


def number(value):
    return nothing() if value is None else format_html('<span class="num">{}</span>', value)


def moment(value):
    """The day of a point in time, in UTC; to the second in the tooltip."""
    if not value:
        return nothing()
    day = date_format(datetime.fromisoformat(value), "DATE_FORMAT")
    return format_html('<time title="{}">{}</time>', value, day)


TLP = {"CLEAR": "clear", "GREEN": "green", "AMBER": "amber", "AMBER+STRICT": "amber", "RED": "red"}


def tlp(level):
    """The TLP 2.0 badge, spelled out."""
    return format_html('<span class="tlp tlp-{}">TLP:{}</span>', TLP[level], level)


def reading(row):
    """The marking as read, line for line; else what was published, said to be that."""
    if row["marking"]:
        return mono(row["marking"])
    if row["published_text"]:
        return format_html('{} <span class="dim">{}</span>', mono(row["published_text"]), _("as published"))
    if row["name"]:
        return text(row["name"])
    return text(label("marking-states", row["marking_state"]), "dim")
