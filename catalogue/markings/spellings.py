"""How else a name or number may be written: in the other script, or with one letter mistaken."""

import re
from itertools import product

from .letters import is_cyrillic, transliterated

# Latin letters as Cyrillic ones, the longest first. Where Ukrainian and Russian differ there is a table of each.
_BOTH = {
    "shch": "щ", "kh": "х", "zh": "ж", "ch": "ч", "sh": "ш", "ts": "ц", "yu": "ю", "ya": "я", "yo": "ё",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "j": "й", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в",
    "x": "кс", "z": "з",
}  # fmt: skip
_TABLES = (_BOTH | {"ye": "є", "yi": "ї", "i": "і", "y": "и"}, _BOTH | {"ye": "е", "yi": "ый", "i": "и", "y": "ы"})
_LETTERS = [re.compile("|".join(sorted(table, key=len, reverse=True))) for table in _TABLES]
_NAME = re.compile(r"[A-Za-z]{3}")


def spellings(text: str) -> tuple[str, ...]:
    """`text` as written and in the other script: `Герань-2` as `Geran-2`, `Geran-2` as `Геран-2`, Ukrainian, Russian.

    Without three letters in a row it is a number, which has no other script.
    """
    if is_cyrillic(text):
        return tuple(dict.fromkeys((text, transliterated(text))))
    if not _NAME.search(text):
        return (text,)
    said = text.lower()
    cyrillic = (
        letters.sub(lambda found, table=table: table[found[0]], said)
        for letters, table in zip(_LETTERS, _TABLES, strict=True)
    )
    return tuple(dict.fromkeys((text, *cyrillic)))


_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5"}


def alike(key: str) -> list[str]:
    """Keys that look like `key` in print (O and 0, I and 1, B and 8, S and 5), without itself.

    Six letters are exchanged at most, the last ones: names begin with letters, and end in figures.
    """
    places = [n for n, letter in enumerate(key) if letter in _ALIKE][-6:]
    found = []
    for chosen in product((False, True), repeat=len(places)):
        letters = list(key)
        for place in (place for place, other in zip(places, chosen, strict=True) if other):
            letters[place] = _ALIKE[letters[place]]
        found.append("".join(letters))
    return found[1:]


def one_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed or swapped with its neighbour makes `other` of `one`."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or other[at + 1 :] in (one[at:], one[at + 1 :]) or one[at + 1 :] == other[at:]


def held_one_apart(one: str, text: str) -> bool:
    """Whether `text` holds something that is one letter apart from `one`."""
    sizes = (len(one), len(one) - 1, len(one) + 1)
    return any(one_apart(one, text[n : n + size]) for size in sizes for n in range(len(text) - size + 1))


def damaged(key: str) -> list[str]:
    """LIKE patterns that together fit every text that holds `key` with one letter mistaken, and not much else.

    A key of at least nine letters is cut in three: one of the pieces bears the mistake, the other two stand as they
    are, and are long enough for an index of trigrams.
    """
    if len(key) < 9:
        return []
    third = len(key) // 3
    ends = [(0, third), (third, 2 * third), (2 * third, len(key))]
    found = []
    for begin, end in ends:
        for size in (end - begin - 1, end - begin, end - begin + 1):
            found.append(f"%{key[:begin]}{'_' * size}{key[end:]}%")
    # A swap may lie across the edge of two pieces.
    found += [f"%{key[: at - 1]}__{key[at + 1 :]}%" for at in (third, 2 * third)]
    return found
