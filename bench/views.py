"""Pages for people at a million components: the time the server takes, by the whole application in this process."""

import orjson

from .figures import Figure, middle, slow, timed
from .pages import Application

MOST = 60  # milliseconds, median
TIMES = 15
NOUNS = ("systems", "specimens", "components", "parts", "organisations", "routes", "sources", "published-records")


def addresses(application, reader):
    """{what: address} of the list pages and of one record of each noun that there is."""
    maker = application.address("large").partition("manufacturer=")[2].partition("&")[0]
    found = {"overview": "/", "components of the large maker": f"/components/?manufacturer={maker}"}
    for noun in NOUNS:
        found[f"list of {noun}"] = f"/{noun}/"
        records = orjson.loads(application.get(reader, f"/api/v1/{noun}/?page_size=1"))["results"]
        if records:
            name = records[0].get("slug") or records[0].get("reference") or records[0]["id"]
            found[f"one of {noun}"] = f"/{noun}/{name}/"
    found["the large maker"] = f"/organisations/{maker}/"
    found["search"] = "/search/?q=ACM"
    found["suggestions"] = "/search/suggest/?q=ACM"
    return found


def times(world):
    """Median of each page for the owner and the narrow reader."""
    application = Application(world)
    application.enter()
    for reader in ("owner", "narrow"):
        for what, address in addresses(application, reader).items():
            took = timed(application.page(reader, address), TIMES)
            yield Figure(f"page: {what}, {reader} reader", middle(took), "ms", ("≤", MOST), f"p95 {slow(took):.1f} ms")
