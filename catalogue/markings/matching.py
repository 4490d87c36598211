"""Finding the pieces of a marking that fit a maker's form."""

import re
from collections import defaultdict
from dataclasses import dataclass

from catalogue.markings.forms import Form
from catalogue.markings.grammars_analog import ANALOG
from catalogue.markings.grammars_digital import DIGITAL
from catalogue.markings.grammars_russian import RUSSIAN
from catalogue.markings.tokens import Token

_BY_HEAD: dict[str, list[Form]] = defaultdict(list)
for _form in (*ANALOG, *DIGITAL, *RUSSIAN):
    for _head in _form.heads:
        _BY_HEAD[_head].append(_form)
_ALIKE = {"0": "OD", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5"}
_MOST_REPAIRS = 24
_TRACES = re.compile(r"D9[A-Z0-9]{3}|ADES(?:TO|IO)\w*|ATML\w+|#.*|\d{1,3}|[A-Z]")
# What stands for itself behind a number: figures alone, and a date code behind letters of the assembly (AGQ1425).
_OF_ITS_OWN = re.compile(r"\d{1,4}|\d{3,4}[A-Z]?|[PT]\d|[A-Z]{2,3}(?:[01]\d|2[0-6]|9\d)(?:[0-4]\d|5[0-3])")
_TXB = {"E": "TXB01", "F": "TXS01"}
# Words of a description that belong to the number: what may follow at once, and what further on.
_PRINTED_PREFIXES = {
    "ATMEGA": ("ATMEGA", r"\d{1,4}[A-Z]{0,3}(?:-\d{1,2}[A-Z]{2})?", r"\d{1,4}[A-Z]{0,2}-\d{1,2}[A-Z]{2}"),
    "ATTINY": ("ATTINY", r"\d{1,4}[A-Z]{0,3}", ""),
    "ATXMEGA": ("ATXMEGA", r"\d{1,3}[A-Z]\d[A-Z]{0,3}", ""),
    "MAX": ("MAX", r"\d{3,5}[A-Z]{0,6}", ""),
    "MAXIM": ("MAX", r"\d{3,5}[A-Z].*", r"\d{3,5}[A-Z].*"),
    "SI": ("SI", r"[458]\d{3}[A-Z]{0,3}", ""),
    "PIC": ("PIC", r"1[0268][CF]\d+.*", r"1[0268][CF]\d+.*"),
}
_KIN = ({"Analog Devices", "Linear Technology", "Maxim Integrated"}, {"Infineon Technologies", "Cypress Semiconductor"})


@dataclass(frozen=True, slots=True)
class Match:
    """A form met by some pieces: what it makes of them and how far it is believed."""

    form: Form
    printed: str
    mpn: str
    base: str
    full: str
    score: float
    used: tuple[int, ...]
    repaired: str = ""


def matches(tokens: list[Token], own: frozenset[str]) -> list[Match]:
    """Every fit, best first. Up to three neighbouring pieces may be one number; more pieces are believed more only
    when the form explains all of them."""
    found = []
    for start, token in enumerate(tokens):
        if token.word or token.family:
            continue
        joined = ""
        for end in range(start, min(start + 3, len(tokens))):
            piece = tokens[end]
            if end > start and (piece.word or piece.family or piece.text.startswith("#") or len(piece.upper) > 12):
                break
            if end > start and _OF_ITS_OWN.fullmatch(piece.upper) and re.search(r"\d{2}", joined):
                break
            joined += piece.upper
            found += _fits(joined, tuple(range(start, end + 1)), own, _prefixes(tokens, start))
    found.sort(key=lambda match: (-match.score, match.used[0]))
    return found[:6]


def _prefixes(tokens: list[Token], start: int) -> str:
    """Letters that a description lends to the number (`ATmega microcontroller 32L-8AU`)."""
    upper = tokens[start].upper
    if not upper[0].isdigit():
        return ""
    for place in range(start - 1, max(0, start - 8) - 1, -1):
        prefix, near, far = _PRINTED_PREFIXES.get(tokens[place].upper, ("", "", ""))
        if prefix and re.fullmatch(near if place == start - 1 else far, upper):
            return prefix
    return ""


def _fits(joined: str, used: tuple[int, ...], own: frozenset[str], prefix: str) -> list[Match]:
    text = prefix + joined
    if len(joined) < 2 or not 3 <= len(text) <= 40 or _TRACES.fullmatch(text):
        return []
    if text.startswith("ADPS"):
        text = "ADSP" + text[4:]
    if text.startswith("BAD"):  # the maker's logo read as a letter
        text = text[1:]
    found = [match for match in (_fit(rule, text, used, own, "") for rule in _rules(text)) if match]
    if found and max(match.score for match in found) >= 0.86:
        return found
    return found + _repaired(text, used, own)


def _rules(text: str) -> list[Form]:
    return _BY_HEAD.get(text[:2], []) + _BY_HEAD.get(text[:1], [])


def _repaired(text: str, used: tuple[int, ...], own: frozenset[str]) -> list[Match]:
    """Fits after one letter or figure is exchanged for its look-alike; never believed for certain."""
    tried = 0
    if len(text) < 6:
        return []
    for place in range(len(text) - 1, 0, -1):
        for other in _ALIKE.get(text[place], ""):
            tried += 1
            if tried > _MOST_REPAIRS:
                return []
            changed = text[:place] + other + text[place + 1 :]
            for rule in _rules(changed):
                if rule.belief >= 0.9:
                    match = _fit(rule, changed, used, own, f"{text[place]} and {other}")
                    if match and match.score >= 0.7:
                        return [match]
    return []


def _strangeness(maker: str, own: frozenset[str]) -> float:
    """How much less is believed of a number that has the form of another maker's than the one that is named."""
    if maker in own:
        return 0.0
    if any(maker in kin and own & kin for kin in _KIN):
        return 0.02
    return 0.1 if own else 0.05


def _fit(rule: Form, text: str, used: tuple[int, ...], own: frozenset[str], repaired: str) -> Match | None:
    """What `rule` makes of `text`, or None."""
    if rule.own and rule.maker not in own:
        return None
    met = rule.pattern.fullmatch(text)
    if not met:
        return None
    groups = {name: value or "" for name, value in met.groupdict().items()}
    groups["m"] = groups.get("m") or (text[: met.start("d")] if groups.get("d") else text)
    groups["msp"] = "MSP" + groups["n"] if groups.get("n", "").startswith("430") else "TMS320VC" + groups.get("n2", "")
    groups["txb"] = _TXB.get(groups.get("k", ""), "") + groups.get("n", "")
    groups["bsc"] = "BSC" + groups.get("n", "") + groups.get("s", "")
    groups["t"] = groups.get("t") or ("TH" if groups.get("h") else "C" if "t}" in rule.base else "")
    mpn, base, full = (template.format(text, **groups) for template in (rule.mpn, rule.base, rule.full))
    score = rule.belief + 0.004 * len(used) - _strangeness(rule.maker, own) - (0.12 if repaired else 0.0)
    score += 0.0002 * len(text) - 0.002 * used[0] / 60
    return Match(rule, text, mpn, base.rstrip("-"), full, min(score, 0.99), used, repaired)
