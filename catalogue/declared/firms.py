"""Firms as declarations name them: one key for a name in either script, with any legal form, by sound; and who it is.

Nothing here says that two firms are one: it says how near two names are, and by what.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from catalogue.markings.letters import one_script, transliterated
from catalogue.markings.makers import LEGAL_FORMS

# Legal forms as they are spelt out, and those that declarations add to what `markings.makers` knows; in Latin letters.
_SPELT_OUT = re.compile(
    r"\b(?:(?:publichnoe|nepublichnoe|otkrytoe|zakrytoe) )?aktsionernoe obshchestvo\b"
    r"|\bobshchestvo s ogranichennoy otvetstvennostyu\b|\btovaristvo z obmezhenoyu vidpovidalnistyu\b"
    r"|\btovarishchestvo s ogranichennoy otvetstvennostyu\b|\bindividualnyy predprinimatel\b"
    r"|\bfederalnoe (?:kazennoe|gosudarstvennoe unitarnoe) predpriyatie\b"
    r"|\blimited liability company\b|\b(?:private |public )?joint stock company\b|\b(?:company|private) limited\b"
    r"|\blimited sirketi\b|\bsanayi ve ticaret\b|\bdis ticaret\b|\banonim sirketi\b"
)
_MORE_FORMS = """
fze fzco fzc fz fzllc too tdo nao ip fgup fkp dmcc wll sirketi private sendirian limited
limitid shti gmbkh ink ko kompani llk
"""  # the second line: foreign ones as a clerk writes them in Cyrillic
_FORMS = LEGAL_FORMS | frozenset(_MORE_FORMS.split())
_LATIN = re.compile(r"[A-Za-z]")
_TO_LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅаеорсухіјѕ", "ABEKMHOPCTYXIJSaeopcyxijs")
_ONLY_CYRILLIC = re.compile(r"(?![АВЕКМНОРСТУХІЈЅаеорсухіјѕ])[\u0400-\u04ff]")  # no Latin letter looks like these
_DOTTED = re.compile(r"\b((?:[a-z]\.[ -]?){2,}[a-z]?)(?=\W|$)")
_WORDS = re.compile(r"[a-z0-9]+")
# By sound: how two tables of transliteration, or a clerk's ear, spell one name. Longer letters first.
_SOUNDS = [
    ("shkh", "sh"), ("skh", "sh"), ("kh", "h"), ("zh", "j"), ("ts", "z"), ("tz", "z"), ("ph", "f"), ("ks", "x"),
    ("iu", "u"), ("io", "o"), ("ia", "a"), ("ie", "e"),
]  # fmt: skip
_ONE = str.maketrans("cqyw", "kkiv")
_DOUBLED = re.compile(r"([a-z])\1+")
SHORTEST_NEAR = 8  # letters of a key that may have one wrong
SURE, SAME, NEAR = "number", "name", "near"


@lru_cache(maxsize=1 << 18)
def words_of(name):
    """The words of a firm's name in Latin small letters, without legal form and without what stands behind a comma."""
    text = unicodedata.normalize("NFKC", name)
    latin = transliterated(" ".join(_in_one_script(text))).lower()
    latin = _DOTTED.sub(lambda found: re.sub(r"[. -]", "", found[1]) + " ", latin.replace("&", " "))
    latin = _SPELT_OUT.sub(" ", re.sub(r"[\"'`«»“”]", " ", latin))
    parts = [_bare(_WORDS.findall(part)) for part in latin.split(",")]
    # What stands behind a comma is a town or an address; a form that stood there alone is gone already.
    words = next((part for part in parts if part), [])
    return tuple(words) or tuple(_WORDS.findall(latin))


def _in_one_script(text):
    """The words of `text`; look-alikes alone (СО.) are of the script that the others are of."""
    words = [one_script(word) for word in text.split()]
    if _ONLY_CYRILLIC.search(text) or not _LATIN.search(text):
        return words
    return [word.translate(_TO_LATIN) for word in words]


def _bare(words):
    """Words without legal forms at either end; a word in brackets, as in (HK), is one of them."""
    while len(words) > 1 and words[-1] in _FORMS:
        words = words[:-1]
    while len(words) > 1 and words[0] in _FORMS:
        words = words[1:]
    return [] if len(words) == 1 and words[0] in _FORMS else words


@lru_cache(maxsize=1 << 18)
def key_of(name):
    """One key for the spellings of a firm's name: by sound, letters and figures only. Empty for a name without any."""
    sound = "".join(words_of(name)).translate(_ONE)
    for letters, one in _SOUNDS:
        sound = sound.replace(letters, one)
    return _DOUBLED.sub(r"\1", sound)


@dataclass(frozen=True, slots=True)
class Known:
    """A firm that the catalogue has: its id, seat (ISO alpha-2 or ""), names, and numbers in tax registers."""

    id: object
    country: str
    names: tuple
    numbers: tuple = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a declared name may mean: id, by what (SURE, SAME, NEAR), and whether the declared country is its seat."""

    id: object
    by: str
    seat: bool


class Register:
    """Looks declared firms up among those that the catalogue has; built once, asked for every distinct name."""

    def __init__(self, firms):
        self.by_number, self.by_key, self.near = defaultdict(set), defaultdict(set), defaultdict(set)
        self.country, self.numbers = {}, {}
        for one in firms:
            self.country[one.id], self.numbers[one.id] = one.country, one.numbers
            for number in one.numbers:
                self.by_number[number].add(one.id)
            for name in one.names:
                if key := key_of(name):
                    self.by_key[key].add(one.id)
        for key in self.by_key:
            if len(key) >= SHORTEST_NEAR:
                for less in one_less(key):
                    self.near[less].add(key)

    def resolve(self, name, country="", number=""):
        """The one firm that is meant, or None: no name is like it, or several firms have it."""
        found = self.by_number.get(number) if number else None
        if found and len(found) == 1:
            (one,) = found
            return Resolved(one, SURE, self.seated(one, country))
        key = key_of(name)
        if not key:
            return None
        ids, by = self.by_key.get(key), SAME
        if not ids and len(key) >= SHORTEST_NEAR:
            ids, by = self._one_letter_off(key), NEAR
        # Who bears another number in the register is another firm, whatever its name.
        ids = [one for one in ids or () if not (number and self.numbers[one])]
        one = self._the_one(ids, country, by)
        return None if one is None else Resolved(one, by, self.seated(one, country))

    def _one_letter_off(self, key):
        """Firms whose key differs in one letter, but in no figure."""
        keys = {key, *one_less(key)}
        candidates = set().union(*(self.near.get(less, ()) for less in keys), keys & self.by_key.keys())
        figures = re.sub(r"\D", "", key)
        return {
            one
            for near in candidates
            if near != key and re.sub(r"\D", "", near) == figures and at_most_one(near, key)
            for one in self.by_key[near]
        }

    def _the_one(self, ids, country, by):
        """The only one of `ids` that fits: a seat elsewhere is a doubt, and too much for a near name."""
        here = [one for one in ids if self.seated(one, country)]
        if by == NEAR or len(here) == 1:
            return here[0] if len(here) == 1 else None
        return ids[0] if len(ids) == 1 else None

    def seated(self, one, country):
        """Whether nothing speaks against its being the firm of that country."""
        return not country or not self.country[one] or self.country[one] == country


def one_less(key):
    """The keys that have one letter less."""
    return {key[:n] + key[n + 1 :] for n in range(len(key))}


def at_most_one(one, other):
    """Whether a letter put in, left out, changed or swapped with the next makes one key of the other."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if at is None or one[at + 1 :] == other[at + 1 :]:
        return True
    if one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
