"""The language of the search box, of `q` in lists and of the interface: words, phrases and fields.

    "burr brown" dac made:2020..          both words of the phrase together, and another, and when it was made
    maker:"texas instruments" country:US  by fields

Words are looked for together: each must be held by something of the record. What is asked for is only read
here; nothing is looked up.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from catalogue.markings.dates import DateNotUnderstood, parse
from catalogue.markings.spellings import one_apart

from .base import BadParameter

LONGEST = 500  # characters
MOST = 12  # words, phrases and fields
# Each field with the words for it in English, Ukrainian and Russian.
FIELDS = {
    "maker": ("maker", "manufacturer", "виробник", "производитель"),
    "part": ("part", "number", "деталь", "компонент"),
    "system": ("system", "weapon", "система", "зброя", "оружие"),
    "marking": ("marking", "маркування", "маркировка"),
    "made": ("made", "виготовлено", "изготовлено"),
    "recovered": ("recovered", "знайдено", "найдено"),
    "country": ("country", "країна", "страна"),
    "marked": ("marked",),
    "category": ("category", "категорія", "категория"),
    "kind": ("kind", "вид"),
    "grade": ("grade",),
    "class": ("class", "клас", "класс"),
    "specimen": ("specimen", "зразок", "образец"),
    "source": ("source", "джерело", "источник"),
}
CALLED = {word: field for field, words in FIELDS.items() for word in words}
DATES = ("made", "recovered")
# What is neither seen nor meant: marks of direction and joining, which come along when text is copied.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x01-\x08\x0b-\x1f\x7f]")
TOKEN = re.compile(
    r"""(?:(?P<field>[^\W\d_]+):\s*(?=\S))?   # a field: letters, a colon, and something after it
        (?:["“”„«](?P<phrase>[^"“”«»]*)["“”»]?|(?P<word>\S+))""",
    re.X,
)


@dataclass(frozen=True)
class Question:
    """What was asked: words and phrases that all must be held, and (field, value) pairs that all must fit."""

    text: str
    words: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]

    @property
    def free(self):
        """The words and phrases as they are typed, phrases in quotes."""
        return " ".join(f'"{word}"' if " " in word or ":" in word else word for word in self.words)


def read(text, parameter="q", fields=True):
    """The Question of what was typed; without `fields` all of it is words. Raises BadParameter with one sentence."""
    if "\0" in text:
        raise BadParameter(parameter, f"{parameter} holds a NUL character; leave it out.")
    if len(text) > LONGEST:
        raise BadParameter(parameter, f"{parameter}: ask with at most {LONGEST} characters; these are {len(text):,}.")
    words, fitting = [], []
    plain = " ".join(UNSEEN.sub("", text).split())
    for found in TOKEN.finditer(plain):
        value = (found["phrase"] if found["word"] is None else found["word"]).strip()
        field = known(found["field"], parameter) if found["field"] and fields else ""
        if found["field"] and not field:
            value = f"{found['field']}:{value}"
        if field and not value:
            raise BadParameter(parameter, f"{parameter}: write after {field}: what it should be.")
        if field:
            fitting.append((field, value))
        elif value:
            words.append(value)
    if len(words) + len(fitting) > MOST:
        sentence = f"{parameter}: ask with at most {MOST} words; put those that stand together in quotes."
        raise BadParameter(parameter, sentence)
    return Question(plain, tuple(words), tuple(fitting))


def known(word, parameter):
    """The field that `word` names, or "" for letters that merely stand before a colon, as on a board (`LOT:`)."""
    said = word.casefold()
    if said in CALLED:
        return CALLED[said]
    near = next((name for name in FIELDS if len(said) > 3 and one_apart(said, name)), None)
    if near:
        sentence = f"{parameter}: there is no field {word}: here; write {near}:, or put the text in quotes."
        raise BadParameter(parameter, sentence)
    return ""


def between(field, value, parameter="q"):
    """(last day before, first day after) of `2022`, `2022..`, `..2021-06` or `2020..2022`; None where it is open."""
    begins, dots, ends = value.partition("..")
    try:
        first = parse(begins).earliest if begins else None
        last = parse(ends if dots else begins).latest if (ends or not dots) else None
    except DateNotUnderstood:
        first = last = None
    if first is None and last is None:
        sentence = f"{parameter}: write {field}:2022, {field}:2022.., {field}:..2021 or {field}:2020-06..2022."
        raise BadParameter(parameter, sentence)
    day = timedelta(days=1)
    return first and (first - day).isoformat(), last and (last + day).isoformat()
