"""One small world: Olena of the laboratory, Piet of a partner agency, Sam the stranger, and invented firms.

The laboratory (KND) has a specimen at each level. Piet's agency is released the AMBER one; RED names Piet.
"""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone

from catalogue.actions.absences import mark_absent
from catalogue.actions.claims import record_claim
from catalogue.actions.collections import gather, record_collection
from catalogue.actions.components import record_component
from catalogue.actions.custody import record_custody
from catalogue.actions.examinations import record_examination
from catalogue.actions.figures import cite_figure
from catalogue.actions.legs import record_leg
from catalogue.actions.listings import record_listing
from catalogue.actions.organisations import record_organisation
from catalogue.actions.published import record_published
from catalogue.actions.record import record
from catalogue.actions.routes import record_route
from catalogue.actions.searches import save_search
from catalogue.actions.sources import record_source
from catalogue.filters.figures import taken
from catalogue.markings.dates import parse
from catalogue.models import Agency, ApiKey, Level, Organisation, Part, Role, Specimen, User, WeaponSystem
from catalogue.security.viewing import RED, Viewer, viewing_as

LEVELS = {
    "clear": Level.CLEAR,
    "green": Level.GREEN,
    "amber": Level.AMBER,
    "strict": Level.STRICT,
    "red": Level.RED,
}


