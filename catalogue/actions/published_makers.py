"""The firms that manufacturer cells name: makers, what the bracket says of them, and firms glued to them."""

from django.db.models import Q

from catalogue.models import Country, Organisation, OrganisationCitation, OrganisationName, OrganisationRelation
from catalogue.queries.named import keys_of

# What a bracket is read as → the kind of name it gives its maker; owners become organisations of their own.
NAMES = {"abbreviation": "abbreviation", "legal-name": "official", "former-name": "former", "brand": "alias"}
OWNERS = ("parent", "later-owner")
GLUED = (
    ("suppliers", "supplier"),
    ("importers", "importer"),
    ("foreign_suppliers", "foreign supplier"),
    ("involved", "involved company"),
)


class Makers:
    """Organisations for the `maker` cells of planned rows; found by slug or name among those visible, else recorded."""

    def __init__(self, rows, publication):
        self.publication = publication
        self.cells = {row["row"]["manufacturer"]: row["maker"] for row in rows if row["maker"]}
        self.firms = {text: firm for row in rows for text, firm in row["firms"].items()}
        self.countries = set(Country.objects.values_list("code", flat=True))
        self.ids = self.find_or_make()
        self.add_names()
        self.relate()

    def of(self, row):
        """Id of the maker a row names, or None."""
        return self.ids[row["maker"].slug] if row["maker"] and row["maker"].slug else None

    def wanted(self):
        """{slug: (name, country)} of makers, owners and glued firms."""
        found = {}
        for cell in self.cells.values():
            if cell.slug:
                seat = cell.seat if cell.seat in self.countries else None
                name, country = found.get(cell.slug, (cell.name, None))
                found[cell.slug] = (name, country or seat)
        for cell in self.cells.values():
            for bracket in cell.bracket:
                if bracket.reading in OWNERS:
                    self.add_firm(found, bracket.text)
            for group, _ in GLUED:
                for name in getattr(cell, group):
                    self.add_firm(found, name)
        return found

    def add_firm(self, found, text):
        slug, name = self.firms[text]
        found.setdefault(slug, (name, None))

    def find_or_make(self):
        wanted = self.wanted()
        found = self.publication.by_slug(Organisation, wanted)
        found |= self.by_name({slug: name for slug, (name, _) in wanted.items() if slug not in found})
        self.publication.counts["organisations"] = len(wanted) - len(found)
        found |= self.publication.missing(Organisation, wanted, found)
        new = [(slug, *facts) for slug, facts in wanted.items() if slug not in found]
        rows = [
            {"slug": slug, "name": name, "country_id": country, "kind_id": "unknown"} for slug, name, country in new
        ]
        made = self.publication.load_named(Organisation, rows)
        return found | dict(zip((item[0] for item in new), made, strict=True))

    def by_name(self, wanted):
        """{slug: id} of the firms that are visible under another slug: just one bears the name, or the printed one."""
        texts = {slug: [name] for slug, name in wanted.items()}
        for cell in self.cells.values():
            if cell.slug in wanted:
                texts[cell.slug].append(cell.printed)
        keys = keys_of({text for names in texts.values() for text in names})
        bearers = {}
        of_key = Q(key__in=keys.values(), voided_at=None)
        firms = Organisation.objects.filter(of_key, canonical=None).values_list("key", "id")
        names = OrganisationName.objects.filter(
            of_key, organisation__voided_at=None, organisation__canonical=None
        ).values_list("key", "organisation_id")
        for key, pk in (*firms, *names):
            bearers.setdefault(key, set()).add(pk)
        found = {}
        for slug, names in texts.items():
            alone = (bearers[keys[text]] for text in names if len(bearers.get(keys[text], ())) == 1)
            if one := next(alone, None):
                (found[slug],) = one
        return found

    def add_names(self):
        """Spellings as published, and what the bracket gives: abbreviation, legal or former name, brand."""
        wanted = {}
        for cell in self.cells.values():
            if not cell.slug:
                continue
            if cell.printed != cell.name:
                wanted[self.ids[cell.slug], cell.printed, "published"] = None
            for bracket in cell.bracket:
                if bracket.reading in NAMES:
                    wanted[self.ids[cell.slug], bracket.text, NAMES[bracket.reading]] = None
        have = set(
            OrganisationName.objects.filter(organisation__in=set(self.ids.values()), voided_at=None).values_list(
                "organisation_id", "text", "kind"
            )
        )
        self.publication.load(
            OrganisationName,
            [
                {"organisation_id": pk, "text": text, "kind": kind}
                for pk, text, kind in wanted
                if (pk, text, kind) not in have
            ],
        )

    def relate(self):
        """Owners named in a bracket: a relation with the reason, since a bracket is interpreted, not trusted."""
        wanted = {}
        for cell in self.cells.values():
            earlier = cell.slug
            for bracket in cell.bracket:
                if bracket.reading not in OWNERS or not earlier:
                    continue
                owner, _ = self.firms[bracket.text]
                if self.ids[owner] != self.ids[earlier]:
                    kind = "acquired" if bracket.reading == "later-owner" else "owns"
                    ends = (earlier, owner) if kind == "acquired" else (owner, earlier)
                    wanted.setdefault((*(self.ids[end] for end in ends), kind), bracket.reason)
                earlier = owner if bracket.reading == "later-owner" else earlier
        have = set(
            OrganisationRelation.objects.filter(subject__in=set(self.ids.values()), voided_at=None).values_list(
                "subject_id", "object_id", "kind_id"
            )
        )
        self.publication.load(
            OrganisationRelation,
            [
                {"subject_id": subject, "object_id": object_, "kind_id": kind, "note": reason}
                for (subject, object_, kind), reason in wanted.items()
                if (subject, object_, kind) not in have
            ],
        )

    def cite(self, rows):
        """Importers and suppliers that stand in the manufacturer's cell: a citation on each such firm."""
        self.publication.load(
            OrganisationCitation,
            [
                {
                    "record_id": self.ids[self.firms[name][0]],
                    "source_id": row["source"],
                    "locator": row["row"]["source_url"],
                    "quote": row["row"]["manufacturer"],
                    "note": f"Named as {role} beside published record {row['row']['source_id']}.",
                }
                for row in rows
                if row["maker"]
                for group, role in GLUED
                for name in dict.fromkeys(getattr(row["maker"], group))
            ],
        )
