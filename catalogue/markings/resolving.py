"""Whom a maker's name means, however it is written: abbreviated, former, transliterated, misspelt, with a bracket.

Rules alone and the known makers; no database. The answer says why, and how sure it is: 1.0 is a name that a known
maker bears, what is near one has less, and a firm that is not known stands under its own name at HALF.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

from rapidfuzz import fuzz, process

from catalogue.markings.known_makers import KNOWN, Maker
from catalogue.markings.letters import is_cyrillic, one_script, transliterated
from catalogue.markings.makers import LEGAL_FORMS, MakerCell, known, read, slug
from catalogue.markings.phrases import Said, spelt_out, unphrased
from catalogue.markings.seats import seat_of

NOBODY = "no known maker has this name; it stands without its legal form"
HALF = 0.5
BEGUN = 0.75
DOUBTED = 0.8
NEAR = 88  # per cent of letters that agree, so that a misspelling is taken for a name
SHORTEST = 5  # letters of the beginning of a name
NAMED = 4  # letters of a maker's name before what its branch is called
MISSPELT = 6  # letters of a name that may be misspelt: shorter ones are too near each other
SPELLINGS = 96  # ways to spell one Cyrillic name that are tried

# Words that many names share: they make no two of them near.
_SHARED = re.compile(
    r"(?:semiconductors?|electronics?|electronic|technology|technologies|tech|systems?|devices|microelectronics|"
    r"components|industries|international|integrated|circuits|group)+$"
)

# What a maker's branch is called behind its name.
_BRANCH = re.compile(
    r"(?:\s+(?:semiconductors?|microelectronics|electronics?|electronic components|components|devices|industry|"
    r"solutions|technologies))+$",
    re.IGNORECASE,
)

# How English sounds are written in Cyrillic: one choice holds for the whole name.
_SOUNDS = {
    "дж": ("g", "j"), "кс": ("x", "ks"), "ай": ("i", "ai"), "ей": ("a", "ei"), "у": ("u", "oo", "w"), "к": ("c", "k"),
    "х": ("h", "x"), "в": ("v", "w"), "ф": ("f", "ph"), "з": ("s", "z"), "й": ("y", "i"), "и": ("i", "y"),
    "э": ("e", "a"), "ц": ("c", "ts"), "г": ("g", "h"), "ю": ("u", "yu"), "я": ("ia", "ya"), "і": ("i", "y"),
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_PARTS = re.compile(f"{_SOUND.pattern}|.", re.S)


@dataclass(frozen=True)
class Owner:
    """A firm above a maker, and why it is said to be."""

    name: str
    reason: str


@dataclass(frozen=True)
class Resolved:
    """Whom a published name means. `name` is None where it names no firm; `seat` is ISO alpha-2 or "".

    `owners` leads from the next above it to the top, as of today; `score` is from 0 to 1.
    """

    cell: MakerCell
    maker: Maker | None
    name: str | None
    seat: str
    owners: tuple[Owner, ...]
    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=16384)
def resolve(text: str, country: str = "") -> Resolved:
    """The maker that `text` means; `country` is the published ISO alpha-2 code, which decides nothing but the seat."""
    said = unphrased(text)
    cell = replace(read(said.text, country), published=text)
    if cell.name is None:
        return Resolved(cell, None, None, "", (), 0.0, cell.reason)
    maker, score, why = _maker_of(cell)
    owners = tuple(_succession(maker) if maker and maker.succession else _above(cell, maker, said))
    if said.doubt:
        score, why = round(score * DOUBTED, 3), (*why, f"“{text}” is said with doubt")
    if maker:
        return Resolved(cell, maker, maker.name, maker.seat, owners, score, (*why, *cell.reason))
    seat, thought = (cell.seat, "") if cell.seat else seat_of(" ".join([cell.printed, *(b.text for b in cell.bracket)]))
    told = (*why, *cell.reason, *filter(None, [thought]), NOBODY)
    return Resolved(cell, None, plain_name(cell.printed), seat, owners, score, told)


def _maker_of(cell: MakerCell) -> tuple[Maker | None, float, tuple[str, ...]]:
    """(the known maker, how sure, why) of a cell."""
    if maker := known(cell.printed):
        return maker, 1.0, ()
    if maker := known(spelt_out(cell.printed)):
        return maker, 0.97, (f"“{cell.printed}” is {maker.name} with a word cut short",)
    for bracket in cell.bracket:
        maker = known(bracket.text) if bracket.reading in ("legal-name", "abbreviation", "brand") else None
        if maker:
            return maker, 0.9, (f"“{bracket.text}” in the bracket is a name of {maker.name}",)
    return near(cell.printed) or _division(cell.printed) or (None, HALF, ())


def _division(text: str) -> tuple[Maker, float, tuple[str, ...]] | None:
    """The known maker whose name stands before words for a branch of its trade: “Toshiba Semiconductor”."""
    named = _BRANCH.sub("", plain_name(text))
    maker = known(named) if len(named) >= NAMED and named != plain_name(text) else None
    return maker and (maker, DOUBTED, (f"“{text}” is named as a branch of {maker.name}",))


def _succession(maker: Maker):
    """Owners of a known maker, step by step; a ring would end where it began."""
    seen = {maker.slug}
    while maker and maker.succession and maker.succession.successor not in seen:
        told, maker = maker.succession.sentence, KNOWN.get(maker.succession.successor)
        if maker:
            seen.add(maker.slug)
            yield Owner(maker.name, told)


def _above(cell: MakerCell, maker: Maker | None, said: Said):
    """Owners that the words or the bracket name, where no succession is known."""
    if said.owner or said.former:
        above = known(said.owner)
        if said.owner and (above is None or above is not maker):
            yield Owner(above.name if above else plain_name(said.owner), f"the published name says “{said.words}”")
        return
    for bracket in cell.bracket:
        if bracket.reading in ("parent", "later-owner"):
            above = known(bracket.text)
            if above is not maker or above is None:
                yield Owner(above.name if above else plain_name(bracket.text), bracket.reason)


# --- Names that are near ----------------------------------------------------------------------------------


@cache
def _spelt() -> dict[str, tuple[str, Maker]]:
    """{letters of a name: (the name, its maker)} of all names long enough to be misspelt."""
    found = {}
    for maker in KNOWN.values():
        for name in (maker.name, *maker.other_names):
            letters = slug(name).replace("-", "")
            if len(letters) >= SHORTEST:
                found.setdefault(letters, (name, maker))
    return found


def near(text: str) -> tuple[Maker, float, tuple[str, ...]] | None:
    """(maker, score, why) of the known maker whose name is nearest to `text`, by letters or by sound; None if far."""
    best, of = None, ""
    for letters in spellings(text):
        own = _SHARED.sub("", letters)
        if len(letters) < MISSPELT:
            continue
        found = process.extractOne(letters, _spelt().keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        if found and own != letters and fuzz.ratio(own, _SHARED.sub("", found[0])) < NEAR - 8:
            found = None
        if found and (best is None or found[1] > best[1]):
            best, of = found, letters
    if best is None:
        return _begun(text)
    name, maker = _spelt()[best[0]]
    how = "by its sound" if is_cyrillic(text) else "but for a letter or two"
    agree = f"{best[1]:.0f} % of the letters agree" if of != best[0] else "all letters agree"
    return maker, round(0.98 * best[1] / 100, 3), (f"“{text}” is {how} {name}, a name of {maker.name}: {agree}",)


def _begun(text: str) -> tuple[Maker, float, tuple[str, ...]] | None:
    """The one known maker whose name begins with `text`: “Cypress Semi”, “STMicro”, “Дженерал”."""
    begun = tuple(letters for letters in spellings(text) if len(letters) >= SHORTEST)
    makers = {maker.slug: (name, maker) for letters, (name, maker) in _spelt().items() if letters.startswith(begun)}
    if not begun or len(makers) != 1:
        return None
    ((name, maker),) = makers.values()
    return maker, BEGUN, (f"of the known makers only {maker.name} has a name that begins with “{text}”: {name}",)


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """Letters and digits of `text` in Latin, without its legal form; of a Cyrillic name in the ways English would."""
    words = " ".join(one_script(word) for word in text.split())
    plain = slug(words).replace("-", "")
    if not is_cyrillic(words):
        return (plain,)
    small = words.lower()
    present = dict.fromkeys(_SOUND.findall(small))
    found = dict.fromkeys([plain])
    for chosen in product(*(_SOUNDS[sound] for sound in present)):
        latin = dict(zip(present, chosen, strict=True))
        # Sound by sound: a word of mixed letters would be taken for a misspelt Cyrillic one.
        spelt = slug("".join(latin.get(part) or transliterated(part) for part in _PARTS.findall(small)))
        found[spelt.replace("-", "")] = None
        if len(found) >= SPELLINGS:
            break
    return tuple(found)


_GLUED = re.compile(r",(?=[^\W\d])")  # Co.,Ltd


@lru_cache(maxsize=16384)
def plain_name(text: str) -> str:
    """A name without its legal form, before or behind it; a Cyrillic one in Latin letters."""
    words = [one_script(word) for word in _GLUED.sub(", ", text).split()]
    for length in (3, 2, 1):
        while len(words) > length and _form(words[-length:]) in LEGAL_FORMS:
            words = words[:-length]
        if len(words) > 1 and words[-1] == "&":  # GmbH & Co. KG
            return plain_name(" ".join(words[:-1]))
    if len(words) > 1 and (_form(words[:1]) in LEGAL_FORMS or words[0].upper() == "АТ"):
        words = words[1:]
    latin = (word if not is_cyrillic(word) else _in_latin(word) for word in words)
    return " ".join(latin).strip(" ,;")


def _in_latin(word: str) -> str:
    spelt = transliterated(word)
    return spelt.upper() if word.isupper() and len(word) < SHORTEST else spelt.capitalize()


def _form(words: list[str]) -> str:
    """The letters of words, as legal forms are compared."""
    return re.sub(r"[^a-z]", "", transliterated("".join(words)).lower())
