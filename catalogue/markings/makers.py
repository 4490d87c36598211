"""Reading a manufacturer cell: whom it names, what its bracket means, and who else was run together with it.

A bracket behind a maker may be the firm that bought it, a brand, a short name, a place, or the legal name; it
is interpreted with a reason and never trusted. Importers, suppliers and other involved firms that a page
printed under the maker (`Nvidia Importers CHIMEVRASIA LLC`) are taken apart again. A maker is renamed only
where the spelling belongs to a known one; any other keeps its published name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from catalogue.markings.known_makers import KNOWN, Maker
from catalogue.markings.letters import digest_of, one_script, slug_of

READINGS = (
    "parent", "later-owner", "brand", "abbreviation", "place", "legal-name", "former-name", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class Bracket:
    """One name found in a bracket: the text, one of READINGS, and the reason in a sentence."""

    text: str
    reading: str
    reason: str


@dataclass(frozen=True)
class MakerCell:
    """A manufacturer cell taken apart.

    `name` is the maker's one name and None where the cell names no firm; `printed` is what the cell has
    outside the bracket. `country` is what was published, `seat` the known seat or else that (ISO alpha-2, ""
    = not stated). The other tuples name firms as published.
    """

    published: str
    name: str | None
    slug: str | None
    printed: str
    bracket: tuple[Bracket, ...]
    suppliers: tuple[str, ...]
    importers: tuple[str, ...]
    foreign_suppliers: tuple[str, ...]
    involved: tuple[str, ...]
    country: str
    seat: str
    reason: tuple[str, ...]


# --- Names and slugs --------------------------------------------------------------------------------------

_LEGAL_FORMS = (
    r"co|company|corp|corporation|comp|corporaiton|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|"
    r"spa|s p a|srl|s r l|sro|s r o|spol s r o|spol|bv|b v|nv|n v|ab|oy|as|a s|pte|pty|kk|kft|jsc|ojsc|"
    r"pjsc|cjsc|ooo|oao|zao|pao|ao|tov|pat|prat|sp z o o|z o o|sdn bhd|bhd|d o o|doo|sti|mbh|ltda|s a s|aps"
)
LEGAL_FORMS = frozenset(_LEGAL_FORMS.replace(" ", "").split("|"))
_LEGAL_END = re.compile(rf"(?:[\s,.]+(?:{_LEGAL_FORMS})\.?)+[\s,.]*$")
_LEGAL_START = re.compile(r"^(?:jsc|ojsc|pjsc|cjsc|llc|ooo|oao|zao|pao|ao|tov|pat|prat)\s+(?=\S)")
_HAS_LEGAL_FORM = re.compile(
    r"\b(?:co|corp|corporation|inc|ltd|limited|llc|gmbh|ag|company|jsc|ojsc|pjsc|s\.?p\.?a|srl|bv|plc|oao|ао|оао|ооо)\b",
    re.IGNORECASE,
)


def _words(name: str) -> str:
    """A name in plain lower-case words, look-alikes folded, Cyrillic transliterated, dots dropped."""
    folded = " ".join(one_script(word) for word in name.replace("\xa0", " ").split())
    spaced = re.sub(r"\b((?:[^\W\d_]\.){2,})", lambda m: m[1].replace(".", " "), folded)
    return re.sub(r"[^a-z0-9&+/]+", " ", slug_of(spaced).replace("-", " ")).strip()


@lru_cache(maxsize=16384)
def slug(name: str) -> str:
    """A stable ASCII address for an organisation; its legal form is left out, its words are not.

    "АО ВНИИР-Прогресс" and "VNIIR-PROGRESS JSC" share one. A name that is nothing but a legal form keeps it.
    Where ASCII can spell no more than the legal form ("株式 Co., Ltd"), the address comes from its bytes.
    """
    words = _words(name)
    bare = _LEGAL_START.sub("", _LEGAL_END.sub("", f" {words}").strip())
    if not bare and not name.isascii():
        return digest_of(name)
    return (bare or words or digest_of(name)).replace(" ", "-")


def _key(name: str) -> str:
    return slug(name).replace("-", "")


def _by_name() -> dict[str, Maker]:
    table = {_key(name): maker for maker in KNOWN.values() for name in maker.other_names}
    return table | {_key(maker.name): maker for maker in KNOWN.values()}


_BY_NAME = _by_name()


def known(name: str) -> Maker | None:
    """The known maker that `name` is a spelling of, legal form or not."""
    return _BY_NAME.get(_key(name))


def firm(text: str) -> tuple[str, str]:
    """(slug, name) of the firm that `text` names: the known one's, else its own."""
    maker = known(text)
    return (maker.slug, maker.name) if maker else (slug(text), text)


# --- What is no firm --------------------------------------------------------------------------------------

