"""How well markings are read: counts over a file of markings whose truth is known, with Wilson's interval."""

from dataclasses import dataclass, field
from datetime import date

from catalogue.markings.lookalikes import skeleton
from catalogue.markings.reading import CONFIDENT, Reading, read_marking
from catalogue.markings.score_names import wilson

COLUMNS = ("source_id", "marking", "manufacturer", "true_mpn", "base_part", "date_code")
FIGURES = {
    "mpn first": "MPN right at first place",
    "mpn three": "MPN right among the first three",
    "base": "Base part right",
    "dates wrong": "Dates given that are wrong",
    "dates missed": "Dates present that are missed",
    "confident wrong": "Confident answers that are wrong",
}


@dataclass(slots=True)
class Score:
    """How often a figure holds, of how many; the ends of its 95 % interval are shares of one."""

    hits: int = 0
    of: int = 0

    def count(self, hit: bool) -> None:
        self.hits, self.of = self.hits + hit, self.of + 1

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 %; the whole range when nothing was counted."""
        return wilson(self.hits, self.of)


@dataclass
class Result:
    """The figures, and every row that was not read as it should be, with what was read."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in FIGURES})
    misses: list[tuple[dict, list[Reading]]] = field(default_factory=list)


def score(rows: list[dict], today: date | None = None) -> Result:
    """Read every row's marking and compare. Look-alikes, case and separators make no difference.

    A wrong MPN counts as confident when its score is at least 0.9; the share is of all rows.
    """
    result = Result()
    count = result.scores
    for row in rows:
        readings = read_marking(row["marking"], row["manufacturer"], today)
        first, wanted = readings[0], skeleton(row["true_mpn"])
        right = skeleton(first.mpn) == wanted
        base = skeleton(first.base_part) == skeleton(row["base_part"])
        dated = first.date_code == row["date_code"]
        count["mpn first"].count(right)
        count["mpn three"].count(any(skeleton(reading.mpn) == wanted for reading in readings[:3]))
        count["base"].count(base)
        count["confident wrong"].count(first.score >= CONFIDENT and not right)
        if first.date_code:
            count["dates wrong"].count(not dated)
        if row["date_code"]:
            count["dates missed"].count(not dated)
        if not (right and base and dated):
            result.misses.append((row, readings))
    return result
