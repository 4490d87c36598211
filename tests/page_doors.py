"""Who may pass the doors of the pages; `tests/doors.py` has those of the interface."""

import uuid

from .doors import AMBER, ANYBODY, KEPT, NOUNS, RED, THE_LABORATORY, Who, all_get

# Signing in and one's account take a session: a key is sent to the door.
AGENCY = "administration/agencies/<slug:slug>/"
TO_THE_DOOR, POST_ONLY = all_get(302), all_get(405)
CURATORS = Who(200, 403, 403, 403, 200, 403, 403)
NO_SECRETS = Who(404, 403, 403, 403, 404, 403, 403)
SESSIONS = {
    "sign-in/code/": "/sign-in/code/",
    "sign-in/passkey/": "/sign-in/passkey/",
    "account/": "/account/",
    "account/password/": "/account/password/",
    "account/confirm/": "/account/confirm/",
    "account/confirm/code/": "/account/confirm/code/",
    "account/confirm/passkey/": "/account/confirm/passkey/",
    "account/authenticator/add/": "/account/authenticator/add/",
    "account/authenticator/remove/": "/account/authenticator/remove/",
    "account/passkeys/add/": "/account/passkeys/add/",
    "account/passkeys/<int:pk>/name/": "/account/passkeys/1/name/",
    "account/passkeys/<int:pk>/remove/": "/account/passkeys/1/remove/",
    "account/recovery-codes/": "/account/recovery-codes/",
    "account/recovery-codes/new/": "/account/recovery-codes/new/",
    "account/keys/new/": "/account/keys/new/",
    "administration/": "/administration/",
    "administration/users/": "/administration/users/",
    "administration/users/new/": "/administration/users/new/",
    "administration/users/<int:number>/": "/administration/users/1/",
    "administration/agencies/": "/administration/agencies/",
    "administration/agencies/new/": "/administration/agencies/new/",
    AGENCY: "/administration/agencies/laboratory/",
    f"{AGENCY}administrator/": "/administration/agencies/laboratory/administrator/",
    "administration/keys/": "/administration/keys/",
    "administration/keys/new/": "/administration/keys/new/",
    "administration/audiences/": "/administration/audiences/",
    "administration/changes/": "/administration/changes/",
    "administration/status/": "/administration/status/",
}
POSTED = {
    "account/sessions/<int:number>/end/": "/account/sessions/1/end/",
    "account/sessions/end-others/": "/account/sessions/end-others/",
    "account/keys/<int:number>/revoke/": "/account/keys/1/revoke/",
    "administration/users/<int:number>/password/": "/administration/users/1/password/",
    "administration/users/<int:number>/second-factors/": "/administration/users/1/second-factors/",
    f"{AGENCY}users/<int:number>/password/": "/administration/agencies/laboratory/users/1/password/",
    "administration/keys/<int:number>/revoke/": "/administration/keys/1/revoke/",
}
PAGES = {
    "language/": [("/language/", all_get(302))],
    "research/": [("/research/", ANYBODY)],
    "research/cited/": [("/research/cited/", ANYBODY)],
    "research/cited/<uuid:pk>/": [
        ("/research/cited/{figure.pk}/", THE_LABORATORY),
        (f"/research/cited/{uuid.UUID(int=7)}/", all_get(404)),
    ],
    "research/cited/<uuid:pk>/withdraw/": [("/research/cited/{figure.pk}/withdraw/", POST_ONLY)],
    "research/cited/<uuid:pk>/history/": [("/research/cited/{figure.pk}/history/", THE_LABORATORY)],
    "research/corrections/": [("/research/corrections/", ANYBODY)],
    "research/<str:name>/cite/": [("/research/shares/cite/", POST_ONLY)],
    "claims/": [("/claims/", all_get(302))],
    "claims/<str:name>/": [
        ("/claims/{claim.pk}/", Who(302, 302, 302, 302, 404, 404, 404)),
        (f"/claims/{uuid.UUID(int=7)}/", all_get(404)),
    ],
    "research/choose/": [("/research/choose/?q=kite", ANYBODY)],
    "research/methods/": [("/research/methods/", ANYBODY)],
    "research/<str:name>/": [("/research/shares/", ANYBODY), ("/research/secrets/", all_get(404))],
    "search/": [("/search/", ANYBODY), ("/search/?q=acm", ANYBODY)],
    "search/suggest/": [("/search/suggest/?q=acm", ANYBODY)],
    "choose/<str:noun>/": [("/choose/parts/?q=acm", ANYBODY), ("/choose/secrets/?q=acm", all_get(404))],
    "proposals/": [("/proposals/", CURATORS)],
    "duplicates/<str:noun>/": [("/duplicates/parts/", CURATORS), ("/duplicates/secrets/", NO_SECRETS)],
    "merge/<str:noun>/": [
        ("/merge/organisations/?record={makers[acme].pk}", Who(200, 403, 403, 403, 403, 403, 403)),
        ("/merge/parts/", NO_SECRETS),
    ],
    "merge/<str:noun>/back/": [
        ("/merge/parts/back/?record={part.pk}", Who(200, 403, 403, 403, 403, 403, 403)),
        ("/merge/parts/back/", NO_SECRETS),
    ],
    "dates/": [("/dates/?text=July 2022", ANYBODY)],
    "readings/": [("/readings/", POST_ONLY)],
    "bench/shell/": [("/bench/shell/", ANYBODY)],  # neither holds anything of a record
    "bench-worker.js": [("/bench-worker.js", ANYBODY)],
}
PAGES |= {route: [(address, TO_THE_DOOR)] for route, address in SESSIONS.items()}
PAGES |= {route: [(address, POST_ONLY)] for route, address in POSTED.items()}

