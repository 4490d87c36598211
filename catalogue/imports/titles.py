"""Reading the title under which a component was published: which weapon, which example of it, which part.

`Missile Kh-101 №3152631314019 (produced 1Q2023)` names a type, one example and when it was made;
`Active radar homing head ARGS-14 of the 3M-14 Kalibr missile` a type and an assembly of it. Listed types come
from `systems`; any other title gives its own words, never a guess. No word of a title is dropped: it stands
in a field, in `description`, or in `notes`.

Which example is meant:

- two or more serial, tail or sample numbers, or "components from other …": a group;
- one such number, a place, or a date known to the month or better: a single example. Publishers tell examples
  of one type apart in this way ("July 2022" beside "No. 14662"), and one month names one teardown;
- a year, a quarter or an open date alone ("use in 2025", "produced not earlier than 2021", "usage from June
  2022"): unspecified. Many examples share such a period, and only single ones are counted as specimens, so
  the doubtful case must not count. The date is kept.
- a count of components and a series letter identify nothing.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogue.imports import clauses, systems
from catalogue.imports.clauses import Clauses, Number
from catalogue.markings.letters import language_of, pattern_key, slug_of


@dataclass(frozen=True)
class Alias:
    """A name of the system as the title prints it, without quotation marks; `language` is en, uk or ru."""

    text: str
    language: str


@dataclass(frozen=True)
class Title:
    """What a title says. Dates are EDTF; `place` and the others are None where the title is silent."""

    published: str
    system: str
    slug: str
    kind: str
    parent: str | None
    aliases: tuple[Alias, ...]
    description: str | None  # the words that say what sort of thing it is, as printed
    assembly: str | None
    specimen_kind: str
    numbers: tuple[Number, ...]
    recovered: str | None
    produced: str | None
    used: str | None
    examined: str | None
    place: str | None
    notes: tuple[str, ...]
    cues: tuple[str, ...]  # words that only announce what the fields hold: "tail number", "produced", "of the"


@dataclass
class _Draft:
    """A title while it is read; `main` is what remains of it outside brackets and clauses."""

    main: str
    clauses: Clauses
    brackets: list[str]
    notes: list[str]
    description: list[str]
    assembly: str | None = None
    several: bool = False


LONGEST_TITLE = 400  # published ones stay below 200; beyond this a cell is a pasted text
_EQUIPMENT = frozenset(systems.KINDS) & {
    "electronic-warfare", "radio", "navigation", "computer", "optics", "radar", "fire-control",
    "communications", "other",
}  # fmt: skip
_QUOTES = "\"“”«»„'‘’"
_QUOTED = re.compile(r"\"([^\"]+)\"|[“«„]([^”»“]+)[”»“]")
_COMPONENTS_FROM = re.compile(r"^(?P<words>(?:components|parts|fragments|debris)\s+(?:of|from)\s+)", re.IGNORECASE)
_OF = re.compile(r"(?:\s|(?<=[^\W\d_]))(?:of|from)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_WITH = re.compile(r"\s(?:with|without)\s.*$", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
_DRAWING_NUMBER = re.compile(r"^[A-ZА-ЯІЇЄҐ]{2,5}\d?\.\d{3,6}(?:\.\d{2,4})*(?:-\d+)?$")
_CODE_NAME_IN_MAIN = re.compile(r"[\s,]+(?:code|codename)\s*:?\s*[\"“«][^\"”»]+[\"”»]\s*$", re.IGNORECASE)
_COUNT = re.compile(r"^\d+\s+(?:components?|parts?|pieces|компонент\w*)$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def read(title: str) -> Title:
    """What `title` says; a title without any name gives its own text as the system.

    Raises ValueError when the title is empty or longer than LONGEST_TITLE.
    """
    text = " ".join(title.split())
    if len(text) > LONGEST_TITLE:
        raise ValueError(f"The weapon title has {len(text)} characters; shorten it to {LONGEST_TITLE}.")
    if not text:
        raise ValueError("The weapon title is empty; give the name of the weapon the component was found in.")
    draft = _Draft(text, Clauses(), [], [], [])
    draft.main = _BRACKET.sub(lambda found: (draft.brackets.append(found[1].strip()), " ")[1], text)
    _take_clauses_of_main(draft)
    _take_assembly(draft)
    found = _named(draft) or _unlisted(draft)
    found = _read_brackets(draft, found)
    return _finished(title, draft, found)


# --- What stands outside brackets -------------------------------------------------------------------------


def _take_clauses_of_main(draft: _Draft) -> None:
    """Take numbers, dates, code names and "with …" from the text outside brackets."""
    if code := _CODE_NAME_IN_MAIN.search(draft.main):
        clauses.take_code_name(code[0].strip(" ,"), draft.clauses)
        draft.main = draft.main[: code.start()]
    first, *others = clauses.segments(clauses.take_numbers(draft.main, draft.clauses))
    kept = [first]
    for segment in others:
        readers = (clauses.take_date, clauses.take_code_name, clauses.take_series)
        if segment and not any(reader(segment, draft.clauses) for reader in readers):
            kept.append(segment)
    may_be_place = draft.clauses.dates and len(kept) > 1 and not systems.mentions(kept[-1])
    if may_be_place and clauses.take_place(kept[-1], draft.clauses):
        kept.pop()
    draft.main = ", ".join(kept)
    extra = _WITH.search(draft.main)
    if extra and (systems.mentions(draft.main[: extra.start()]) or re.search(r"\d", draft.main[: extra.start()])):
        draft.notes.append(extra[0].strip())
        draft.main = draft.main[: extra.start()]


def _take_assembly(draft: _Draft) -> None:
    """Cut “head of the X missile” into the assembly and the weapon; the last “of” before a weapon decides."""
    if found := _COMPONENTS_FROM.match(draft.main):
        draft.description.append(found["words"].strip())
        draft.main = draft.main[found.end() :]
        draft.several = bool(re.match(r"(?:other|several|various|different)\b", draft.main, re.IGNORECASE))
        return
    listed = systems.mentions(draft.main)
    for cut in reversed(list(_OF.finditer(draft.main))):
        if any(mention.start <= cut.start() < mention.end for mention in listed):
            continue
        left, right = draft.main[: cut.start()].strip(), draft.main[cut.end() :]
        if left and not _is_weapon(left) and _begins_with_weapon(right):
            draft.assembly, draft.main = ", ".join([left, *draft.clauses.cued]), right
            draft.clauses.code_names, draft.clauses.cued = [], []
            draft.clauses.words.append(cut[0].strip())
            return


def _is_weapon(text: str) -> bool:
    """Whether the text before “of” is itself a weapon: “9M727 cruise missile from the Iskander-K system”."""
    return bool(systems.WEAPON.search(text)) or any(m.system.kind not in _EQUIPMENT for m in systems.mentions(text))


def _begins_with_weapon(text: str) -> bool:
    """Whether the text after “of” names a whole: a listed type first, a weapon, or a named complex."""
    for mention in systems.mentions(text):
        before = re.sub(r"[\W_]+|\b(?:uav|missile|[a-z]+-made)\b", "", text[: mention.start], flags=re.IGNORECASE)
        if not before:
            return True
    named = re.search(r"\d|[\"“«]|\b[A-ZА-ЯІЇЄҐ][^\W\d_]{2,}", text)
    return bool(named and systems.WEAPON.search(text)) or bool(re.match(r"(?:[a-z]+\s)*complex\s+[\"“«]", text))


# --- The name ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    system: str
    slug: str
    kind: str
    parent: str | None
    aliases: tuple[str, ...]


def _named(draft: _Draft) -> _Found | None:
    """The listed system the main text names; the most exact one where a family is named beside its member."""
    listed = systems.mentions(draft.main)
    exact = [mention for text in draft.brackets for mention in _exact_mentions(text)]
    if not listed and not exact:
        return None
    if not listed:
        own, _ = _take_name_words(draft)
        draft.description += [] if own else [" ".join(draft.main.split())]
        return _Found(*_identity(exact[0].system), aliases=(" ".join(own),) if own else ())
    chosen = listed[0].system
    for mention in [*listed[1:], *exact]:
        if chosen.slug in _ancestors(mention.system):
            chosen = mention.system
    family = {chosen.slug, *_ancestors(chosen)}
    either = [m for m in listed if m.system.slug not in family and " / " in draft.main]
    if either:
        return _either(draft, listed)
    own = [m for m in listed if m.system.slug in family]
    quoted = _sort_rest(draft, own, chosen)
    return _Found(*_identity(chosen), aliases=(*(m.text for m in own), *quoted))


def _identity(system: systems.System) -> tuple[str, str, str, str | None]:
    return system.name, system.slug, system.kind, system.parent


def _exact_mentions(bracket: str) -> list[systems.Mention]:
    """The listed names that are a whole part of a bracket: (Shahed-136), (index 14C822, No. 7)."""
    parts = [clauses.without_cue(part).strip(_QUOTES) for part in clauses.segments(bracket)]
    return [mention for part in parts for mention in systems.mentions(part) if mention.text == part]


def _ancestors(system: systems.System) -> list[str]:
    slugs = []
    while system and system.parent:
        slugs.append(system.parent)
        system = systems.KNOWN.get(system.parent)
    return slugs


def _either(draft: _Draft, listed: list[systems.Mention]) -> _Found:
    """A title that leaves open which of two types it was: `radar A / radar B` is neither, but “A / B”."""
    ordered = list(dict.fromkeys(m.system.name for m in listed))
    name, kind = " / ".join(ordered), listed[0].system.kind
    _sort_rest(draft, listed, listed[0].system)
    return _Found(name, slug_of(name), kind, None, tuple(m.text for m in listed))


def _sort_rest(draft: _Draft, taken: list[systems.Mention], system: systems.System) -> list[str]:
    """Sort the words between the names: painted numbers, the description, and notes.

    Returns what stands there in quotation marks of its own: further names.
    """
    quoted = []
    start, flies = 0, system.kind in ("uav", "loitering-munition")
    for mention in [*taken, None]:
        run = draft.main[start : mention.start if mention else len(draft.main)]
        quoted += [name for pair in _QUOTED.findall(run) for name in pair if name]
        run = " ".join(_QUOTED.sub(" ", run).split()).strip(" ,./:-" + _QUOTES)
        start = mention.end if mention else start
        numbers, run = clauses.cut_painted_numbers(run)
        draft.clauses.numbers += [Number("tail" if flies else "serial", number) for number in numbers]
        if run:
            generic = any(systems.WORD_OF_KIND.fullmatch(word) for word in re.findall(r"[\w-]+", run))
            (draft.description if generic else draft.notes).append(run)
    return quoted


def _unlisted(draft: _Draft) -> _Found:
    """A system read by grammar: its designation, its quoted name, or its capitalised words."""
    own, quoted = _take_name_words(draft)
    if not own:
        return _from_bracket(draft)
    name, aliases = " ".join(own), tuple(own) if len(own) > 1 and quoted else ()
    if family := systems.family_of(name):
        return _Found(name, slug_of(name), family.kind, family.slug, aliases)
    kind = systems.kind_named_in(" ".join([*draft.description, name]))
    return _Found(name, slug_of(name), kind, None, aliases)


def _take_name_words(draft: _Draft) -> tuple[list[str], bool]:
    """The words of the main text that make a name, and whether one is quoted; the rest is description."""
    words = re.findall(r"[\"“«„][^\"“”«»„]+[\"”»“]|\S+", draft.main)
    named = [_is_name(words, place) for place in range(len(words))]
    if not any(named):
        return [], False
    first, last = named.index(True), len(named) - 1 - named[::-1].index(True)
    own = [word.strip(_QUOTES + ",.") for word, is_name in zip(words, named, strict=True) if is_name]
    around = [
        *words[:first],
        *(w for w, n in zip(words[first:last], named[first:last], strict=True) if not n),
    ]
    draft.description += [" ".join(part) for part in (around, words[last + 1 :]) if part]
    return own, any(word[0] in _QUOTES for word in words)


def _from_bracket(draft: _Draft) -> _Found:
    """The abbreviation in a bracket where all else is description (`Unified munition (UMPB)`), or all."""
    for text in draft.brackets:
        listed = [m for m in systems.mentions(text) if m.text == text]
        if listed or re.fullmatch(r"[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ\d-]{1,9}", text):
            draft.brackets.remove(text)
            draft.description.append(draft.main.strip())
            if listed:
                system = listed[0].system
                return _Found(*_identity(system), aliases=(text,))
            return _Found(text, slug_of(text), systems.kind_named_in(draft.main), None, ())
    name = " ".join(draft.main.split()).strip(" ,.") or "Unnamed system"
    return _Found(name, slug_of(name), systems.kind_named_in(name), None, ())


def _is_name(words: list[str], place: int) -> bool:
    """Whether a word belongs to the name: quoted, with a digit, or capitalised and no word of kind.

    A capital at the very beginning may be the sentence's own (“Printing device UD-M312”): it is a name only
    when another name word follows, or no later word is quoted or has a digit.
    """
    word = words[place]
    if word[0] in _QUOTES:
        return True
    if re.search(r"\d", word):
        return not (place + 1 < len(words) and re.fullmatch(r"mm|мм|km|kg|mhz|ghz", words[place + 1], re.IGNORECASE))
    parts = [part for part in re.split(r"[/\s]", word.strip(",.:")) if part]
    if not parts or not parts[0][0].isupper() or all(systems.WORD_OF_KIND.fullmatch(part) for part in parts):
        return False
    rest = words[place + 1 :]
    if place == 0 and rest and rest[0].islower():
        return not any(re.search(r"\d", other) or other[0] in _QUOTES for other in rest)
    return True


# --- Brackets ---------------------------------------------------------------------------------------------


def _read_brackets(draft: _Draft, found: _Found) -> _Found:
    """Read each bracket: dates, numbers, places, further names; what is none of these becomes a note."""
    names = list(found.aliases)
    for text in draft.brackets:
        if not text or clauses.take_date(text, draft.clauses):
            continue
        before = draft.clauses.understood()
        rest = [part for part in clauses.segments(clauses.take_numbers(text, draft.clauses)) if part]
        unread = [part for part in rest if not _clause(part, draft)]
        if draft.clauses.understood() == before and len(unread) > 1:
            draft.notes.append(text)
            continue
        for part in unread:
            if not (draft.clauses.dates and clauses.take_place(part, draft.clauses)):
                _other_in_bracket(part, draft, found, names)
    return _Found(found.system, found.slug, found.kind, found.parent, tuple(names))


def _clause(text: str, draft: _Draft) -> bool:
    readers = (clauses.take_date, clauses.take_series, clauses.take_code_name)
    return any(reader(text, draft.clauses) for reader in readers)


def _other_in_bracket(text: str, draft: _Draft, found: _Found, names: list[str]) -> None:
    """A bracket part without a cue: another name, a drawing number, a painted or serial number, or a note."""
    bare = text.strip(_QUOTES)
    mentioned = systems.mentions(text)
    initials = "".join(re.findall(r"\b[^\W\d_]", " ".join([draft.main, *draft.description])))
    if len(mentioned) == 1 and mentioned[0].system.slug in (found.slug, found.parent):
        names.append(mentioned[0].text)
        draft.notes += [text] if mentioned[0].text != bare else []
    elif _COUNT.match(text):
        draft.notes.append(text)
    elif _DRAWING_NUMBER.match(bare):
        names.append(bare)
    elif clauses.is_tail_number(bare) and found.kind in ("uav", "loitering-munition"):
        draft.clauses.numbers.append(Number("tail", bare))
    elif re.fullmatch(r"\d{5,}", bare):
        draft.clauses.numbers.append(Number("serial", bare))
    elif 1 < len(bare) < 6 and pattern_key(bare) in pattern_key(initials):
        draft.description.append(bare)
    elif not mentioned and re.fullmatch(r"[A-ZА-ЯІЇЄҐ][\w.-]*(?:\s[A-ZА-ЯІЇЄҐ\d][\w.-]*){0,2}", bare):
        (draft.notes if re.search(r"-[a-z]{4,}", bare) else names).append(bare)
    else:
        draft.notes.append(text)


# --- The whole --------------------------------------------------------------------------------------------


def _specimen_kind(draft: _Draft) -> str:
    """Single, group or unspecified, by the rule at the head of this module."""
    identities = {number for number in draft.clauses.numbers if number.kind != "series"}
    if len(identities) > 1 or draft.several:
        return "group"
    if identities or draft.clauses.place or draft.clauses.name_a_month():
        return "single"
    return "unspecified"


def _finished(title: str, draft: _Draft, found: _Found) -> Title:
    printed = (*found.aliases, *draft.clauses.code_names)
    pieces = [piece for text in printed for piece in re.split(rf"[{_QUOTES}]", text)]
    named = dict.fromkeys(piece.strip() for piece in pieces if piece.strip())
    aliases = [Alias(text, language_of(text)) for text in named if text != found.system]
    when = draft.clauses.dates
    return Title(
        published=title, system=found.system, slug=found.slug, kind=found.kind, parent=found.parent,
        aliases=tuple(aliases), description="; ".join(draft.description) or None, assembly=draft.assembly,
        specimen_kind=_specimen_kind(draft), numbers=tuple(dict.fromkeys(draft.clauses.numbers)),
        recovered=when.get("recovered"), produced=when.get("produced"), used=when.get("used"),
        examined=when.get("examined"), place=draft.clauses.place, notes=tuple(draft.notes),
        cues=tuple(word for word in draft.clauses.words if word),
    )  # fmt: skip
