"""Reading a marking: from the text as printed, or as published with words around it, to what part it may be.

Readings come best first. A number that fits its maker's grammar is believed most; one read by the general rules
(letters with figures, after the words of a description) less; repaired look-alikes (O/0, I/1, B/8, S/5) are only
ever candidates. Nothing is looked up: equal text gives equal readings.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from catalogue.markings.datecodes import DateReading, date_readings
from catalogue.markings.families import BY_NAME, NO_MAKER, families, is_trace
from catalogue.markings.forms import LIKELY, Form
from catalogue.markings.matching import Match, matches
from catalogue.markings.stamps import country_of, date_in, lot_in, open_date_in
from catalogue.markings.tokens import Token, general_numbers, is_passive, tokens_of

LONGEST = 2_000  # characters read; what is printed on one part is far shorter
MOST_READINGS = 5
CONFIDENT = 0.9
SECOND = 0.45  # at most, of a piece that is built like a number where another looks more like one


@dataclass(frozen=True)
class Reading:
    """One belief about a marking. `score` is 0 to 1; an empty `mpn` with a `base_part` is a top mark.

    `date_code` is empty where nothing decides between readings; `date_readings` may still hold them, none chosen.
    """

    maker: str = ""
    mpn: str = ""
    base_part: str = ""
    score: float = 0.0
    date_code: str = ""
    date_readings: tuple[DateReading, ...] = ()
    lot: str = ""
    marked_country: str = ""
    leftover: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def read_marking(marking: str, maker: str = "", today: date | None = None) -> list[Reading]:
    """Readings of `marking`, best first; never empty: the last resort says that nothing is plausible and why.

    `maker` is a name in any spelling, or empty. Dates after `today` are not given. Never raises for any text; of a
    longer text the first 2,000 characters are read.
    """
    today = today or date.today()
    tokens = tokens_of(marking[:LONGEST], maker)
    own = families(maker) | {token.family for token in tokens if token.family}
    readings = [_stamped(reading, used, tokens, today) for reading, used in _numbers(tokens, own, maker)]
    if not readings:
        readings = [
            _stamped(Reading(maker=maker.strip(), reasons=(_why_none(tokens, maker),)), frozenset(), tokens, today)
        ]
    return _distinct(readings)[:MOST_READINGS]


def _numbers(tokens: list[Token], own: frozenset[str], maker: str) -> list[tuple[Reading, frozenset[int]]]:
    """Part numbers with the tokens each uses up, best first."""
    found = []
    passive = is_passive(tokens, maker)
    for match in matches(tokens, own):
        if not passive or (match.form.belief >= LIKELY and len(match.printed) >= 6 and match.printed[0].isalpha()):
            found += _of_match(match, own, maker)
    reasons = ("letters with figures, as part numbers are built; no maker's grammar tells more",)
    for n, general in enumerate(general_numbers(tokens, maker)):
        if (passive and not general.passive) or is_trace(general.mpn, own):
            continue
        belief = general.belief if n == 0 else min(general.belief * 0.7, SECOND)
        base = general.base if general.part else ""
        found.append((Reading(maker.strip(), general.mpn, base, belief, reasons=reasons), frozenset(general.used)))
    found.sort(key=lambda pair: -pair[0].score)
    return found[:8]


def _of_match(match: Match, own: frozenset[str], maker: str) -> list[tuple[Reading, frozenset[int]]]:
    """The reading a form gives, and the fuller number where letters are left off on the part."""
    rule: Form = match.form
    known = rule.maker in own
    built_like = NO_MAKER.get(rule.maker, f"{rule.maker}'s numbers")
    source = BY_NAME.get(rule.maker, BY_NAME["Other"]).source
    reasons = [f"has the form of {built_like} ({source})"]
    if match.repaired:
        reasons.append(f"“{match.printed}” fits when {match.repaired} are exchanged, which look alike")
    if len(match.used) > 1:
        reasons.append("the number is printed in several pieces")
    if not match.mpn:
        reasons.append("a top mark: it tells the family, not the whole number")
    name = maker.strip() or (rule.maker if rule.maker in BY_NAME and rule.maker not in NO_MAKER else "")
    score = round(max(0.05, match.score), 3)
    used = frozenset(match.used)
    readings = [(Reading(name, match.mpn, match.base, score, reasons=tuple(reasons)), used)]
    if match.full and match.full != match.mpn:
        more = (*reasons, "with the letters that are left off on the part")
        readings.append((Reading(name, match.full, match.base, round(score * 0.8, 3), reasons=more), used))
    return readings if known or not rule.own else []


def _stamped(reading: Reading, used: frozenset[int], tokens: list[Token], today: date) -> Reading:
    """`reading` with date code, lot and country from the tokens its number leaves over."""
    rest = [token for token in tokens if token.place not in used and not token.word]
    found = date_in(tokens, rest, used, bool(reading.mpn or reading.base_part), today)
    code, place = found if found else ("", -1)
    open_code = "" if code or not (reading.mpn or reading.base_part) else open_date_in(tokens)
    left = [token for token in rest if token.place != place and not token.family]
    return replace(
        reading,
        date_code=code,
        date_readings=date_readings(code or open_code, today),
        lot=lot_in(left),
        marked_country=country_of(tokens),
        leftover=tuple(token.text for token in left)[:20],
        reasons=reading.reasons + _of_date(code, open_code, today),
    )


def _of_date(code: str, open_code: str, today: date) -> tuple[str, ...]:
    if open_code:
        return (f"{open_code} may be year and week of any decade",)
    if not code:
        return ()
    week = any(reading.scheme == "YYWW" for reading in date_readings(code, today))
    return (f"{code} is read as year and week" if week else f"{code} is read as month and year",)


def _why_none(tokens: list[Token], maker: str) -> str:
    if is_passive(tokens, maker):
        return "Nothing plausible: a value or a lot of a passive component, not a part number."
    if all(token.word for token in tokens):
        return "Nothing plausible: a description in words, without a marking."
    return "Nothing plausible: no figures and letters that are built like a part number."


def _distinct(readings: list[Reading]) -> list[Reading]:
    """The first of readings that say the same part."""
    kept: dict[tuple[str, str], Reading] = {}
    for reading in readings:
        kept.setdefault((reading.mpn, reading.base_part if not reading.mpn else ""), reading)
    return list(kept.values())


@lru_cache(maxsize=4096)
def first_reading(marking: str, maker: str, today: date) -> Reading:
    """The best reading; kept, because a file repeats its markings."""
    return read_marking(marking, maker, today)[0]