READ = ("systems", "specimens", "components", "parts", "organisations", "routes", "sources", "published-records")
WRITTEN = (
    "systems", "specimens", "components", "parts", "organisations", "routes", "sources", "legs", "photos", "files",
    "custody", "examinations", "absences", "saved-searches", "collections", "claims",
)  # fmt: skip
# Nouns without a form of their own: the pages there are.
UNALTERED = {"custody": ("handling", "void"), "examinations": ("void",), "absences": ("handling", "void")}
NOT_THERE = uuid.UUID(int=7)
for noun in READ:
    names = NOUNS[noun]
    PAGES[f"{noun}/"] = [(f"/{noun}/", ANYBODY), (f"/{noun}/?colour=red", all_get(400))]
    for more in ("", "history/"):
        PAGES[f"{noun}/<str:name>/{more}"] = [
            *((f"/{noun}/{name}/{more}", who) for name, who in names),
            (f"/{noun}/{NOT_THERE}/{more}", all_get(404)),
        ]
# A number leads to the page of the one part that has it.
PAGES["parts/<str:name>/"] += [("/parts/ACM-3221/", all_get(302)), ("/parts/NO-SUCH-1/", all_get(404))]

# Who sees a record and who may change it: of another agency 403, of what one does not see 404.
CHANGERS = {
    ANYBODY: Who(200, 200, 403, 403, 403, 403, 403),
    THE_LABORATORY: Who(200, 200, 403, 403, 404, 404, 403),
    AMBER: Who(200, 200, 403, 403, 403, 404, 403),
    RED: Who(200, 404, 403, 403, 403, 404, 403),
}
NEW = Who(200, 200, 403, 403, 200, 200, 403)
KEEPING = Who(200, 200, 200, 200, 200, 200, 403)


def changing(noun, page):
    return [(f"/{noun}/{name}/{page}/", CHANGERS[who]) for name, who in NOUNS[noun]]


for noun in WRITTEN:
    if noun not in UNALTERED and noun not in ("photos", "files"):
        PAGES[f"{noun}/new/"] = [(f"/{noun}/new/", KEEPING if noun in KEPT else NEW)]
    for page in UNALTERED.get(noun, ("edit", "handling", "void")):
        PAGES[f"{noun}/<str:name>/{page}/"] = changing(noun, page)
PAGES["specimens/<str:name>/inventory/"] = changing("specimens", "inventory")
PAGES["specimens/<str:name>/bench/"] = changing("specimens", "bench")
PAGES["specimens/<str:name>/bench/earlier/"] = changing("specimens", "bench/earlier")
PAGES["specimens/<str:name>/bench/beside/"] = changing("specimens", "bench/beside")
PAGES["specimens/<str:name>/review/"] = changing("specimens", "review")
PAGES["specimens/<str:name>/examination/"] = changing("specimens", "examination")
PAGES["specimens/<str:name>/custody/new/"] = changing("specimens", "custody/new")
PAGES["components/<str:name>/custody/new/"] = changing("components", "custody/new")
PAGES["specimens/<str:name>/photographs/"] = changing("specimens", "photographs")
PAGES["specimens/<str:name>/files/"] = changing("specimens", "files")
PAGES["specimens/<str:name>/files/decide/"] = [("/specimens/KND-2026-CLEAR/files/decide/", POST_ONLY)]
# What is being sent is seen by its sender alone, by another protocol; tests/web/test_files.py has its doors.
TUS = f"/uploads/{NOT_THERE}/"
PAGES |= {"uploads/": [("/uploads/", POST_ONLY)], "uploads/<uuid:pk>/": [(TUS, POST_ONLY)]}
PAGES["uploads/<uuid:pk>/thumbnail/"] = [(f"{TUS}thumbnail/", all_get(404))]
for page in ("photographs", "move", "split"):
    PAGES[f"components/<str:name>/{page}/"] = changing("components", page)

