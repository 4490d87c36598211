"""The clauses of a weapon title: numbers, dates, places, code names, series.

A title is a name with clauses behind it, in brackets or after commas: `(No.950 and No.951)`, `, Tail Number
20385`, `(Chernihiv, 19.08.2023)`, `code "Artek"`. Each clause is read by its cue word; what has no cue and no
telling shape is left to the caller.
"""

import re
from dataclasses import dataclass, field

from catalogue.markings import dates


@dataclass(frozen=True)
class Number:
    """A number as printed. `kind`: serial, tail, sample (one of several examined), series (many share it)."""

    kind: str
    text: str


@dataclass
class Clauses:
    """What the clauses of one title said so far; `dates` is keyed by recovered, produced, used, examined."""

    numbers: list[Number] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    place: str | None = None
    code_names: list[str] = field(default_factory=list)
    cued: list[str] = field(default_factory=list)  # code-name clauses with their cue word, as printed
    words: list[str] = field(default_factory=list)  # cue words, so that no word of the title is lost

    def understood(self) -> int:
        """How many things the clauses have said; the caller compares it before and after a clause."""
        return len(self.numbers) + len(self.dates) + len(self.code_names)

    def name_a_month(self) -> bool:
        """Whether one of the dates is known to the month or better."""
        spans = [dates.parse(edtf) for edtf in self.dates.values()]
        return any(s.earliest and s.latest and (s.latest - s.earliest).days < 31 for s in spans)


_EVENTS = {
    "produced": r"produced|manufactured|made|built|production|year of manufacture|вироблен\w+|виготовлен\w+|"
                r"произведен\w+|изготовлен\w+",
    "used": r"used|usage|use|launched|fired|employed|застосован\w+|використан\w+|запущен\w+|применен\w+",
    "examined": r"researched|examined|studied|inspected|analy[sz]ed|disassembled|research|"
                r"досліджен\w+|исследован\w+",
    "recovered": r"recovered|captured|found|downed|shot down|seized|obtained|intercepted|crashed|recovery|"
                 r"захоплен\w+|знайден\w+|збит\w+|вилучен\w+|захвачен\w+|найден\w+|сбит\w+",
}  # fmt: skip
_EVENT = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _EVENTS.items()), re.IGNORECASE)
# A date that stands alone must look like one: a bare run of digits in a title is a number, not a day.
_LOOKS_LIKE_A_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PLACE = re.compile(
    r"^(?:(?:in|near|at|over|from|around|біля|в|у|під)\s+(?:the\s+)?)?"
    r"(?P<place>[A-ZА-ЯІЇЄҐ][^\W\d_]+(?:[ '’.-]+[^\W\d_]+){0,4})$"
)

_CAPITALS = r"[A-ZА-ЯІЇЄҐ]{1,4}(?![\w.-])"
_DIGITS = r"(?!\d{1,2}\.\d{1,2}\.\d{4}|(?:19|20)\d\d(?!\w))[\w./-]*\d[\w/-]*(?:\.(?=\s+[\w]*\d)|\.\w+)*"
_SPELLED_CUE = (
    r"(?P<tail>(?:tail|board|side|бортовий|бортовой)\s*(?:number|no\.?|номер|№)\s*:?)|"
    r"(?P<sample>(?:sample|specimen|зразок|образец)\s*(?:number|no\.?|№)?\s*:?(?=\s*\d))|"
    r"(?P<serial>(?:(?:chassis|factory|заводський|заводской)\s+)?(?:serial\s+(?:number|no\.?)|s/n|VIN|"
    r"серійний\s+номер|серийный\s+номер|номер)\s*(?:№|no\.?)?\s*:?)"
)
_LIST = (
    rf"(?:\s*(?i:,|;|&|\b(?:and|та|і|и)\b)\s*(?i:№|No\.?\s*)?(?={_DIGITS}(?:$|[\s,;)]))(?=[\w./-]*\d{{3}})"
    rf"{_DIGITS})*"
)
_NUMBER = re.compile(
    rf"(?i:\b(?:and|та|і|и)\s+)?(?:(?i:{_SPELLED_CUE})\s*"
    rf"(?P<spelled>(?:{_CAPITALS}|{_DIGITS})(?:\s+(?:{_CAPITALS}|{_DIGITS}))*)"
    rf"|(?P<sign>№|(?<!\w)(?i:Nos?\.|No(?=\s*\d)|N°|#))\s*(?P<signed>(?:{_CAPITALS}\s+)?{_DIGITS}){_LIST})"
)
_ONE_SIGNED = re.compile(
    rf"(?i:(?:(?:\b(?:and|та|і|и)\b|[&,;])\s*)?(?:№|Nos?\.|N°|#)?)\s*((?:{_CAPITALS}\s+)?{_DIGITS})"
)
_SERIES = re.compile(
    r"^(?:series|серія|серия)\s+[\"“«]?(?P<after>[\w-]+)[\"”»]?$|"
    r"^[\"“«]?(?P<before>[\w-]+)[\"”»]?\s+(?:series|серії|серии)$",
    re.IGNORECASE,
)
_CODE_NAME = re.compile(
    r"^(?P<cue>(?:code\s*name|codename|code|index|callsign|a\.?k\.?a\.?|also known as|шифр|індекс|"
    r"индекс)\s*:?)\s*"
    r"[\"“«]?(?P<name>[^\"”»]+?)[\"”»]?$",
    re.IGNORECASE,
)
_TAIL_AT_THE_END = re.compile(
    r"(?:^|[\s,]|\band\s)\s*(?P<number>(?!(?:UAV|UAS|FPV|MLRS)\b)[A-ZА-ЯІЇЄҐ]{1,3}[- ]?\d{2,6})$"
)
_TAIL = re.compile(r"^[A-ZА-ЯІЇЄҐ]{1,3}[- ]?\d{2,6}$")


