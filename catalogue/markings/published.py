"""What a published entry quotes of the print, and what its reader proposes: nothing of it is asserted by anybody."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from catalogue.markings.reading import CONFIDENT, LONGEST, Reading, read_marking
from catalogue.markings.stamps import country_of
from catalogue.markings.tokens import Token, tokens_of

LEAST = 0.62  # below it a piece is too little like a number to be taken for print
TRACES = 2  # characters: so short a piece in front of the number belongs to the words (“2 x 2 MAX9152EUE”)


@dataclass(frozen=True)
class Quoted:
    """What is read in a published text. `marking` is the part of it that quotes the print, verbatim; both may be empty.

    `confidence` is an ICD 203 word: moderate where a maker's grammar explains the number, else low, never high,
    since nobody who proposes it has seen the piece.
    """

    marking: str = ""
    reading: Reading | None = None
    confidence: str = ""


@lru_cache(maxsize=4096)
def quoted(text: str, maker: str = "") -> Quoted:
    """What `text`, of a piece by `maker` as published, quotes of the print. Never raises for any text."""
    if not text.strip():
        return Quoted()
    reading = read_marking(text, maker)[0]
    if not (reading.mpn or reading.base_part) or reading.score < LEAST:
        return Quoted()
    marking = _print(text[:LONGEST], maker, reading)
    confidence = "moderate" if reading.score >= CONFIDENT else "low"
    return Quoted(marking, reading, confidence) if marking else Quoted()


def _print(text: str, maker: str, reading: Reading) -> str:
    """The stretch of `text` around the number that holds no words of a description."""
    tokens = tokens_of(text, maker)
    left = Counter((*reading.leftover, reading.date_code))
    number = []
    for token in tokens:
        if token.word or token.family:
            continue
        if left[token.text]:
            left[token.text] -= 1
        else:
            number.append(token.place)
    if not number:
        return ""
    first, last = number[0], number[0]
    while first and _printed(tokens[first - 1]):
        first -= 1
    while last + 1 < len(tokens) and (_printed(tokens[last + 1]) or _between(tokens[last + 1 : last + 3])):
        last += 1
    while first < number[0] and len(tokens[first].text) <= TRACES and not tokens[first].family:
        first += 1
    starts = list(_places(text, tokens))
    begins, ends = starts[first], starts[last] + len(tokens[last].text)
    if text[ends : ends + 1] == ")" and "(" in text[begins:ends]:
        ends += 1
    quote = text[begins:ends]
    opened, closed = quote.find("("), quote.find(")")
    return quote[closed + 1 :].lstrip() if closed >= 0 and not 0 <= opened < closed else quote


def _printed(token: Token) -> bool:
    """Whether a piece stands on the part: a number, a logo, a country."""
    return not token.word or bool(token.family) or bool(country_of([token]))


def _between(tokens: list[Token]) -> bool:
    """Whether a short piece in capitals stands between print and print: `7B38J V6 PHL 7B 306`."""
    return len(tokens) == 2 and tokens[0].text.isupper() and len(tokens[0].text) <= TRACES + 1 and _printed(tokens[1])


def _places(text: str, tokens: list[Token]):
    """Where in `text` each piece begins."""
    at = 0
    for token in tokens:
        at = text.index(token.text, at)
        yield at
        at += len(token.text)