class World:
    def __init__(self):
        self.agencies = {
            slug: Agency.objects.create(uid=uuid.uuid4(), slug=slug, name=name, code=code)
            for slug, name, code in (
                ("laboratory", "Laboratory", "KND"),
                ("partner", "Partner agency", "PTN"),
                ("stranger", "Somebody else", "STR"),
            )
        }
        self.users = {
            name: User.objects.create(username=name, agency=self.agencies[agency], role=role, examiner=name[:2].upper())
            for name, agency, role in (
                ("olena", "laboratory", Role.CURATOR),
                ("taras", "laboratory", Role.ANALYST),
                ("rita", "laboratory", Role.READER),
                ("ada", "laboratory", Role.ADMINISTRATOR),
                ("piet", "partner", Role.CURATOR),
                ("sam", "stranger", Role.ANALYST),
            )
        }
        for name in self.users:
            self.key(name)
        with viewing_as(self.viewer("olena")):
            self.fill()
            self.fill_routes()
            self.fill_custody()
            self.fill_finds()
            self.fill_figures()

    def fill(self):
        olena, partner = self.viewer("olena"), self.agencies["partner"].pk
        self.makers = {
            name: record_organisation(name=title, country_id=country, actor=olena, handling=Level.CLEAR)
            for name, title, country in (
                ("acme", "Acme Semiconductor", "US"),
                ("volta", "Volta Elektronik", "DE"),
            )
        }
        self.system = record(
            WeaponSystem,
            [{"slug": "kite", "name": "Kite", "kind_id": "uav"}],
            actor=olena,
            handling=Level.CLEAR,
        )[0]
        self.part = record(
            Part,
            [{"manufacturer": self.makers["acme"], "number": "ACM-3221"}],
            actor=olena,
            handling=Level.CLEAR,
        )[0]
        self.specimens, self.components = {}, {}
        for name, level in LEVELS.items():
            seen = {
                "handling": level,
                "released_to": [partner] if level == Level.AMBER else [],
                "readers": [self.users["piet"].pk] if level == Level.RED else [],
            }
            self.specimens[name] = record(
                Specimen,
                [{"system": self.system, "reference": f"KND-2026-{name.upper()}", "kind": "single"}],
                actor=olena,
                **seen,
            )[0]
            self.components[name] = record_component(
                specimen=self.specimens[name],
                marking=f"ACM-3221\n{name.upper()} 2231",
                manufacturer=self.makers["acme"],
                part=self.part,
                confidence="high",
                actor=olena,
                handling=Level.CLEAR,
            )

    def fill_finds(self):
        """A search that the laboratory keeps, and its collection of a component."""
        olena = self.viewer("olena")
        self.search = save_search(name="Ours of Acme", noun="components", query="maker=acme", actor=olena)
        self.collection = record_collection(name="Of one batch", note="Date code 2231.", actor=olena)
        items, _there = gather(
            collection=self.collection, records=[self.components["clear"]], note="The first.", actor=olena
        )
        self.item = items[0]

    def fill_routes(self):
        """How Kite may be supplied: by sea, which anybody may read; by rail, which the laboratory keeps."""
        public = {"actor": self.viewer("olena"), "handling": Level.CLEAR}
        self.source = record_source(title="Harbour report", kind_id="press", reliability="B", **public)
        cited = [{"source": self.source, "locator": "p. 4", "credibility": "2"}]
        self.legs = {
            "sold": record_leg(
                status="documented",
                sender=self.makers["acme"],
                receiver_known="a distributor that the invoice does not name",
                goods=[{"part": self.part, "declared_as": "Радіодеталі", "quantity": 40, "unit_id": "C62"}],
                citations=cited,
                **public,
            ),
            "landed": record_leg(
                status="inferred", sender_known="the same distributor", receiver_known="unknown", **public
            ),
            "railed": record_leg(status="alleged", sender=self.makers["volta"], actor=self.viewer("olena")),
        }
        self.routes = {
            "sea": record_route(
                title="Kite by sea",
                system=self.system,
                confidence="low",
                legs=[{"leg": self.legs["sold"]}, {"leg": self.legs["landed"]}],
                evidence=[{"part": self.part, "why": "Found in Kite and named on the invoice."}],
                citations=cited,
                **public,
            ),
            "rail": record_route(
                title="Kite by rail",
                system=self.system,
                legs=[{"leg": self.legs["railed"]}],
                actor=self.viewer("olena"),
            ),
        }
        self.listing = record_listing(
            organisation=self.makers["volta"], authority="Ministry of Trade", list="Control list",
            listed=parse("2023-05"), citations=cited, **public,
        )  # fmt: skip
        self.published = record_published(
            source=self.source, entry_id="EX-1", text="=ACM-3221, мікросхема", manufacturer="Acme",
            recovered_in="Kite", **public,
        )  # fmt: skip

    def fill_custody(self):
        """How the specimen that the laboratory keeps came to it, and what was looked for in it and not found."""
        noon = datetime(2026, 5, 4, 9, tzinfo=UTC)
        self.custody = record_custody(
            specimen=self.specimens["strict"], kind="collected", happened_at=noon, zone="Europe/Kyiv",
            receiver="Laboratory", place="Kyiv", seals="A-1", actor=self.viewer("olena"),
        )  # fmt: skip
        self.examination = record_examination(
            specimen=self.specimens["green"], reference="EX-1/2026", consignor="A sergeant", actor=self.viewer("olena")
        )
        self.absence, _new = mark_absent(
            specimen=self.specimens["strict"], expected=self.components["clear"], actor=self.viewer("olena")
        )

    def fill_figures(self):
        """What of the laboratory's components is published, as it counted them for itself."""
        found = taken("shares", "", viewer=self.viewer("olena"), level=Level.STRICT)
        self.figure = cite_figure(**found, note="A report on Kite", actor=self.viewer("olena"))
        self.claim = record_claim(
            kind="description", text="A trading house.", by="A ministry", actor=self.viewer("olena")
        )

    def viewer(self, name, ceiling=RED):
        user = self.users[name]
        return Viewer(user.pk, user.agency_id, user.role, ceiling)

    def key(self, name, ceiling=RED, suffix="", **more):
        digest = hashlib.sha256(f"key-of-{name}{suffix}".encode()).digest()
        more = {"expires_at": timezone.now() + timedelta(days=1)} | more
        user = self.users[name]
        return ApiKey.objects.create(
            user=user, agency=user.agency, prefix=name[:8], digest=digest, ceiling=ceiling, **more
        )

    def client(self, reader):
        """A client of `reader`; "nobody" has no key."""
        headers = {} if reader == "nobody" else {"Authorization": f"Bearer key-of-{reader}"}
        return Client(headers=headers, raise_request_exception=False)

    def get(self, reader, path, status=200):
        """The JSON answer to GET."""
        response = self.client(reader).get(path)
        assert response.status_code == status, response.content
        return response.json()

    def send(self, reader, method, path, body, status):
        """The JSON answer to POST, PATCH or DELETE."""
        response = getattr(self.client(reader), method)(path, body, content_type="application/json")
        assert response.status_code == status, response.content
        return response.json() if response.content else None

    def organisation(self, slug):
        return Organisation.objects.get(slug=slug)
