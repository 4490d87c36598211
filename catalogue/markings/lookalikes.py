"""Letters that look alike, folded for comparison only (Unicode UTS #39, confusables, Cyrillic and Greek part).

A marking typed on a Cyrillic or Greek keyboard (`АD9364ВВСZ`) is the Latin number to the eye. A word that holds a
letter no Latin letter looks like (`РП15-50ШВ-В`, `1986ВЕ1Т`'s `Б`, `Ф`, `П` …) is a genuine Cyrillic designation
and stays what it is. The record itself is never altered.
"""

import re
import unicodedata

_CONFUSABLE = {
    "А": "A", "В": "B", "Е": "E", "Ё": "E", "З": "3", "І": "I", "Ї": "I", "Ј": "J", "К": "K", "М": "M", "Н": "H",
    "О": "O", "Р": "P", "С": "C", "Ѕ": "S", "Т": "T", "У": "Y", "Ү": "Y", "Х": "X", "Ѡ": "W", "Ԛ": "Q", "Ԝ": "W",
    "а": "a", "в": "b", "е": "e", "і": "i", "ї": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p",
    "с": "c", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P",
    "Τ": "T", "Υ": "Y", "Χ": "X", "α": "a", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "υ": "u", "χ": "x",
}  # fmt: skip
_TO_LATIN = str.maketrans({letter: latin for letter, latin in _CONFUSABLE.items() if letter != "З"})
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_SKELETON = str.maketrans(_CONFUSABLE)
_FOREIGN = re.compile(r"[\u0370-\u052f]")
_KEY = re.compile(r"[\W_]+")


def latin(word: str) -> str:
    """`word` in Latin letters when each of its Cyrillic and Greek letters looks like one, else as it stands.

    Its hyphens become those of a keyboard.
    """
    if word.isascii():
        return word
    word = word.translate(_HYPHENS)
    folded = word.translate(_TO_LATIN)
    return word if _FOREIGN.search(folded) else folded


def is_genuine(word: str) -> bool:
    """Whether `word` has a Cyrillic or Greek letter that no Latin letter looks like."""
    return bool(not word.isascii() and _FOREIGN.search(word.translate(_TO_LATIN)))


def skeleton(text: str) -> str:
    """`text` for comparing: compatibility forms, look-alikes and case folded, letters and digits alone."""
    return _KEY.sub("", unicodedata.normalize("NFKC", text).translate(_SKELETON).upper())
