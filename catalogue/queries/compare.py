"""A teardown beside an earlier one of its system: what was expected and is here, what is not here yet, what is new.

Everything is said of records: what is not recorded here may still lie in the wreck.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from catalogue.models import Authenticity, Component, ComponentKind, Specimen, SpecimenKind

MOST = 2000  # component records of either side that are compared
DOUBTFUL = (Authenticity.SUSPECTED_REMARK, Authenticity.COUNTERFEIT, Authenticity.RESURFACED)


@dataclass(frozen=True)
class Piece:
    """What is compared of a component record. `said` is the comparison key of its marking, else of its words.

    `name` are its words; `marked`: a marking was read, so that it can be told from another of the same words.
    """

    key: object
    on: object = None
    kind: str = "part"
    designator: str = ""
    said: str = ""
    part: object = None
    maker: object = None
    name: str = ""
    marked: bool = False


@dataclass
class Compared:
    """Keys of records: `found` and `substituted` are (earlier, here) pairs."""

    found: list = field(default_factory=list)
    substituted: list = field(default_factory=list)
    expected: list = field(default_factory=list)
    new: list = field(default_factory=list)


def what(piece):
    """What tells a piece from others, by the most certain that is known of it; None when nothing is."""
    if piece.part is not None:
        return ("part", piece.part)
    if piece.said:
        return ("said", piece.kind, piece.maker, piece.said)
    return None


def places(pieces):
    """{where a piece sits: the piece}: its designator, and that of all it sits on. Only where one alone has it."""
    by_key, found = {piece.key: piece for piece in pieces}, defaultdict(list)
    for piece in pieces:
        if piece.designator:
            found[way(piece, by_key)].append(piece)
    return {place: there[0] for place, there in found.items() if len(there) == 1}


def way(piece, by_key):
    """The designators, or what is said, from the outermost of what a piece sits on to itself."""
    names, at, seen = [], piece, set()
    while at is not None and at.key not in seen:
        seen.add(at.key)
        names.append(at.designator.strip().upper() or at.said if at is piece or at.designator else at.said)
        at = by_key.get(at.on)
    return tuple(reversed(names))


def compare(earlier, here):
    """Compared: two teardowns as Pieces.

    A place that both have decides; then what the pieces are, one for one; then what is not read yet, by its words.
    """
    result = Compared()
    before, now = places(earlier), places(here)
    for place in before.keys() & now.keys():
        old, new = before[place], now[place]
        if old.kind == new.kind:
            (result.substituted if differ(old, new) else result.found).append((old.key, new.key))
    pair_off(result, earlier, here, what)
    pair_unread(result, earlier, here)
    gone = {old for old, _new in (*result.found, *result.substituted)}
    known = {new for _old, new in (*result.found, *result.substituted)}
    result.expected = [piece.key for piece in earlier if piece.key not in gone]
    result.new = [piece.key for piece in here if piece.key not in known]
    order = {piece.key: n for n, piece in enumerate(here)}
    result.found.sort(key=lambda pair: order[pair[1]])
    result.substituted.sort(key=lambda pair: order[pair[1]])
    return result


def differ(old, new):
    """Whether two pieces in one place are known to be different: another part, or another maker's."""
    if old.part is not None and new.part is not None:
        return old.part != new.part
    return old.maker is not None and new.maker is not None and old.maker != new.maker


def pair_off(result, earlier, here, told):
    """Add to what is found the pieces not paired yet that are `told` alike, the first with the first."""
    gone = {old for old, _new in (*result.found, *result.substituted)}
    known = {new for _old, new in (*result.found, *result.substituted)}
    waiting = defaultdict(list)
    for piece in here:
        if piece.key not in known and told(piece) is not None:
            waiting[told(piece)].append(piece)
    for piece in earlier:
        same = waiting.get(told(piece)) if piece.key not in gone and told(piece) is not None else None
        if same:
            result.found.append((piece.key, same.pop(0).key))