_NOT_FIRMS = {
    "says that the maker was not identified": (
        r"not (?:identified|known|determined|established|available|marked)|unidentified|unknown|undetermined|"
        r"n/?a|none|no (?:data|marking)|-+|\?+|невідомо|неизвестно|без маркування|"
        r"не (?:ідентифіковано|визначено|встановлено|установлен\w*|определен\w*)"
    ),
    "is a standard or a mark of origin, which many makers print": (
        r"(?:international|national|state|industry) standards?|standard|gost|iso|(?:made|assembled) in .+"
    ),
    "is a warning or conformity mark, which many makers print": (
        r"electrostatic sensitive devices?|esd|caution|warning|rohs|ce|fcc|handle with care|fragile"
    ),
    "names a sort of thing, not its maker": (
        r"(?:(?:brushless|cooling|dc|axial|server|servo) )?(?:fan|motor|cable|battery|antenna|connector|"
        r"capacitor|resistor|module)s?"
    ),
    "names a country without a firm": (r"china national|china|taiwan|japan|usa|russia|hong kong|germany|korea"),
}
_NO_FIRM = [(re.compile(words, re.IGNORECASE), reason) for reason, words in _NOT_FIRMS.items()]


def _why_no_firm(text: str) -> str | None:
    return next((reason for words, reason in _NO_FIRM if words.fullmatch(text)), None)


# --- The cell ---------------------------------------------------------------------------------------------

