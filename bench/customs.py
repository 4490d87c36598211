"""Invented customs declarations of any size, with suspected routes hidden in them: the same seed, the same rows.

`python -m bench.customs ROWS FOLDER [--seed N] [--parquet]` writes `shipments.csv` (or `.parquet`) and `truth.csv`.
Every declaration number begins with INVENTED-, and the catalogue takes such files only where nothing else is kept.

A row bears up to three signs: the number of a part that was found in wrecks, by its maker; a firm that is listed; a day
after that firm was listed and after the first controls. Rows of planted routes bear all three (but a quarter of all
descriptions names no number), decoys exactly two, all others one at most. The catalogue's records behind the firms are
`tables()`. What a matcher suggests is judged by `judged()`. This file came before the matcher, and stays as it is.
"""

import argparse
import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from .customs_words import OTHER_GOODS, cyrillic, described, firm, mentioned
from .world import OWNER, Table, World

SEED = 7_031
VARIANTS, UNNUMBERED, WRONG_HS, PLANTED, DECOYS = 0.30, 0.25, 0.15, 0.05, 0.20
ROWS_A_ROUTE = 25
LISTED, KNOWN = 0.03, 0.2  # shares of all firms that are listed, and of others that are recorded
COMMON = 200  # part types that thousands import
FIRST, LAST, CONTROLLED = date(2019, 1, 1), date(2024, 12, 31), date(2022, 2, 24)
LISTED_FROM, LISTED_TO = date(2022, 4, 1), date(2023, 9, 30)
MARK = "INVENTED-"
COLUMNS = [
    "declaration", "line", "date", "direction", "sender", "sender_country", "sender_address", "receiver",
    "receiver_country", "receiver_tax_number", "declarant", "dispatch_country", "origin_country", "destination_country",
    "hs_code", "description", "trademark", "quantity", "unit", "net_kg", "value", "currency", "transport",
]  # fmt: skip
HS = ["854231", "854232", "854233", "854239", "853224", "853221", "852691", "851762", "854129", "854370"]
OTHER_HS = ["841370", "950300", "640399", "848210", "854442", "847130", "392690", "850440", "841480", "903289"]
MIDDLE = ["HK", "CN", "TR", "AE", "KZ", "HK", "CN"]
SELLERS = ["DE", "US", "TW", "SG", "CN"]
PLAIN, NO_PART, WRONG_MAKER, NO_FIRM, BEFORE = "ordinary", "decoy:part", "decoy:maker", "decoy:firm", "decoy:day"


@dataclass(frozen=True, slots=True)
class Route:
    """A planted route: part types that go from a seller to a middle man (seen at customs or not) and on to a buyer."""

    number: int
    parts: tuple
    seller: object
    middle: object
    buyer: object
    first_leg: bool
    begins: date
    ends: date


