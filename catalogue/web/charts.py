"""Charts that are tables: one row a value, its number beside its bar. They need no script and fit a phone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bars:
    """A chart of `values` [(label, number, address of its records)], with its unit and what it does not show."""

    title: str
    note: str
    unit: str
    values: list

    @property
    def greatest(self):
        return max((number for _, number, _ in self.values), default=1)