# The page's own headings, capitalised as printed there; the name of a firm may hold the same word elsewhere.
_ROLES = re.compile(
    r"(?:^|\s)(?:(?P<foreign_suppliers>Foreign [Ss]uppliers?)|(?P<suppliers>Suppliers?)|"
    r"(?P<importers>Importers?)|(?P<involved>Involved [Cc]ompan(?:y|ies)|Involved [Pp]ersons?))\s*:?\s+(?=\S)"
)
_LAST_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_INNER_BRACKET = re.compile(r"\(([^()]*)\)")
_PLACES = re.compile(
    r"h\.?\s?k\.?|hong kong|shenzhen|shanghai|beijing|guangzhou|suzhou|nanjing|hangzhou|wuxi|dongguan|xiamen|"
    r"china|prc|taiwan|japan|korea|singapore|malaysia|thailand|vietnam|india|usa|u\.s\.a\.|us|uk|europe|emea|asia|"
    r"germany|france|italy|switzerland|israel|turkey|russia|belarus|ukraine|america|deutschland",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def read(text: str, country: str = "") -> MakerCell:
    """What a manufacturer cell says; `country` is the published ISO alpha-2 code, empty when not stated."""
    plain = " ".join(text.split())
    head, firms = _split_roles(plain)
    printed, brackets = _split_brackets(head)
    stated = country.strip().upper()
    why_none = _why_no_firm(printed) if printed else "has no maker in front of its other firms or is empty"
    if why_none:
        reason, maker, name = (f"“{printed}” {why_none}",), None, None
    else:
        maker = known(printed)
        name = maker.name if maker else printed
        reason = _reasons(printed, maker, stated)
    readings = tuple(_interpreted(printed, maker, part) for part in brackets)
    return MakerCell(
        published=text,
        name=name,
        slug=(maker.slug if maker else slug(name)) if name else None,
        printed=printed,
        bracket=readings,
        country=stated,
        seat=maker.seat if maker else stated,
        reason=reason + tuple(bracket.reason for bracket in readings) + _role_reasons(firms),
        **firms,
    )


def _split_roles(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The part before the first heading, and the firms under each heading."""
    firms: dict[str, tuple[str, ...]] = dict.fromkeys(("suppliers", "importers", "foreign_suppliers", "involved"), ())
    headings = list(_ROLES.finditer(text))
    for heading, following in zip_longest(headings, headings[1:]):
        end = following.start() if following else len(text)
        firms[heading.lastgroup] += _firms(text[heading.end() : end])
    return text[: headings[0].start()].strip() if headings else text, firms


def _firms(text: str) -> tuple[str, ...]:
    """A list of firms cut at commas, but not before a legal form (`SHENZHEN HI-LINK CO., LTD` is one)."""
    firms: list[str] = []
    for part in (part.strip() for part in re.split(r"[,;]\s*(?![^(]*\))", text)):
        if firms and re.fullmatch(rf"(?:{_LEGAL_FORMS})", _words(part)):
            firms[-1] += f", {part}"
        elif part:
            firms.append(part)
    return tuple(firms)


def _role_reasons(firms: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(
        f"{', '.join(names)}: printed in the manufacturer cell under the heading for {role.replace('_', ' ')}"
        for role, names in firms.items()
        if names
    )


def _split_brackets(text: str) -> tuple[str, list[str]]:
    """The name outside the last bracket, and the names inside it; a place inside a name stays in the name."""
    found = _LAST_BRACKET.search(text)
    if found and found.start() > 0:
        return text[: found.start()].strip(), [part for part in _bracket_parts(found[1]) if part]
    first, dash, second = text.partition(" - ")
    if dash and bool(_HAS_LEGAL_FORM.search(first)) != bool(_HAS_LEGAL_FORM.search(second)):
        return first.strip(), [second.strip()]  # “EGmicro - Yijing Microelectronics Co., Ltd”: two names of one firm
    return text, [place for place in _INNER_BRACKET.findall(text) if _PLACES.fullmatch(place.strip())]


def _bracket_parts(text: str) -> list[str]:
    """The names in a bracket, cut at commas and at “ - ”; a legal form stays with its firm."""
    return [part.strip() for firm in _firms(text) for part in re.split(r"\s+[-–—/]\s+", firm)]


def _reasons(printed: str, maker: Maker | None, stated: str) -> tuple[str, ...]:
    if not maker:
        return ()
    reasons = []
    if maker.name != printed:
        reasons.append(f"“{printed}” is a spelling or name of {maker.name}")
    if stated and stated != maker.seat:
        reasons.append(f"the published country is {stated}, the known seat of {maker.name} is {maker.seat}")
    return tuple(reasons)


# --- The bracket ------------------------------------------------------------------------------------------


def _interpreted(printed: str, maker: Maker | None, text: str) -> Bracket:
    """What one bracketed name means behind `printed`; the first of these that holds is the reading."""
    return (
        _as_place(text)
        or _as_own_name(printed, maker, text)
        or _as_successor(maker, text)
        or _as_short_form(printed, text)
        or _by_its_look(printed, text)
    )


def _as_place(text: str) -> Bracket | None:
    if _PLACES.fullmatch(text):
        return Bracket(text, "place", f"“{text}” is a place and tells the branch or seat")
    return None


def _as_own_name(printed: str, maker: Maker | None, text: str) -> Bracket | None:
    """A former name, a brand, or the present name of the same maker."""
    if maker is None or known(text) is not maker:
        return None
    if _key(text) in map(_key, maker.former):
        return Bracket(text, "former-name", f"{text} is a former name of {maker.name}")
    if _key(text) == _key(maker.name) and _key(printed) in map(_key, maker.former):
        return Bracket(text, "brand", f"{text} is the name under which {printed} trades today")
    if _key(text) in map(_key, maker.brands):
        return Bracket(text, "brand", f"{text} is a brand of {maker.name}")
    if short := _as_short_form(printed, text):
        return short
    if _HAS_LEGAL_FORM.search(text) or " " in text:
        return Bracket(text, "legal-name", f"{text} is the full name of {maker.name}")
    return Bracket(text, "abbreviation", f"{text} is a short name of {printed}")


def _as_successor(maker: Maker | None, text: str) -> Bracket | None:
    """A firm that a known succession leads to; the chain is told step by step."""
    other, steps = known(text), []
    while maker and other and maker.succession:
        steps.append(maker.succession.sentence)
        maker = KNOWN.get(maker.succession.successor)
        if maker is other:
            return Bracket(text, "later-owner", "; ".join(steps))
    return None


def _as_short_form(printed: str, text: str) -> Bracket | None:
    """An abbreviation of the name outside, or the long form of an abbreviation outside."""
    if _abbreviates(text, printed):
        return Bracket(text, "abbreviation", f"“{text}” is made of the beginnings or letters of “{printed}”")
    if _abbreviates(printed, text):
        return Bracket(
            text, "legal-name", f"“{printed}” is made of the beginnings or letters of “{text}”, its full name"
        )
    return None


def _abbreviates(short: str, long: str) -> bool:
    """Whether `short` is a word of `long`, the beginnings of its words in order, or their initials."""
    words, key = slug(long).split("-"), _key(short)
    if len(words) < 2 or len(key) < 2 or len(key) >= len("".join(words)):
        return False
    return key in words or _made_of_beginnings(key, tuple(words))


@lru_cache(maxsize=4096)
def _made_of_beginnings(key: str, words: tuple[str, ...]) -> bool:
    """Whether `key` can be cut into beginnings of `words`, in order; words may be left out, the first not."""
    if not key:
        return True
    if not words or key[0] != words[0][0]:
        return False
    for length in range(len(words[0]), 0, -1):
        if key.startswith(words[0][:length]):
            rest = key[length:]
            if not rest or any(_made_of_beginnings(rest, words[skip:]) for skip in range(1, len(words))):
                return True
    return False


def _by_its_look(printed: str, text: str) -> Bracket:
    """A reading from legal forms alone, for firms that are not known; each says that it is unconfirmed."""
    outside, inside = bool(_HAS_LEGAL_FORM.search(printed)), bool(_HAS_LEGAL_FORM.search(text))
    if known(text) or (outside and inside):
        return Bracket(
            text,
            "parent",
            f"“{text}” follows a maker's name and is a firm; read as a parent company, unconfirmed",
        )
    if inside:
        return Bracket(text, "legal-name", f"only “{text}” has a legal form; read as the legal name, unconfirmed")
    if outside or len(text.split()) == 1:
        return Bracket(text, "brand", f"“{text}” has no legal form; read as a brand of the maker, unconfirmed")
    return Bracket(text, "unknown", f"nothing tells whether “{text}” is a parent company, a brand or another name")