# A photograph, its tiles and crops: whoever sees the photograph, and the region.
PAGES["photos/<uuid:pk>/"] = [("/photos/{photo}/", AMBER), (f"/photos/{NOT_THERE}/", all_get(404))]
PAGES["photos/<uuid:pk>/viewer/"] = [("/photos/{photo}/viewer/", AMBER), (f"/photos/{NOT_THERE}/viewer/", all_get(404))]
PAGES["photos/<uuid:pk>/tiles/<int:level>/<int:x>_<int:y>.jpg"] = [
    ("/photos/{photo}/tiles/0/0_0.jpg", AMBER),
    ("/photos/{photo}/tiles/9/0_0.jpg", all_get(404)),
    (f"/photos/{NOT_THERE}/tiles/0/0_0.jpg", all_get(404)),
]
PAGES["photos/<uuid:pk>/regions/<uuid:region>.jpg"] = [
    ("/photos/{photo}/regions/{region}.jpg", AMBER),
    (f"/photos/{{photo}}/regions/{NOT_THERE}.jpg", all_get(404)),
    (f"/photos/{NOT_THERE}/regions/{{region}}.jpg", all_get(404)),
]
# What is printed may be had by who sees the record.
for noun, pages in {
    "specimens": ("print/", "compare/", "report.pdf", "custody.pdf", "labels.pdf"),
    "organisations": ("dossier.pdf", "dossier.xlsx"),
}.items():
    for page in pages:
        PAGES[f"{noun}/<str:name>/{page}"] = [
            *((f"/{noun}/{name}/{page}", who) for name, who in NOUNS[noun]),
            (f"/{noun}/{NOT_THERE}/{page}", all_get(404)),
        ]
PAGES["specimens/<str:name>/report.pdf"] += [
    ("/specimens/KND-2026-AMBER/report.pdf?for=agencies", AMBER),
    ("/specimens/KND-2026-CLEAR/report.pdf?language=fr", all_get(400)),
]

# Searches kept by name, and collections.
for noun in ("saved-searches", "collections"):
    PAGES[f"{noun}/"] = [(f"/{noun}/", ANYBODY)]
    for more in ("", "history/"):
        PAGES[f"{noun}/<str:name>/{more}"] = [
            *((f"/{noun}/{name}/{more}", who) for name, who in NOUNS[noun]),
            (f"/{noun}/{NOT_THERE}/{more}", all_get(404)),
        ]
    for page in ("delete", "restore"):
        PAGES[f"{noun}/<str:name>/{page}/"] = [(f"/{noun}/{NOT_THERE}/{page}/", POST_ONLY)]
PAGES["saved-searches/<str:name>/look/"] = [(f"/saved-searches/{NOT_THERE}/look/", POST_ONLY)]
PAGES["collections/<str:name>/items/<uuid:pk>/"] = [(f"/collections/{NOT_THERE}/items/{NOT_THERE}/", POST_ONLY)]
PAGES["collections/gather/"] = [
    ("/collections/gather/?component={components[strict].reference}", Who(200, 200, 200, 200, 404, 404, 403)),
    ("/collections/gather/?noun=components&query=kind%3Dpart", KEEPING),
    ("/collections/gather/?noun=secrets", Who(404, 404, 404, 404, 404, 404, 403)),
]

# An opinion may be given on another agency's component too.
IDENTIFIERS = CHANGERS | {AMBER: Who(200, 200, 403, 403, 200, 404, 403), RED: Who(200, 404, 403, 403, 200, 404, 403)}
for page in ("identify", "readings"):
    PAGES[f"components/<str:name>/{page}/"] = [
        (f"/components/{name}/{page}/", IDENTIFIERS[who]) for name, who in NOUNS["components"]
    ]

# Imports are the curators' own; of another agency's there is none.
CURATORS, NO_IMPORT = Who(200, 403, 403, 403, 200, 403, 403), Who(404, 403, 403, 403, 404, 403, 403)
PAGES |= {"imports/": [("/imports/", CURATORS)], "imports/new/": [("/imports/new/", CURATORS)]}
for page in ("", "undo/", "rejected.csv"):
    PAGES[f"imports/<uuid:pk>/{page}"] = [(f"/imports/{NOT_THERE}/{page}", NO_IMPORT)]
for page in ("preview/", "run/", "discard/"):
    PAGES[f"imports/<uuid:pk>/{page}"] = [(f"/imports/{NOT_THERE}/{page}", POST_ONLY)]