@dataclass
class Customs:
    """`rows` invented declaration lines over the makers and parts of `world`."""

    rows: int
    seed: int = SEED
    world: World = field(default_factory=lambda: World(1))

    def __post_init__(self):
        self.random = random.Random(self.seed)
        # (number, rank of its maker, code of its class); any of them is in some wreck of the world
        self.parts = [(number, maker, HS[n % 10]) for n, (_, maker, number) in enumerate(self.world.parts)]
        self.makers = [name for _, _, name, _ in self.world.makers]
        count = min(max(600, self.rows // 40), 120_000)
        self.buyers = [firm(n, self.random, "RU") for n in range(count // 2)]
        self.sellers = [firm(n, self.random, self.seat()) for n in range(count // 2, count)]
        for firms in (self.buyers, self.sellers):
            self.list_some(firms)
        self.dangerous = {"buyer": of(self.buyers), "seller": of(self.sellers)}
        self.ordinary = {"buyer": rest(self.buyers), "seller": rest(self.sellers)}
        self.weights = {side: zipf(len(firms)) for side, firms in self.ordinary.items()}
        self.common = zipf(COMMON)
        self.routes = [self.route(n) for n in range(max(8, round(self.rows * PLANTED / ROWS_A_ROUTE)))]

    def seat(self):
        return (MIDDLE if self.random.random() < 0.7 else SELLERS)[int(5 * self.random.random())]

    def list_some(self, firms):
        """List a few firms, give a tenth of the others a name near to one of theirs, and record some of those."""
        span = (LISTED_TO - LISTED_FROM).days
        few = firms[3 :: round(1 / LISTED)]
        for one in few:
            one.listed, one.known = LISTED_FROM + timedelta(days=int(span * self.random.random())), True
        for one in firms:
            if one.listed is None:
                one.known = self.random.random() < KNOWN
                if self.random.random() < 0.1:
                    self.namesake(one, few[int(len(few) * self.random.random())])

    def namesake(self, one, other):
        """Half of a listed firm's name: another trade behind the same first word."""
        for name in ("latin", "cyrillic", "abroad"):
            (head, of_other), trade = getattr(other, name).split(" "), getattr(one, name).split(" ")[1]
            setattr(one, name, f"{head} {trade}" if trade != of_other else f"{head}an {trade}")

    def route(self, number):
        """A planted route: one of its two firms is listed before it begins, or both are."""
        pick = self.random
        parts = tuple(self.any_part(0.3) for _ in range(1 + int(2.5 * pick.random() ** 2)))
        buyer = chosen(self.dangerous["buyer"] if pick.random() < 0.75 else self.ordinary["buyer"], pick)
        middle = chosen(
            self.dangerous["seller"] if buyer.listed is None or pick.random() < 0.4 else self.ordinary["seller"], pick
        )
        listed = max(day for day in (buyer.listed, middle.listed) if day)
        begins = listed + timedelta(days=5 + int((LAST - listed).days * 0.4 * pick.random()))
        ends = min(LAST, begins + timedelta(days=60 + int(300 * pick.random())))
        seller = chosen(self.ordinary["seller"], pick)
        return Route(number, parts, seller, middle, buyer, pick.random() < 0.4, begins, ends)

    def any_part(self, common=0.5):
        """A part type, one of the few that everybody imports in a share of the cases."""
        if self.random.random() < common:
            return self.parts[self.random.choices(range(COMMON), cum_weights=self.common)[0]]
        return self.parts[int(len(self.parts) * self.random.random())]

    # Rows

    def shipments(self):
        """(the cells of one row, what it is): "route:N", the kind of a decoy, or "ordinary"."""
        for n in range(self.rows):
            draw = self.random.random()
            if draw < PLANTED:
                yield self.planted(n)
            elif draw < PLANTED + DECOYS:
                yield self.decoy(n)
            else:
                yield self.plain(n)

    def planted(self, n):
        route = chosen(self.routes, self.random)
        part = chosen(route.parts, self.random)
        sender, receiver = route.middle, route.buyer
        day = between(route.begins, route.ends, self.random)
        if route.first_leg and self.random.random() < 0.3:
            sender, receiver = route.seller, route.middle
            day = max(route.begins, day - timedelta(days=20))
        return self.row(n, day, sender, receiver, [part], self.makers[part[1]]), f"route:{route.number}"

    def decoy(self, n):
        """All signs but one."""
        pick = self.random
        kind = chosen((NO_PART, WRONG_MAKER, NO_FIRM, NO_FIRM, BEFORE, BEFORE), pick)
        buyer, seller = self.usual("buyer"), self.usual("seller")
        if kind == NO_FIRM:
            part = self.any_part()
            return self.row(n, between(CONTROLLED, LAST, pick), seller, buyer, [part], self.makers[part[1]]), kind
        if pick.random() < 0.6:
            listed = buyer = chosen(self.dangerous["buyer"], pick)
        else:
            listed = seller = chosen(self.dangerous["seller"], pick)
        if kind == BEFORE:
            part = self.any_part()
            return self.row(n, between(FIRST, CONTROLLED, pick), seller, buyer, [part], self.makers[part[1]]), kind
        day = between(listed.listed, LAST, pick)
        if kind == NO_PART:
            part = (self.unknown_number(), int(len(self.makers) * pick.random()), chosen(HS, pick))
            return self.row(n, day, seller, buyer, [part], self.makers[part[1]]), kind
        part = self.any_part()
        other = self.makers[(part[1] + 1 + int((len(self.makers) - 1) * pick.random())) % len(self.makers)]
        return self.row(n, day, seller, buyer, [part], other, named=True), kind

    def plain(self, n):
        """One sign at most: mostly other goods, else parts before the controls, or numbers that nobody has found."""
        pick, buyer, seller = self.random, self.usual("buyer"), self.usual("seller")
        draw = pick.random()
        if draw < 0.6:
            number = f"{chr(65 + int(26 * pick.random()))}{int(9000 * pick.random()) + 100}"
            part = (number, None, chosen(OTHER_HS, pick))
            return self.row(n, between(FIRST, LAST, pick), seller, buyer, [part], "", goods=OTHER_GOODS), PLAIN
        if draw < 0.8:
            part = self.any_part()
            return self.row(n, between(FIRST, CONTROLLED, pick), seller, buyer, [part], self.makers[part[1]]), PLAIN
        part = (self.unknown_number(), int(len(self.makers) * pick.random()), chosen(HS, pick))
        return self.row(n, between(FIRST, LAST, pick), seller, buyer, [part], self.makers[part[1]]), PLAIN

    def usual(self, side):
        """An ordinary firm, the largest first by Zipf's law."""
        firms = self.ordinary[side]
        return firms[self.random.choices(range(len(firms)), cum_weights=self.weights[side])[0]]

    def unknown_number(self):
        """A number built like those of the world's parts, of a part that it does not have."""
        pick = self.random
        letters = chr(65 + int(26 * pick.random())) + chr(65 + int(26 * pick.random()))
        return f"{letters}{30_000 + int(60_000 * pick.random())}-{int(97 * pick.random()):02}"

    def row(self, n, day, sender, receiver, parts, maker, *, named=False, goods=None):
        """The cells of one row. `named`: the maker is told, whatever the chance."""
        pick = self.random
        hs = parts[0][2] if pick.random() >= WRONG_HS else chosen(OTHER_HS if parts[0][2] in HS else HS, pick)
        told = named or pick.random() < 0.6
        numbers = [part[0] for part in parts] if pick.random() >= UNNUMBERED else []
        if numbers and goods is None and pick.random() < 0.25:  # others in the same line
            numbers += [self.unknown_number() for _ in range(1 + int(2 * pick.random()))]
            pick.shuffle(numbers)
        said = described(numbers, maker if told else "", pick, *([goods] if goods else []))
        quantity = 1 + int(5_000 * pick.random() ** 3)
        home = receiver.country == "RU"
        origin = chosen(SELLERS, pick) if pick.random() < 0.8 else sender.country
        return (
            f"{MARK}{n:010}", 1 + n % 4, day.isoformat(), "import" if home else "export",
            mentioned(sender, pick, VARIANTS), sender.country, sender.city,
            mentioned(receiver, pick, VARIANTS), receiver.country,
            receiver.tax_number if pick.random() < 0.5 else "", "", sender.country, origin, receiver.country,
            f"{hs}{int(9_999 * pick.random()):04}" if home else hs, said, maker.upper() if told and maker else "",
            quantity, "796" if home else "PCS", f"{quantity * (0.002 + pick.random() * 0.01):.3f}",
            f"{quantity * (0.5 + 40 * pick.random() ** 4):.2f}", "USD" if pick.random() < 0.7 else "CNY",
            ("40", "30", "10")[int(3 * pick.random())],
        )  # fmt: skip

    # The catalogue's records behind the firms

    def tables(self):
        """Organisations that the catalogue has, their other names, tax numbers, and listings, ready for `COPY`."""
        handled, public = ["id", "owner_id", "declared_id", "audience_id"], (OWNER, 1, 1)
        known = [(self.world.identifier(), one) for one in self.buyers + self.sellers if one.known]
        yield Table(
            "organisation",
            [*handled, "slug", "name", "kind_id", "country_id"],
            ((i, *public, f"firm-{one.number}", one.name, "company", one.country) for i, one in known),
        )
        yield Table(
            "organisationname",
            [*handled, "organisation_id", "text", "language", "script", "kind"],
            (
                (self.world.identifier(), *public, i, other, "", "", "transliteration")
                for i, one in known[::2]
                for other in [one.latin if one.country == "RU" else cyrillic(one.abroad.upper()).capitalize()]
            ),
        )
        yield Table(
            "organisationidentifier",
            [*handled, "organisation_id", "scheme_id", "country_id", "value"],
            ((self.world.identifier(), *public, i, "inn", "RU", one.tax_number) for i, one in known if one.tax_number),
        )
        yield Table(
            "listing",
            [*handled, "organisation_id", "authority", "list", "listed", "listed_from", "listed_to"],
            (
                (self.world.identifier(), *public, i, "An invented office", "invented-list", *[str(one.listed)] * 3)
                for i, one in known
                if one.listed
            ),
        )


def of(firms):
    return [one for one in firms if one.listed]


def rest(firms):
    return [one for one in firms if not one.listed]


def zipf(count):
    """Cumulative weights by Zipf's law."""
    return list(accumulate(1 / (n + 3) for n in range(count)))


def chosen(among, pick):
    return among[int(len(among) * pick.random())]


def between(first, last, pick):
    """A day from the first up to the last, both possible."""
    return first + timedelta(days=int(((last - first).days + 1) * pick.random()))


# Judging


def number_of(declaration):
    """The row that a declaration number is of."""
    return int(declaration.removeprefix(MARK))


def judged(suggestions, truth, first=100):
    """(precision among the `first` suggestions, recall of planted routes, how many routes are planted).

    `suggestions` are sets of row numbers, the likeliest suggestion first; `truth` is {row: what it is}. A suggestion is
    right when more than half of its rows belong to one planted route. A planted route counts when it left at least two
    rows, and is found when a right suggestion among the first three for each planted route is of it: a route may have
    two legs, and more part types than one.
    """
    rows_of = {}
    for row, what in truth.items():
        if what.startswith("route:"):
            rows_of.setdefault(what, []).append(row)
    planted = {what for what, rows in rows_of.items() if len(rows) > 1}
    right, found = 0, set()
    for rank, rows in enumerate(suggestions):
        if rank >= max(first, 3 * len(planted)):
            break
        kinds = [truth[row] for row in rows]
        route = max(set(kinds), key=kinds.count) if kinds else PLAIN
        if route.startswith("route:") and kinds.count(route) * 2 > len(kinds):
            right += rank < first
            found.add(route)
    return right / first, len(found & planted) / max(1, len(planted)), len(planted)


def write(customs, folder, parquet=False):
    """Write the rows and the truth of them; returns the two files."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    file, truth = folder / "shipments.csv", folder / "truth.csv"
    with file.open("w", encoding="utf-8", newline="") as out, truth.open("w", encoding="utf-8", newline="") as told:
        rows, labels = csv.writer(out), csv.writer(told)
        rows.writerow(COLUMNS)
        labels.writerow(["declaration", "is"])
        for cells, what in customs.shipments():
            rows.writerow(cells)
            labels.writerow([cells[0], what])
    if parquet:
        from pyarrow import csv as table
        from pyarrow import parquet as writer

        told = table.ConvertOptions(column_types=dict.fromkeys(COLUMNS, "string"))
        writer.write_table(table.read_csv(file, convert_options=told), file.with_suffix(".parquet"))
        file.unlink()
        file = file.with_suffix(".parquet")
    return file, truth


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.customs", description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--parquet", action="store_true")
    asked = parser.parse_args(arguments)
    for file in write(Customs(asked.rows, asked.seed), asked.folder, asked.parquet):
        print(file)


if __name__ == "__main__":
    main()
