"""An invented catalogue of any size: the same seed and size give the same rows, to the last identifier.

Firms, systems, markings and agencies are made up. Nothing here touches a database: every table is a list of
columns and an iterator of rows, ready for `COPY`.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from uuid import UUID

SEED = 20260
MAKERS, PARTS, SYSTEMS, SPECIMENS, RECORDS = 400, 20_000, 44, 2_000, 5_000
AGENCIES = 12
OWNER, WATCH = 1, AGENCIES  # the agency that sees nearly everything, and the one that sees next to nothing
SEEN_BY_WATCH = 100  # rows: 0.01 % of a million
LARGE, SMALL, UNIDENTIFIED = 0.15, 0.001, 0.08  # shares of all components
START = datetime(2022, 3, 1, tzinfo=UTC)
CLEAR, GREEN, AMBER, STRICT, RED = range(5)

HEADS = [
    "Nord",
    "Alder",
    "Quill",
    "Tern",
    "Brack",
    "Ostra",
    "Vel",
    "Karst",
    "Lumen",
    "Pall",
    "Rook",
    "Sable",
    "Thorn",
    "Umber",
    "Wick",
    "Yarrow",
    "Zeph",
    "Corvid",
]
MIDDLES = ["wind", "feather", "bridge", "field", "haven", "stone", "light", "moor", "gate", "mark", "spring", "water"]
TAILS = ["Semiconductor", "Devices", "Instruments", "Halbleiter", "Microsystems", "Electronics", "Components"]
COUNTRIES = ["US", "US", "US", "US", "DE", "JP", "TW", "CN", "KR", "NL", "CH", "GB", "FR", "IT", "CA"]
# Jurisdiction, day, and which parts an invented control covers, every tenth from the one given; None: not recorded.
CONTROLS_APART = 10
CONTROLS = [
    ("US", "2022-02-24", 0), ("US", "2022-09-01", 3), ("US", "2023-05-19", None), ("EU", "2022-02-26", 1),
    ("EU", "2022-07-21", 4), ("JP", "2022-03-18", 2), ("CH", "2022-03-04", None), ("TW", "2022-04-06", 5),
]  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """Who may see a row, as the database interns it: level, agencies and readers (None: any)."""

    level: int
    agencies: frozenset | None = None
    readers: frozenset | None = None

    def meet(self, other):
        """Who may see both: the rule of `catalogue_meet`, so that the loaded rows agree with the triggers."""
        return Audience(
            max(self.level, other.level), both(self.agencies, other.agencies), both(self.readers, other.readers)
        )

    def admits(self, user, agency):
        """Whether the user, with no ceiling, may see it: the rule of `catalogue_may_see`."""
        return (self.agencies is None or agency in self.agencies) and (self.readers is None or user in self.readers)


def both(one, other):
    """The readers two lists have in common; None stands for everybody."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def audiences():
    """The 59 audiences of the invented catalogue, in the order of their numbers."""
    mine = frozenset({OWNER})
    others = range(2, AGENCIES + 1)
    found = [Audience(CLEAR), Audience(GREEN), Audience(AMBER, mine), Audience(STRICT, mine)]
    found += [Audience(level, mine | {other}) for level in (AMBER, STRICT) for other in others]
    found += [Audience(level, frozenset({other})) for level in (AMBER, STRICT) for other in others]
    found += [Audience(RED, mine, frozenset(range(1, last + 1))) for last in range(1, 12)]
    return found


@dataclass
class Table:
    """Rows for one `COPY`: the table's name without its prefix, its columns, an iterator of tuples."""

    name: str
    columns: list
    rows: object


