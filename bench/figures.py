"""Figures, each beside its limit, and the table they make."""

import statistics
import time
from dataclasses import dataclass


@dataclass
class Figure:
    """One measured value. `limit` is (sign, value) with sign "≤" or "≥", or None when it is only told."""

    what: str
    value: float
    unit: str
    limit: tuple | None = None
    note: str = ""

    @property
    def held(self):
        """Whether the limit holds; None without one."""
        if self.limit is None:
            return None
        sign, bound = self.limit
        return self.value <= bound if sign == "≤" else self.value >= bound

    def cells(self):
        """What stands in the table's row."""
        wanted = "" if self.limit is None else f"{self.limit[0]} {spelt(self.limit[1])} {self.unit}".strip()
        mark = {None: "", True: "✓", False: "✗"}[self.held]
        return [self.what, f"{spelt(self.value)} {self.unit}".strip(), wanted, mark, self.note]


def spelt(number):
    """Three digits that matter, thousands set apart."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def table(figures):
    """A Markdown table, padded so that it is also read well in a terminal."""
    rows = [["measured", "value", "limit", "", "note"], *(figure.cells() for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def timed(call, times, warm=8):
    """Seconds of `times` calls, after some that do not count."""
    for _ in range(warm):
        call()
    return [clocked(call) for _ in range(times)]


def clocked(call):
    """Seconds of one call."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def middle(seconds):
    """Median in milliseconds."""
    return statistics.median(seconds) * 1000


def slow(seconds):
    """95th percentile in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000