def segments(text: str) -> list[str]:
    """`text` cut at commas and semicolons that stand outside quotation marks."""
    parts, quoted, start = [], False, 0
    for place, letter in enumerate(text):
        if letter in '"“”«»':
            quoted = not quoted
        elif letter in ",;" and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip(" /") for part in [*parts, text[start:]]]


def take_numbers(text: str, into: Clauses) -> str:
    """Move every number with a cue (№, tail number, sample …) from `text` into `into`; returns the rest."""

    def move(found: re.Match) -> str:
        if found["spelled"]:
            kind = next(name for name in ("tail", "sample", "serial") if found[name])
            into.numbers.append(Number(kind, found["spelled"].strip()))
            into.words.append(found[kind])
        else:
            signed = found[0][found.start("signed") - found.start() :]
            into.words.append(found["sign"])
            into.numbers += [Number("serial", number[1]) for number in _ONE_SIGNED.finditer(signed)]
        return " "

    return _NUMBER.sub(move, text)


def take_date(text: str, into: Clauses) -> bool:
    """Whether `text` is a date, alone or after what happened then; a place before the date is taken too.

    A date without a word for what happened is the recovery: titles tell examples of a type apart by it.
    """
    event = _EVENT.match(text)
    rest = text[event.end() :].strip(" :") if event else text
    if not event and not _LOOKS_LIKE_A_DATE.search(rest):
        return False
    name = event.lastgroup if event else "recovered"
    place = None
    edtf = _date_or_none(rest)
    if edtf is None:
        place, edtf = _place_and_date(rest)
    if edtf is None and event:
        place = _place_of(rest)
    if (edtf is None and place is None) or (edtf and name in into.dates):
        return False
    if edtf:
        into.dates[name] = edtf
        into.words.append(rest)
    into.place = place or into.place
    into.words.append(event[0] if event else "")
    return True


def _place_and_date(text: str) -> tuple[str | None, str | None]:
    """A place with a date behind it (`near Kharkiv in May 2024`); (None, None) when either is missing."""
    for gap in re.finditer(r"[\s,]+", text):
        place, edtf = _place_of(text[: gap.start()]), _date_or_none(text[gap.end() :])
        if place and edtf:
            return place, edtf
    return None, None


def _date_or_none(text: str) -> str | None:
    try:
        return dates.parse(text).edtf
    except dates.DateNotUnderstood:
        return None


def _place_of(text: str) -> str | None:
    found = _PLACE.match(text.strip(" ,"))
    return found["place"] if found else None


def take_place(text: str, into: Clauses) -> bool:
    """Whether `text` can be the name of a place: words that begin with a capital, without digits."""
    place = None if into.place else _place_of(text)
    into.place = place or into.place
    return place is not None


def take_series(text: str, into: Clauses) -> bool:
    """Whether `text` names a series (`series "Э"`, `K series`): many share it, so it is no serial."""
    found = _SERIES.match(text)
    if found:
        into.numbers.append(Number("series", found["after"] or found["before"]))
        into.words.append("series")
    return bool(found)


def take_code_name(text: str, into: Clauses) -> bool:
    """Whether `text` gives a code name or an index after its cue: `code: "Alligator"`, `index 14Ц820`."""
    found = _CODE_NAME.match(text)
    if found:
        into.code_names.append(found["name"])
        into.cued.append(text)
        into.words.append(found["cue"])
    return bool(found)


def without_cue(text: str) -> str:
    """A code-name clause without its cue word (`index 14Ц820` → `14Ц820`); other text as it is."""
    found = _CODE_NAME.match(text)
    return found["name"] if found else text


def is_tail_number(text: str) -> bool:
    """Whether `text` has the shape painted on tails: up to three capitals, then two to six digits (Ы-954)."""
    return bool(_TAIL.match(text))


def cut_painted_numbers(text: str) -> tuple[list[str], str]:
    """The painted numbers at the end of `text` (`UAV Ы-954, Ы-391` → both), and the text before them."""
    numbers: list[str] = []
    while found := _TAIL_AT_THE_END.search(text):
        numbers.insert(0, found["number"])
        text = text[: found.start()].strip()
    return numbers, text
