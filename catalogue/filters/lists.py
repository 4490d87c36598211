"""What every list takes besides its filters: page size, cursor, order, columns. For interface and pages alike."""

import base64
import binascii
import uuid
from urllib.parse import urlencode

from catalogue.queries.paging import SORTED_AT_MOST, Order, TooMany, page_rows

from .base import BadParameter

PAGE, LARGEST = 50, 1000


class Page:
    """One page of a listing: `rows` (release rows), and the queries of the `next` and `previous` page or None.

    Raises BadParameter for a parameter that cannot be used.
    """

    def __init__(self, shape, queryset, parameters):
        self.parameters = parameters
        self.size = number(parameters, "page_size", PAGE, LARGEST)
        self.cursor = parameters.get("cursor")
        self.backward, self.edge = read_cursor(self.cursor) if self.cursor is not None else (False, None)
        order = order_of(shape, parameters)
        try:
            rows = page_rows(shape, queryset, self.edge, self.backward, self.size + 1, order)
        except TooMany:
            raise BadParameter(
                "sort", f"sort works for up to {SORTED_AT_MOST:,} records and more match: narrow the list first."
            ) from None
        except LookupError:
            raise no_such_cursor() from None
        more, rows = len(rows) > self.size, rows[: self.size]
        self.rows = rows[::-1] if self.backward else rows
        self.next, self.previous = self.links(more)

    def links(self, more):
        """Queries of the next and the previous page. The first column of a release row is its id.

        A page that has become empty meanwhile still leads back to where its reader came from, the edge included.
        """
        if not self.rows:
            if self.cursor is None:
                return None, None
            if self.backward:
                return self.query(b"n", beside(self.edge, 1)), None
            return None, self.query(b"p", beside(self.edge, -1))
        has_next, has_previous = (True, more) if self.backward else (more, self.cursor is not None)
        return (
            self.query(b"n", self.rows[-1][0]) if has_next else None,
            self.query(b"p", self.rows[0][0]) if has_previous else None,
        )

    def query(self, direction, identifier):
        cursor = base64.urlsafe_b64encode(direction + identifier.bytes).decode().rstrip("=")
        asked = [(name, values) for name, values in self.parameters.lists() if name != "cursor"]
        return urlencode([*asked, ("cursor", cursor)], doseq=True)


def beside(identifier, step):
    return uuid.UUID(int=min(max(identifier.int + step, 0), (1 << 128) - 1))


def read_cursor(text):
    """(backward, id) of a cursor. It holds nothing but where the last page ended."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return {b"n": False, b"p": True}[raw[:1]], uuid.UUID(bytes=raw[1:])
    except (ValueError, KeyError, binascii.Error):
        raise no_such_cursor() from None


def no_such_cursor():
    return BadParameter("cursor", "cursor is not one that this list gave; begin again without it.")


def order_of(shape, parameters):
    """The order that `sort` names: a column, or -column for descending; None when it is not sent."""
    name = parameters.get("sort")
    if name is None:
        return None
    column = name.removeprefix("-")
    if column not in shape.orders:
        raise BadParameter("sort", f"There is no column {column!r} to sort by. Known: {', '.join(shape.orders)}.")
    return Order(shape.orders[column], name.startswith("-"))


def sorted_by(shape, queryset, parameters):
    """`queryset` in the order that `sort` names, what has no value last, however many rows there are."""
    order = order_of(shape, parameters)
    return order.of(queryset) if order else queryset


def chosen(shape, parameters):
    """`shape` with the columns that `columns` names, all without it."""
    if "columns" not in parameters:
        return shape
    try:
        return shape.only(",".join(parameters.getlist("columns")).split(","))
    except KeyError as unknown:
        known = ", ".join(name for name, _ in shape.columns)
        raise BadParameter("columns", f"There is no column {unknown.args[0]!r} here. Known: {known}.") from None


def number(parameters, name, default, most):
    """A whole number from 1 to `most`."""
    if name not in parameters:
        return default
    try:
        value = int(parameters[name])
    except ValueError:
        value = 0
    if not 1 <= value <= most:
        raise BadParameter(name, f"{name} must be a whole number from 1 to {most}.")
    return value


def choice(parameters, name):
    """true or false."""
    value = parameters.get(name, "false").lower()
    if value not in ("true", "false"):
        raise BadParameter(name, f"{name} must be true or false.")
    return value == "true"
