"""Recording published entries with all that follows from them, set by set."""

from collections import Counter

from django.db import connection
from django.utils import timezone

from catalogue.markings.dates import PartialDate, parse
from catalogue.models import (
    Agency,
    Component,
    ComponentCitation,
    Identification,
    Import,
    ImportState,
    Level,
    PublishedRecord,
    Specimen,
    SpecimenNumber,
    SystemName,
    WeaponSystem,
)
from catalogue.security.viewing import because

from .bulk import change, load
from .handling import audience
from .published_makers import Makers
from .published_readings import marking_of, propose, propose_anew, reworded
from .published_sources import find_sources, make_sources
from .record import BrokenRule, require, spread
from .references import of_agency, references, tail
from .undo import bring_back, one_at_a_time

UNNAMED = ("Not named", "not-named", "other")


class Publication:
    """One file's rows, planned: [{host, row, sha256, title, maker, quoted}]. `record()` brings all up to them."""

    def __init__(self, rows, *, actor, handling, file, progress, run=None, also=()):
        require(actor, "import")
        self.rows, self.actor, self.progress = rows, actor, progress
        self.file, self.run, self.counts = file, run and run.pk, Counter(also)
        self.declared = audience(level=handling, actor=actor)

    def load(self, model, rows):
        return load(model, rows, actor=self.actor, declared=self.declared)

    def load_named(self, model, rows):
        """As `load`, of rows with slugs; a slug that a hidden record of the agency holds is passed over."""
        try:
            return self.load(model, rows)
        except BrokenRule as broken:
            if not broken.rule.endswith("_slug_once_in_agency"):
                raise
        # Which of them is taken, PostgreSQL does not say; one such meeting is rare enough to rename all.
        return self.load(model, [{**row, "slug": f"{row['slug'][:110]}-{tail().lower()}"} for row in rows])

    def record(self):
        """Record everything; returns how many rows were created, updated and unchanged.

        One import or undoing of an agency waits for another, so that neither takes the other's rows for missing.
        """
        one_at_a_time(self.actor)
        self.sources = find_sources(self.rows)
        self.sort_rows()
        if self.fresh or self.stale or self.run:
            self.begin()
        if self.fresh or self.stale:
            self.progress(f"{len(self.fresh):,} new rows, {len(self.stale):,} changed, recording …")
            make_sources(self)
            touched = self.fresh + self.stale
            self.systems = self.find_or_make_systems(touched)
            self.specimens = self.find_or_make_specimens(touched)
            self.assemblies = self.find_or_make_assemblies(touched)
            self.makers = Makers(touched, self)
            self.record_fresh()
            self.amend_stale()
        if self.run:
            self.finish()
        return self.counts

    def begin(self):
        """The run itself is a record; the history of all it writes names it, so that it can be undone as one."""
        name, sha256 = self.file
        row = {
            "format": "published",
            "file_name": name.rsplit("/", 1)[-1],
            "sha256": sha256,
            "state": ImportState.RUNNING,
            "counts": {},
        }
        self.run = self.run or self.load(Import, [row])[0]
        with connection.cursor() as cursor:
            because(cursor, self.actor, **{"import": str(self.run)})

    def finish(self):
        Import.objects.filter(pk=self.run).update(
            state=ImportState.DONE, counts=dict(self.counts), finished_at=timezone.now()
        )
        self.progress("Recorded.")

    # Which rows are new, changed, known

    def sort_rows(self):
        """Compare with what the agency has: by source and the publisher's identifier, then by the row's digest."""
        known = {
            (source, entry): (pk, digest)
            for pk, source, entry, digest in PublishedRecord.objects.filter(
                owner_id=self.actor.agency, source_id__in=self.sources.values(), voided_at=None
            ).values_list("id", "source_id", "entry_id", "row_sha256")
        }
        self.fresh, self.stale = [], []
        for row in self.rows:
            entry = (self.sources[row["host"]], row["row"]["source_id"])
            row["published"], digest = known.get(entry, (None, None))
            if row["published"] is None:
                self.fresh.append(row)
            elif digest != row["sha256"]:
                self.stale.append(row)
        self.counts.update(
            created=len(self.fresh),
            updated=len(self.stale),
            unchanged=len(self.rows) - len(self.fresh) - len(self.stale),
        )

    # What the titles name

    def find_or_make_systems(self, rows):
        """{slug: id}; parents before variants; names as printed are added where they are missing."""
        titles = {row["title"].slug: row["title"] for row in rows if row["title"]}
        wanted = {slug: (title.system, slug, title.kind, title.parent) for slug, title in titles.items()}
        for title in titles.values():
            if title.parent and title.parent not in wanted:
                wanted[title.parent] = (title.parent.replace("-", " ").capitalize(), title.parent, title.kind, None)
        if any(row["title"] is None for row in rows):
            wanted[UNNAMED[1]] = (*UNNAMED, None)
        found = self.by_slug(WeaponSystem, wanted)
        self.counts["systems"] = len(wanted) - len(found)
        found |= self.missing(WeaponSystem, wanted, found)
        for with_parent in (False, True):
            new = [facts for slug, facts in wanted.items() if slug not in found and bool(facts[3]) == with_parent]
            rows_ = [
                {"name": name, "slug": slug, "kind_id": kind, "parent_id": found.get(parent)}
                for name, slug, kind, parent in new
            ]
            found |= dict(zip((facts[1] for facts in new), self.load_named(WeaponSystem, rows_), strict=True))
        self.name_systems(rows, found)
        return found

    def by_slug(self, model, slugs):
        """{slug: id} of visible records; the agency's own before others', older before newer."""
        rows = model.objects.filter(slug__in=list(slugs), voided_at=None).order_by("-created_at", "-id")
        found = {slug: (pk, owner) for slug, pk, owner in rows.values_list("slug", "id", "owner_id")}
        for slug, pk, owner in rows.values_list("slug", "id", "owner_id"):
            if owner == self.actor.agency:
                found[slug] = (pk, owner)
        return {slug: pk for slug, (pk, _) in found.items()}

    def missing(self, model, wanted, found):
        """{slug: id} of those wanted that are not found, but were recorded by an import that is undone."""
        return bring_back(model, set(wanted) - found.keys(), actor=self.actor, declared=self.declared)

    def name_systems(self, rows, systems):
        wanted = {
            (systems[row["title"].slug], alias.text): alias.language
            for row in rows
            if row["title"]
            for alias in row["title"].aliases
        }
        have = set(
            SystemName.objects.filter(system__in=set(systems.values()), voided_at=None).values_list("system_id", "text")
        )
        self.load(
            SystemName,
            [
                {"system_id": system, "text": text, "language": language, "kind": "published"}
                for (system, text), language in wanted.items()
                if (system, text) not in have
            ],
        )

    def find_or_make_specimens(self, rows):
        """{title: id}: the agency's specimen of that title; one title is one specimen."""
        wanted = {row["row"]["recovered_in"]: row["title"] for row in rows}
        found = dict(
            Specimen.objects.filter(owner_id=self.actor.agency, title__in=list(wanted), voided_at=None)
            .order_by("-created_at")
            .values_list("title", "id")
        )
        new = [(text, title) for text, title in wanted.items() if text not in found]
        prefix = of_agency(Agency.objects.get(pk=self.actor.agency))
        names = references(Specimen, [prefix] * len(new))
        ids = self.load(Specimen, [self.specimen(*item, name) for item, name in zip(new, names, strict=True)])
        made = dict(zip((text for text, _ in new), ids, strict=True))
        self.load(
            SpecimenNumber,
            [
                {"specimen_id": made[text], "kind": number.kind, "text": number.text}
                for text, title in new
                if title
                for number in dict.fromkeys(title.numbers)
            ],
        )
        self.counts["specimens"] = len(made)
        return found | made

    def specimen(self, text, title, reference):
        serials = [n.text for n in title.numbers if n.kind == "serial"] if title else []
        several = sum(n.kind != "series" for n in title.numbers) if title else 0
        row = {
            "reference": reference,
            "title": text,
            "system_id": self.systems[title.slug if title else UNNAMED[1]],
            "kind": title.specimen_kind if title else "unspecified",
            "count": several if title and title.specimen_kind == "group" and several > 1 else None,
            "serial_number": serials[0] if len(serials) == 1 else "",
            "place": (title.place or "") if title else "",
        }
        for name in ("recovered", "produced", "used", "examined"):
            edtf = getattr(title, name, None)
            row |= spread({name: parse(edtf) if edtf else PartialDate("", None, None)})
        return row

    def find_or_make_assemblies(self, rows):
        """{title: id of the assembly it names} within the specimen of that title."""
        wanted = {
            row["row"]["recovered_in"]: row["title"].assembly for row in rows if row["title"] and row["title"].assembly
        }
        have = {
            (specimen, name): pk
            for pk, specimen, name in Component.objects.filter(
                specimen__in=[self.specimens[text] for text in wanted],
                kind="assembly",
                voided_at=None,
                owner_id=self.actor.agency,
            ).values_list("id", "specimen_id", "name")
        }
        new = [(text, name) for text, name in wanted.items() if (self.specimens[text], name) not in have]
        prefixes = dict(
            Specimen.objects.filter(pk__in=[self.specimens[t] for t, _ in new]).values_list("id", "reference")
        )
        names = references(Component, [prefixes[self.specimens[text]] for text, _ in new])
        rows_ = [
            {
                "specimen_id": self.specimens[text],
                "reference": reference,
                "kind": "assembly",
                "basis": "reported",
                "name": name,
            }
            for (text, name), reference in zip(new, names, strict=True)
        ]
        made = dict(zip((text for text, _ in new), self.load(Component, rows_), strict=True))
        return {text: have.get((self.specimens[text], name)) or made[text] for text, name in wanted.items()}

    # The entries themselves

    def verbatim(self, row):
        cells = row["row"]
        return {
            "text": cells["marking"],
            "manufacturer": cells["manufacturer"],
            "country": cells["country"],
            "recovered_in": cells["recovered_in"],
            "url": cells["source_url"],
            "photo_url": cells["photo_url"],
            "last_verified": cells["last_verified"],
            "row": cells,
            "row_sha256": row["sha256"],
        }

    def place(self, row):
        text = row["row"]["recovered_in"]
        return {"specimen_id": self.specimens[text], "parent_id": self.assemblies.get(text)}

    def record_fresh(self):
        rows = self.fresh
        entries = [{"source_id": r["source"], "entry_id": r["row"]["source_id"], **self.verbatim(r)} for r in rows]
        for row, pk in zip(rows, self.load(PublishedRecord, entries), strict=True):
            row["published"] = pk
        self.progress(f"{len(rows):,} published records written.")
        specimens = dict(Specimen.objects.filter(pk__in=set(self.specimens.values())).values_list("id", "reference"))
        names = references(Component, [specimens[self.place(row)["specimen_id"]] for row in rows])
        components = [
            {
                "reference": name,
                **self.place(row),
                "published_record_id": row["published"],
                "basis": "reported",
                "kind": "part",
                "published_text": row["row"]["marking"],
                **marking_of(row),
            }
            for row, name in zip(rows, names, strict=True)
        ]
        for row, pk in zip(rows, self.load(Component, components), strict=True):
            row["component"] = pk
        self.progress(f"{len(rows):,} components written.")
        self.load(
            ComponentCitation,
            [
                {
                    "record_id": r["component"],
                    "source_id": r["source"],
                    "locator": r["row"]["source_url"],
                    "credibility": "6",
                }
                for r in rows
            ],
        )
        self.counts["components"] = len(rows)
        self.identify(rows)
        propose(self, rows)

    def identify(self, rows):
        """Whom the publisher names as maker, accepted as the publisher's word: low confidence, with the reasons."""
        # Seen by whoever sees component, maker and part: a component that is released later keeps its maker.
        load(
            Identification,
            [
                {
                    "component_id": row["component"],
                    "manufacturer_id": self.makers.of(row),
                    "basis_id": "published-attribution",
                    "confidence": "low",
                    "state": "accepted",
                    "identified_by_id": self.actor.user,
                    "reasons": " · ".join(row["maker"].reason),
                }
                for row in rows
                if self.makers.of(row)
            ],
            actor=self.actor,
            declared=audience(level=Level.CLEAR, actor=self.actor),
        )
        self.makers.cite(rows)

    def amend_stale(self):
        """A changed entry: its verbatim row, and of its component only what follows from the changed cells."""
        rows = self.stale
        if not rows:
            return
        before = PublishedRecord.objects.in_bulk([row["published"] for row in rows])
        components = dict(
            Component.objects.filter(published_record__in=before, owner_id=self.actor.agency, voided_at=None)
            .order_by("-created_at")
            .values_list("published_record_id", "id")
        )
        change(PublishedRecord, [{"id": r["published"], **self.verbatim(r)} for r in rows], actor=self.actor)
        moved, told_anew, renamed = [], [], []
        for row in rows:
            old, row["component"] = before[row["published"]], components.get(row["published"])
            if row["component"] is None:
                continue
            if old.recovered_in != row["row"]["recovered_in"]:
                moved.append({"id": row["component"], **self.place(row)})
            if old.text != row["row"]["marking"]:
                told_anew.append(row)
            if old.manufacturer != row["row"]["manufacturer"]:
                renamed.append(row)
        change(Component, moved, actor=self.actor)
        change(Component, list(reworded(told_anew, before)), actor=self.actor)
        Identification.objects.filter(
            component__in=[row["component"] for row in renamed],
            owner_id=self.actor.agency,
            state="accepted",
            basis_id="published-attribution",
            voided_at=None,
        ).update(state="superseded")
        still = set(
            Identification.objects.filter(
                component__in=[row["component"] for row in renamed],
                owner_id=self.actor.agency,
                state="accepted",
                voided_at=None,
            ).values_list("component_id", flat=True)
        )
        self.identify([row for row in renamed if row["component"] not in still])
        only_renamed = [row for row in renamed if row["row"]["marking"] == before[row["published"]].text]
        propose_anew(self, told_anew + only_renamed)
