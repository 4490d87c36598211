"""Letters of published text: scripts, look-alikes, transliteration, slugs.

Published English texts carry Cyrillic letters that look Latin (`LATTEPANDA Сomp.`, `14Ц821C`). Keys and slugs
fold them word by word; text that is shown is never altered.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

_CYRILLIC = "АВЕКМНОРСТУХІЈЅаеорсухіјѕ"
_LATIN = "ABEKMHOPCTYXIJSaeopcyxijs"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_ONLY_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ONLY_LATIN = re.compile(r"[A-Za-z]")

# Ukrainian and Russian letters; where the two languages differ (г, и, й) the reading used for weapon names
# in the English press is taken: Геран → Geran, Ланцет → Lantset, Х-101 → Kh-101.
_TRANSLITERATION = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ј": "j", "ѕ": "s",
}  # fmt: skip
_EXTRA = {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "№": " no "}


def is_cyrillic(text: str) -> bool:
    """Whether `text` holds a Cyrillic letter, look-alikes included."""
    return bool(_ONLY_CYRILLIC.search(text))


def language_of(text: str) -> str:
    """The language of a name by its letters: en, uk or ru.

    Cyrillic without Ukrainian letters counts as Russian, the language of most makers' designations.
    """
    if not is_cyrillic(text):
        return "en"
    return "uk" if re.search(r"[іїєґІЇЄҐ]", text) else "ru"


def one_script(word: str) -> str:
    """One word with its look-alike letters brought into the word's own script; the length stays the same.

    A word with a letter that only Cyrillic has (`14Ц821C`) becomes Cyrillic throughout; any other word with a
    Latin letter (`Сomp`) becomes Latin. A word of look-alikes alone (`Х`, `НР-900`) is Cyrillic and stays so.
    """
    if not _ONLY_CYRILLIC.search(word) or not _ONLY_LATIN.search(word):
        return word
    if _ONLY_CYRILLIC.search(word.translate(_TO_LATIN)):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)


def transliterated(text: str) -> str:
    """`text` in ASCII letters, mixed words folded into one script first; case is not kept for Cyrillic."""
    words = (one_script(word) for word in re.split(r"(\s+)", unicodedata.normalize("NFC", text)))
    latin = "".join(_TRANSLITERATION.get(c.lower(), _EXTRA.get(c.lower(), c)) for c in "".join(words))
    return unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()


@lru_cache(maxsize=16384)
def slug_of(text: str) -> str:
    """An ASCII address for a name: lower case, words joined by hyphens; empty for an empty text.

    A name that cannot be spelled in ASCII (株式会社) gets an address from its bytes, so that two stay apart.
    """
    plain = re.sub(r"[’'`]", "", transliterated(text).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or (digest_of(text) if text.strip() else "")


def digest_of(text: str) -> str:
    """An address made from the bytes of a name, for names whose letters give none."""
    return f"name-{hashlib.sha256(text.strip().encode()).hexdigest()[:8]}"


def pattern_key(text: str) -> str:
    """`text` in lower case for comparing, every character standing where it stood.

    Look-alikes become Latin so that `Х-101`, `X-101` and `КН-23` meet one spelling; № and quotes stay.
    """
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_TO_LATIN))