@dataclass
class World:
    """The plan of one size. `tables()` gives everything but the audiences, parents before children."""

    size: int
    seed: int = SEED
    audiences: list = field(default_factory=audiences)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        # 1 and 2 are CLEAR and GREEN; the catalogue keeps the numbers up to 16 for its own.
        self.number = {audience: n if n < 3 else n + 14 for n, audience in enumerate(self.audiences, 1)}
        self.clear, self.strict = Audience(CLEAR), Audience(STRICT, frozenset({OWNER}))
        self.moment = START
        self.makers = [self.maker(n) for n in range(MAKERS)]
        self.shares = shares()
        self.systems = [(self.identifier(), f"kestrel-{n}", f"Kestrel {n}") for n in range(1, SYSTEMS + 1)]
        self.parts = [self.part(n) for n in range(PARTS)]
        self.parts_of = {}
        for part, maker, _ in self.parts:
            self.parts_of.setdefault(maker, []).append(part)
        self.records = [self.identifier() for _ in range(RECORDS)]
        self.specimens = [self.specimen(n) for n in range(SPECIMENS)]

    # Records of which there are few

    def identifier(self):
        """A UUIDv7 (RFC 9562) of the world's clock, which goes on with every call."""
        self.moment += timedelta(milliseconds=7)
        stamp = int(self.moment.timestamp() * 1000)
        high = stamp << 16 | 0x7000 | self.random.getrandbits(12)
        return str(UUID(int=high << 64 | 0b10 << 62 | self.random.getrandbits(62)))

    def maker(self, n):
        """(id, slug, name, country) of the maker of rank `n`."""
        name = f"{HEADS[n % 18]}{MIDDLES[n // 18 % 12]} {TAILS[(n + n // 7) % 7]}"
        return self.identifier(), f"{name.lower().replace(' ', '-')}-{n}", name, COUNTRIES[n % len(COUNTRIES)]

    def part(self, n):
        """(id, rank of its maker, number); every maker has some."""
        maker = n if n < MAKERS else int(MAKERS * self.random.random() ** 3)
        return self.identifier(), maker, f"{chr(65 + maker % 26)}{chr(65 + n % 26)}{100 + n}-{n % 97:02}"

    def specimen(self, n):
        """(id, reference, system, owner, audience): mostly the owner's, a twentieth also the watching agency's."""
        other = self.random.randrange(2, AGENCIES)
        mine = frozenset({OWNER})
        kinds = {
            self.strict: 40,
            Audience(AMBER, mine): 20,
            Audience(AMBER, mine | {other}): 20,
            Audience(STRICT, mine | {other}): 14,
            Audience(AMBER, frozenset({other})): 1,
            Audience(AMBER, mine | {WATCH}): 2,
            Audience(GREEN): 2,
            self.clear: 1,
        }
        audience = self.random.choices(list(kinds), list(kinds.values()))[0]
        owner = next(iter(audience.agencies)) if audience.agencies and OWNER not in audience.agencies else OWNER
        system = self.systems[int(SYSTEMS * self.random.random() ** 2)][0]
        return self.identifier(), f"{agency_code(owner)}-2026-{n:04X}", system, owner, audience

    def tables(self):
        """Every table in the order in which it can be loaded."""
        handled = ["id", "owner_id", "declared_id", "audience_id"]
        public = (OWNER, 1, 1)
        yield Table(
            "organisation",
            [*handled, "slug", "name", "kind_id", "country_id"],
            ((i, *public, slug, name, "company", country) for i, slug, name, country in self.makers),
        )
        yield Table(
            "part",
            [*handled, "manufacturer_id", "number"],
            ((i, *public, self.makers[maker][0], number) for i, maker, number in self.parts),
        )
        yield Table(
            "weaponsystem",
            [*handled, "slug", "name", "kind_id", "is_product"],
            ((i, *public, slug, name, "other", "f") for i, slug, name in self.systems),
        )
        source = self.identifier()
        yield Table(
            "source",
            [*handled, "slug", "title", "kind_id", "reliability"],
            [(source, *public, "invented-register", "An invented register", "other", "F")],
        )
        yield Table(
            "publishedrecord",
            [*handled, "source_id", "entry_id", "text", "url", "row", "row_sha256"],
            (
                (i, *public, source, f"inv-{n}", f"Part {n}", f"https://register.example/{n}", "{}", "0" * 64)
                for n, i in enumerate(self.records)
            ),
        )
        dates = ["recovered", "recovered_from", "recovered_to"]
        columns = [*handled, "reference", "system_id", "kind", "title", "review", *dates]
        yield Table("specimen", columns, self.specimen_rows())
        yield Table("component", [*handled, *COMPONENT], self.components())
        controls = [(self.identifier(), *control) for control in CONTROLS]
        columns = ["slug", "regime_id", "jurisdiction_id", "instrument", "title", "kind", "effective"]
        yield Table(
            "controlevent",
            [*handled, *columns, "effective_from", "effective_to"],
            (
                (i, *public, f"order-{n}", "ear", where, f"Order {n}", f"Order {n}", "control", day, day, day)
                for n, (i, where, day, _covers) in enumerate(controls)
            ),
        )
        yield Table(
            "controlscope",
            [*handled, "control_id", "recorded", "part_id"],
            (
                (self.identifier(), *public, control, "t" if part else "f", part)
                for control, _where, _day, covers in controls
                for part in (
                    [found[0] for found in self.parts[covers::CONTROLS_APART]] if covers is not None else [None]
                )
            ),
        )

    def specimen_rows(self):
        """Rows of the specimens, recovered over three years."""
        for n, (i, reference, system, owner, audience) in enumerate(self.specimens):
            day = date(2022, 3, 1) + timedelta(days=n % 1_000)
            number = self.number[audience]
            yield (
                *(i, owner, number, number, reference, system, "single", f"Wreck {reference}", "draft"),
                *(day.isoformat(), day, day),
            )

    # Components: as many as asked for

    def components(self):
        """Rows of the components, oldest first, with the projection of their identifications."""
        pick, wide, every_specimen = self.random, *self.split_specimens()
        every = self.size // SEEN_BY_WATCH
        ranks = iter(())
        step = timedelta(days=1_600) / self.size
        last_board, counts = {}, {}
        texts = Texts(pick)
        for n in range(self.size):
            if n % 10_000 == 0:
                ranks = iter(pick.choices(range(-1, MAKERS), cum_weights=self.shares, k=10_000))
            self.moment += step
            seen_by_watch = n % every == every // 2
            among = wide if seen_by_watch else every_specimen
            specimen = among[int(len(among) * pick.random() ** 1.3)]
            i = self.identifier()
            declared, audience = self.handling(specimen, n, seen_by_watch)
            board = None if seen_by_watch or n % 5 < 2 else last_board.get(specimen[0])
            if board:
                audience = audience.meet(board[1])
            kind = "board" if n % 40 == 7 and not seen_by_watch else "part"
            if kind == "board":
                last_board[specimen[0]] = (i, audience)
            count = counts[specimen[0]] = counts.get(specimen[0], 0) + 1
            rank = self.rank_for_watch(n // every) if seen_by_watch else next(ranks)
            yield (
                *(i, specimen[3], self.number[declared], self.number[audience], self.moment),
                *(self.moment, f"{specimen[1]}-{count}", specimen[0], board and board[0]),
                *(self.records[n % RECORDS] if n % 50 == 0 else None, kind),
                *(self.makers[rank][0] if rank >= 0 else None, self.part_for(rank, n)),
                *texts.of(n, rank),
            )

    def split_specimens(self):
        """(specimens that the watching agency may see, all specimens)."""
        return [s for s in self.specimens if s[4].admits(None, WATCH)], self.specimens

    @staticmethod
    def rank_for_watch(n):
        """The maker of the watching agency's row `n`: six in ten are the large one's, so that its page is full."""
        return ASKED["large" if n % 10 < 6 else "middling" if n % 10 < 8 else "small"]

    def handling(self, specimen, n, seen_by_watch):
        """(declared, resulting) audience of component `n`: the specimen's, or narrower."""
        bound = specimen[4]
        if seen_by_watch:
            return bound, bound
        if OWNER not in (bound.agencies or (OWNER,)):
            return bound, bound
        if n % 60 == 0:
            red = self.audiences[48 + n // 60 % 11]
            return red, red.meet(bound)
        if n % 4 == 0 or bound.admits(None, WATCH):
            return self.strict, self.strict.meet(bound)
        return bound, bound

    def part_for(self, rank, n):
        """A part of the maker for five rows of six."""
        if rank < 0 or n % 6 == 0:
            return None
        parts = self.parts_of[rank]
        return parts[n % len(parts)]


COMPONENT = [
    "created_at",
    "updated_at",
    "reference",
    "specimen_id",
    "parent_id",
    "published_record_id",
    "kind",
    "manufacturer_id",
    "part_id",
    "basis",
    "name",
    "designator",
    "marking",
    "marking_state",
    "published_text",
    "quantity",
    "date_code",
    "made",
    "made_from",
    "made_to",
    "marked_country_id",
    "grade",
    "authenticity",
    "note",
]


class Texts:
    """What stands on a component: marking, date code, country, the examiner's words."""

    NAMES = ["Microcontroller", "Voltage regulator", "Receiver board", "Capacitor", "Flash memory", "Connector", ""]
    NOTES = ["", "", "", "Removed with hot air; pins complete.", "Package scratched, print readable under 10×."]

    def __init__(self, pick):
        self.pick = pick
        self.weeks = [self.week(n) for n in range(52 * 12)]

    def week(self, n):
        """(date code YYWW, EDTF interval, first day, last day) of week `n` counted from 2012."""
        first = date.fromisocalendar(2012 + n // 52, n % 52 + 1, 1)
        last = first + timedelta(days=6)
        return f"{(2012 + n // 52) % 100:02}{n % 52 + 1:02}", f"{first}/{last}", first, last

    def of(self, n, rank):
        """The last fifteen columns of COMPONENT for component `n` of the maker of `rank`."""
        dated = n % 3 != 0
        code, made, first, last = self.weeks[int(624 * self.pick.random())] if dated else ("", "", None, None)
        read = n % 7 != 0
        marking = f"{chr(65 + rank % 26)}{1000 + n % 9000}-{rank:03}\n{code} {n % 1679616:X}" if read else ""
        reported = n % 50 == 0
        return (
            *("reported" if reported else "observed", self.NAMES[n % 7], f"U{n % 90}" if n % 2 else "", marking),
            *("read" if read else "not-recorded", f"Chip {n} of the register" if reported else ""),
            *(1 if n % 4 else None, code, made, first, last, "TW" if n % 3 == 1 else None),
            *("industrial" if n % 5 == 0 else "", "not-examined", self.NOTES[n % 5]),
        )


def shares():
    """Cumulative weights: unidentified, the largest maker, the rest by Zipf's law, the smallest."""
    rest = [1 / (n + 2) for n in range(MAKERS - 2)]
    scale = (1 - LARGE - SMALL - UNIDENTIFIED) / sum(rest)
    return list(accumulate([UNIDENTIFIED, LARGE, *(share * scale for share in rest), SMALL]))


def agency_code(number):
    """The code that begins the references of an agency's specimens."""
    return "LAB" if number == OWNER else f"AG{chr(63 + number)}"


# The three makers whose lists are asked for, by rank: 15 %, about 1.5 % and 0.1 % of the components.
ASKED = {"large": 0, "middling": 8, "small": MAKERS - 1}