def pair_unread(result, earlier, here):
    """Pair by kind, designator and words, on what is paired itself, where one of two is not read or identified yet."""
    pairs = dict((*result.found, *result.substituted))
    known, waiting = set(pairs.values()), defaultdict(list)
    for piece in here:
        if piece.key not in known:
            waiting[piece.on, *called(piece)].append(piece)
    for piece in earlier:
        if piece.key in pairs or called(piece)[1:] == ("", ""):
            continue
        found = waiting.get((pairs.get(piece.on), *called(piece)), ())
        for other in found:
            if unread(piece) or unread(other):
                found.remove(other)
                pairs[piece.key] = other.key
                result.found.append((piece.key, other.key))
                break


def called(piece):
    """What a piece goes by, whatever is printed on it."""
    return piece.kind, piece.designator.strip().upper(), piece.name


def unread(piece):
    return piece.part is None and not piece.marked


# Out of the catalogue, in the reader's view


def teardowns(specimen):
    """Other teardowns of the same system that the reader may see, those recorded before it first, the latest first."""
    torn = Component.objects.filter(specimen=OuterRef("pk"), voided_at=None)
    others = Specimen.objects.filter(Exists(torn), system=specimen.system_id, kind=SpecimenKind.SINGLE, voided_at=None)
    others = others.exclude(pk=specimen.pk).select_related("audience")
    return [
        *others.filter(pk__lt=specimen.pk).order_by("-pk")[:50],
        *others.filter(pk__gt=specimen.pk).order_by("-pk")[:50],
    ]


def pieces(specimen):
    """[Piece] of the component records of a specimen, the oldest first; at most MOST."""
    columns = ("pk", "parent_id", "kind", "designator", "marking_key", "name", "part_id", "manufacturer_id")
    rows = Component.objects.filter(specimen=specimen, voided_at=None).order_by("pk").values_list(*columns)[:MOST]
    return [
        Piece(pk, on, kind, designator, key or worded(name), part, maker, worded(name), bool(key))
        for pk, on, kind, designator, key, name, part, maker in rows
    ]


def worded(name):
    """Words as they are compared."""
    return " ".join(name.casefold().split())


@dataclass
class First:
    """What of this teardown is seen in its system for the first time: ids of component records.

    Of parts, makers and boards every record that shows one; `once` has one record of each.
    """

    parts: list
    makers: list
    boards: list
    newest: object = None  # the component with a date later than any in the system
    before: object = None  # the latest date there was

    def codes(self):
        """{component's id: what it is the first to show}."""
        found = defaultdict(list)
        for code, pairs in (("part", self.parts), ("maker", self.makers), ("board", self.boards)):
            for pk, _value in pairs:
                found[pk].append(code)
        if self.newest is not None:
            found[self.newest].append("newest")
        return dict(found)


def once(pairs):
    """The first record of each value of (record, value) pairs."""
    found = {}
    for pk, value in pairs:
        found.setdefault(value, pk)
    return list(found.values())


def first_seen(specimen):
    """First: beside all other component records of the same system that the reader may see."""
    elsewhere = Component.objects.filter(specimen__system=specimen.system_id, voided_at=None).exclude(specimen=specimen)
    here = Component.objects.filter(specimen=specimen, voided_at=None).order_by("pk")

    def unseen(column, rows):
        known = elsewhere.filter(**{column: OuterRef(column)})
        return list(rows.exclude(**{column: None}).filter(~Exists(known)).values_list("pk", column)[:MOST])

    boards = here.filter(kind=ComponentKind.BOARD).exclude(marking_key="")
    dated = here.filter(made_from__isnull=False).exclude(authenticity__in=DOUBTFUL).order_by("-made_from", "pk").first()
    last = elsewhere.filter(made_from__isnull=False).exclude(authenticity__in=DOUBTFUL).order_by("-made_from").first()
    newer = dated is not None and last is not None and last.made_to is not None and dated.made_from > last.made_to
    return First(
        unseen("part_id", here),
        unseen("manufacturer_id", here),
        unseen("marking_key", boards),
        dated.pk if newer else None,
        last.pk if newer else None,
    )
