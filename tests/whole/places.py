"""Every page, by its name: what can be read in the example catalogue, the forms of an analyst, administration."""

import json
from urllib.parse import quote

NOUNS = ("systems", "specimens", "components", "parts", "organisations", "routes", "sources", "published-records")
# Records that show what their page can: photographs, legs, names, many components.
CHOSEN = {"systems": "shahed-136-geran-2", "organisations": "analog-devices", "routes": "r03"}
FORMS = {
    f"{noun.removesuffix('s')}-new": f"/{noun}/new/"
    for noun in ("systems", "specimens", "components", "parts", "organisations", "sources", "routes", "legs")
}
ADMINISTRATION = {
    "account": "/account/",
    "account-password": "/account/password/",
    "account-authenticator": "/account/authenticator/add/",
    "account-passkey": "/account/passkeys/add/",
    "administration": "/administration/",
    "administration-people": "/administration/users/",
    "administration-person-new": "/administration/users/new/",
    "administration-agencies": "/administration/agencies/",
    "administration-agency": "/administration/agencies/laboratory/",
    "administration-keys": "/administration/keys/",
    "administration-key-new": "/administration/keys/new/",
    "administration-audiences": "/administration/audiences/",
    "administration-changes": "/administration/changes/",
    "administration-status": "/administration/status/",
}


def work(pages):
    """{name: path} of the pages that change the records of `pages`."""
    edited = ("system", "specimen", "part", "organisation", "route", "source")
    found = {f"{noun}-edit": f"{pages[noun]}edit/" for noun in edited}
    found |= {f"component-{act}": f"{pages['component']}{act}/" for act in ("edit", "identify", "move", "void")}
    done = ("bench", "compare", "examination", "inventory", "photographs", "files", "print", "review")
    found |= {f"specimen-{act}": f"{pages['specimen']}{act}/" for act in done}
    found["specimen-custody"] = f"{pages['specimen']}custody/new/"
    found |= {f"{noun}-handling": f"{pages[noun]}handling/" for noun in ("specimen", "component", "route")}
    found |= {
        "saved-searches": "/saved-searches/",
        "saved-search-new": "/saved-searches/new/?noun=components&query=kind%3Dpart",
    }
    found |= {"collections": "/collections/", "gather": "/collections/gather/?noun=parts&query=page_size%3D50"}
    return found | {"imports": "/imports/", "import-new": "/imports/new/", "proposals": "/proposals/"}


def pages(get):
    """{name: path} of the pages; `get(path)` gives the body of an answer of the interface."""
    found = {"overview": "/", "sign-in": "/sign-in/", "search": "/search/?q=max"}
    first = {noun: json.loads(get(f"/api/v1/{noun}/?page_size=1"))["results"][0] for noun in NOUNS}
    first["specimens"] = first["components"]["specimen"]  # one that holds something
    for noun, record in first.items():
        record = {"slug": CHOSEN[noun]} if noun in CHOSEN else record
        name = record.get("slug") or record.get("reference") or record["id"]
        one = noun.removesuffix("s")
        found[noun] = f"/{noun}/"
        found[one] = f"/{noun}/{quote(name)}/"
        found[f"{one}-history"] = f"/{noun}/{quote(name)}/history/"
    found["components-of-a-maker"] = "/components/?manufacturer=analog-devices"
    found["search-by-field"] = "/search/?q=maker:%22analog+devices%22+made:2019.."
    found["research"] = "/research/"
    found["research-shares"] = "/research/shares/?by=country"
    found["research-methods"] = "/research/methods/"
    found["research-corrections"] = "/research/corrections/"
    found["cited-figures"] = "/research/cited/"
    found["components-of-a-class"] = "/components/?control_class=undated&kind=part"
    found["components-narrowing"] = "/components/?system=shahed-136-geran-2#narrow"
    found["components-none"] = "/components/?q=nothing-is-called-this"
    return found
