"""Who may pass each door: URL → reader → status. Rows are read with GET; WRITES adds what is sent."""

import uuid
from dataclasses import dataclass

READERS = ("olena", "taras", "rita", "ada", "piet", "sam", "nobody")


@dataclass(frozen=True)
class Who:
    """Status for each reader, in the order of READERS."""

    olena: int
    taras: int
    rita: int
    ada: int
    piet: int
    sam: int
    nobody: int

    def items(self):
        return [(reader, getattr(self, reader)) for reader in READERS]


def all_get(status):
    return Who(*[status] * len(READERS))


ANYBODY = all_get(200)
THE_LABORATORY = Who(200, 200, 200, 200, 404, 404, 404)
RED = Who(200, 404, 404, 404, 200, 404, 404)
AMBER = Who(200, 200, 200, 200, 200, 404, 404)
ORIGINAL = Who(200, 200, 200, 200, 403, 404, 404)

# Route as the resolver has it: [(address, who)]; {…} is filled in from the world.
INTERFACE = {
    "": [("/", ANYBODY)],
    "sign-in/": [("/sign-in/", ANYBODY)],
    "sign-out/": [("/sign-out/", all_get(405))],  # signing out takes a POST
    "api/v1/health/": [("/api/v1/health/", ANYBODY)],
    "api/v1/version/": [("/api/v1/version/", ANYBODY)],
    "api/v1/vocabularies/": [("/api/v1/vocabularies/", ANYBODY)],
    "api/v1/vocabularies/<str:name>/": [
        ("/api/v1/vocabularies/units/", ANYBODY),
        ("/api/v1/vocabularies/secrets/", all_get(404)),
    ],
    "api/v1/markings/read/": [("/api/v1/markings/read/", all_get(405))],  # reading takes a POST
    "api/v1/search/": [("/api/v1/search/?q=acm", ANYBODY), ("/api/v1/search/?colour=red", all_get(400))],
    "api/v1/components/facets/": [
        ("/api/v1/components/facets/", ANYBODY),
        ("/api/v1/components/facets/?system=kite&kind=part", ANYBODY),
        ("/api/v1/components/facets/?colour=red", all_get(400)),
    ],
    "api/v1/schema/": [("/api/v1/schema/", ANYBODY)],
    "api/v1/docs/": [("/api/v1/docs/", ANYBODY)],
    "api/v1/research/": [("/api/v1/research/", ANYBODY)],
    "api/v1/research/<str:name>/": [
        ("/api/v1/research/shares/", ANYBODY),
        ("/api/v1/research/shares/?by=country&format=csv", ANYBODY),
        ("/api/v1/research/dating/?per=system", ANYBODY),
        ("/api/v1/research/secrets/", all_get(404)),
    ],
    "api/v1/^.*$": [("/api/v1/", all_get(404)), ("/api/v1/secrets/", all_get(404))],
    "api/v1/organisations/resolve/": [
        ("/api/v1/organisations/resolve/?name=acme", ANYBODY),
        ("/api/v1/organisations/resolve/", all_get(400)),
    ],
    **{
        f"api/v1/{noun}/{door}/": [(f"/api/v1/{noun}/{door}/", who)]
        for noun in ("organisations", "parts")
        for door, who in (
            ("duplicates", Who(200, 403, 403, 403, 200, 403, 401)),
            ("merge", all_get(405)),
            ("unmerge", all_get(405)),
            ("apart", all_get(405)),  # sent with a POST
        )
    },
    "api/v1/photos/<str:name>/annotations/": [
        ("/api/v1/photos/{photo}/annotations/", AMBER),
        (f"/api/v1/photos/{uuid.UUID(int=7)}/annotations/", all_get(404)),
    ],
    "api/v1/photos/<str:name>/<str:rendition>/": [
        ("/api/v1/photos/{photo}/thumbnail/", AMBER),
        ("/api/v1/photos/{photo}/view/", AMBER),
        ("/api/v1/photos/{photo}/original/", ORIGINAL),
        ("/api/v1/photos/{photo}/nothing/", all_get(404)),
        (f"/api/v1/photos/{uuid.UUID(int=7)}/original/", all_get(404)),
    ],
    "api/v1/regions/<str:name>/read/": [("/api/v1/regions/{region}/read/", all_get(405))],  # asked for with a POST
    "api/v1/files/<str:name>/content/": [
        ("/api/v1/files/{file}/content/", AMBER),
        (f"/api/v1/files/{uuid.UUID(int=7)}/content/", all_get(404)),
    ],
}
NOUNS = {
    "systems": [("kite", ANYBODY)],
    "specimens": [("KND-2026-CLEAR", ANYBODY), ("KND-2026-AMBER", AMBER), ("KND-2026-STRICT", THE_LABORATORY),
                  ("KND-2026-RED", RED), ("{specimens[strict].pk}", THE_LABORATORY), ("{specimens[red].pk}", RED)],
    "components": [("{components[strict].reference}", THE_LABORATORY), ("{components[red].reference}", RED),
                   ("{components[amber].pk}", AMBER)],
    "parts": [("{part.pk}", ANYBODY)],
    "organisations": [("{makers[acme].slug}", ANYBODY), ("{makers[volta].pk}", ANYBODY)],
    "routes": [("{routes[sea].slug}", ANYBODY), ("{routes[rail].slug}", THE_LABORATORY)],
    "legs": [("{legs[sold].reference}", ANYBODY), ("{legs[railed].reference}", THE_LABORATORY),
             ("{legs[railed].pk}", THE_LABORATORY)],
    "sources": [("{source.slug}", ANYBODY)],
    "listings": [("{listing.pk}", ANYBODY)],
    "published-records": [("{published.pk}", ANYBODY)],
    "photos": [("{photo}", AMBER)],
    "regions": [("{region}", AMBER)],
    "files": [("{file}", AMBER)],
    "custody": [("{custody.pk}", THE_LABORATORY)],
    "examinations": [("{examination.pk}", THE_LABORATORY)],
    "absences": [("{absence.pk}", THE_LABORATORY)],
    "saved-searches": [("{search.pk}", THE_LABORATORY)],
    "collections": [("{collection.pk}", THE_LABORATORY)],
    "collection-items": [("{item.pk}", THE_LABORATORY)],
    "figures": [("{figure.pk}", THE_LABORATORY)],
    "claims": [("{claim.pk}", THE_LABORATORY)],
}  # fmt: skip
for noun, names in NOUNS.items():
    forms = ("", "?count=true", "?format=csv", "?format=json", "?format=ndjson")
    INTERFACE[f"api/v1/{noun}/"] = [(f"/api/v1/{noun}/{form}", ANYBODY) for form in forms]
    INTERFACE[f"api/v1/{noun}/<str:name>/"] = [
        *((f"/api/v1/{noun}/{name}/", who) for name, who in names),
        (f"/api/v1/{noun}/{uuid.UUID(int=7)}/", all_get(404)),
    ]

