"""Makers of components that are met often: one name, the seat, other spellings, and what became of them.

The facts stand in `known/makers.txt` and `known/successions.txt`, one a line; their first lines say how to read them.
The seat is where the maker has or had its head office, not where its parts are made.
"""

from dataclasses import dataclass
from pathlib import Path

from catalogue.markings.letters import slug_of

_KNOWN = Path(__file__).parent / "known"


@dataclass(frozen=True)
class Succession:
    """What became of a maker; `sentence` tells it with year and source. `successor` is a slug; `year` may be None."""

    successor: str
    year: int | None
    sentence: str
    source: str


@dataclass(frozen=True)
class Maker:
    """A known maker; `seat` is ISO alpha-2. `former` and `brands` are the other names of that kind."""

    name: str
    slug: str
    seat: str
    other_names: tuple[str, ...]
    former: tuple[str, ...]
    brands: tuple[str, ...]
    succession: Succession | None


def _rows(name: str) -> list[list[str]]:
    """Cells of the lines of a file of facts."""
    lines = (_KNOWN / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


def _read_successions() -> dict[str, Succession]:
    found = {}
    for pair, year, event, source in _rows("successions.txt"):
        maker, successor = (name.strip() for name in pair.split(">"))
        when = f" in {year}" if year else ""
        sentence = f"{maker} {event} {successor}{when} (source: {source})"
        found[slug_of(maker)] = Succession(slug_of(successor), int(year) if year else None, sentence, source)
    return found


def _read_makers() -> dict[str, Maker]:
    successions, found = _read_successions(), {}
    for name, seat, others in _rows("makers.txt"):
        marked = [other.strip() for other in others.split(";") if other.strip()]
        slug = slug_of(name)
        found[slug] = Maker(
            name=name,
            slug=slug,
            seat=seat,
            other_names=tuple(other.lstrip("=*") for other in marked),
            former=tuple(other[1:] for other in marked if other.startswith("=")),
            brands=tuple(other[1:] for other in marked if other.startswith("*")),
            succession=successions.get(slug),
        )
    return found


KNOWN: dict[str, Maker] = _read_makers()
