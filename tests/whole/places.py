"""Every page that can be read in the example catalogue: the lists, one record of each noun, its history, the search."""

import json
from urllib.parse import quote

NOUNS = ("systems", "specimens", "components", "parts", "organisations", "routes", "sources", "published-records")
# Records that show what their page can: photographs, legs, names, many components.
CHOSEN = {"systems": "shahed-136", "organisations": "analog-devices"}


def pages(get):
    """{name: path} of the pages; `get(path)` gives the body of an answer of the interface."""
    found = {"overview": "/", "sign-in": "/sign-in/", "search": "/search/?q=max"}
    for noun in NOUNS:
        found[noun] = f"/{noun}/"
        records = json.loads(get(f"/api/v1/{noun}/?page_size=50"))["results"]
        if records:
            record = next((one for one in records if one.get("slug") == CHOSEN.get(noun)), records[0])
            name = record.get("slug") or record.get("reference") or record["id"]
            one = noun.removesuffix("s")
            found[one] = f"/{noun}/{quote(name)}/"
            found[f"{one}-history"] = f"/{noun}/{quote(name)}/history/"
    found["components-of-a-maker"] = "/components/?manufacturer=analog-devices"
    found["components-none"] = "/components/?q=nothing-is-called-this"
    return found