INTERFACE["api/v1/components/<str:name>/readings/"] = [
    *((f"/api/v1/components/{name}/readings/", who) for name, who in NOUNS["components"]),
    (f"/api/v1/components/{uuid.UUID(int=7)}/readings/", all_get(404)),
]
INTERFACE["api/v1/saved-searches/<str:name>/matches/"] = [
    ("/api/v1/saved-searches/{search.pk}/matches/", THE_LABORATORY),
    (f"/api/v1/saved-searches/{uuid.UUID(int=7)}/matches/", all_get(404)),
]
for noun, kept in (("saved-searches", "search"), ("collections", "collection"), ("collection-items", "item")):
    # Brought back with a POST.
    INTERFACE[f"api/v1/{noun}/<str:name>/restore/"] = [(f"/api/v1/{noun}/{{{kept}.pk}}/restore/", all_get(405))]

# Roles decide who writes at all; then the record has to be seen and one's own, and what is sent complete.
FOR_CURATORS = ("listings", "published-records")  # a person confirms the first; the second is an import
POSTS = Who(400, 400, 403, 403, 400, 400, 401)
CURATORS = Who(400, 403, 403, 403, 400, 403, 401)
# Kept by everybody with an account, for their agency or for themselves alone.
KEPT = ("saved-searches", "collections", "collection-items")
KEEPERS = Who(400, 400, 400, 400, 400, 400, 401)
WRITES = [
    *(
        ("post", f"/api/v1/{noun}/", CURATORS if noun in FOR_CURATORS else KEEPERS if noun in KEPT else POSTS)
        for noun in NOUNS
    ),
    ("patch", "/api/v1/specimens/KND-2026-CLEAR/", Who(200, 200, 403, 403, 403, 403, 401)),
    ("patch", "/api/v1/specimens/KND-2026-STRICT/", Who(200, 200, 403, 403, 404, 404, 401)),
    ("patch", "/api/v1/specimens/KND-2026-RED/", Who(200, 404, 403, 403, 403, 404, 401)),
    ("patch", "/api/v1/routes/{routes[rail].slug}/", Who(200, 200, 403, 403, 404, 404, 401)),
    ("delete", "/api/v1/components/{components[clear].reference}/", Who(400, 400, 403, 403, 403, 403, 401)),
    ("delete", "/api/v1/components/{components[clear].reference}/?reason=old", Who(204, 404, 403, 403, 404, 404, 401)),
    ("delete", "/api/v1/components/{components[strict].reference}/", Who(400, 400, 403, 403, 404, 404, 401)),
    ("delete", "/api/v1/legs/{legs[railed].reference}/", Who(400, 400, 403, 403, 404, 404, 401)),
    ("delete", "/api/v1/specimens/", all_get(405)),
    ("post", f"/api/v1/regions/{uuid.UUID(int=7)}/read/", Who(404, 404, 403, 403, 404, 404, 401)),
    ("post", "/api/v1/saved-searches/{search.pk}/restore/", Who(404, 404, 404, 404, 404, 404, 401)),
    ("post", "/api/v1/components/{components[strict].reference}/readings/", Who(400, 400, 403, 403, 404, 404, 401)),
    ("post", "/api/v1/components/{components[amber].reference}/readings/", Who(400, 400, 403, 403, 400, 404, 401)),
    ("post", "/api/v1/saved-searches/{search.pk}/matches/", Who(200, 200, 200, 200, 404, 404, 404)),
    ("delete", "/api/v1/saved-searches/{search.pk}/matches/", Who(204, 204, 204, 204, 404, 404, 404)),
    ("patch", "/api/v1/collections/{collection.pk}/", Who(200, 200, 403, 403, 404, 404, 401)),
    ("delete", "/api/v1/collections/{collection.pk}/?reason=old", Who(204, 404, 404, 404, 404, 404, 401)),
    ("post", "/api/v1/health/", all_get(405)),
]  # fmt: skip
