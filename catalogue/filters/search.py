"""One question for page and interface: what fits of every noun, why, and the list that holds all of it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from catalogue.markings.letters import pattern_key
from catalogue.markings.published import LEAST
from catalogue.markings.reading import read_marking
from catalogue.models import Organisation, Part, PublishedRecord, Specimen, SupplyRoute, WeaponSystem
from catalogue.queries import components, search
from catalogue.queries.paging import hinted
from catalogue.queries.resolve import firms_meant
from catalogue.queries.standing import standing

from .components import OF_FIELDS, ComponentFilter, code_of, component_parameters
from .organisations import OrganisationFilter
from .parts import PartFilter
from .published import PublishedFilter
from .question import DATES, Question, between, read
from .routes import RouteFilter
from .specimens import SpecimenFilter
from .systems import SystemFilter

READINGS, NUMBERS = 3, 4  # of what is typed, taken for a marking
FILTERS = {
    "systems": (WeaponSystem, SystemFilter),
    "organisations": (Organisation, OrganisationFilter),
    "parts": (Part, PartFilter),
    "components": (components.SHAPE.model, ComponentFilter),
    "specimens": (Specimen, SpecimenFilter),
    "routes": (SupplyRoute, RouteFilter),
    "published-records": (PublishedRecord, PublishedFilter),
}
# Which parameter of a noun's list says the same as a field of the question. A noun that lacks one is not asked.
SAME = {
    "systems": {"system": "q"},
    "organisations": {"maker": "q", "country": "country"},
    "parts": {"part": "q", "maker": "maker", "country": "maker_country", "category": "category", "grade": "grade"},
    "components": OF_FIELDS,
    "specimens": {"specimen": "q", "system": "system_name", "recovered": "recovered"},
    "routes": {"system": "system_name"},
    "published-records": {"source": "source_id"},
}


# Which parameter of the components list takes records of a noun, several of them.
OF_THESE = {"systems": "system", "organisations": "manufacturer", "specimens": "specimen"}


@dataclass(frozen=True)
class Group:
    """The records of one noun that fit best, whether there are more, and the query of the list that holds all."""

    noun: str
    hits: list
    more: bool
    query: str

    @property
    def components(self):
        """The query of the list of components of these records; None for what has none, or where no list says so."""
        if self.noun == "parts" and len(self.hits) == 1:
            return urlencode({"part": self.hits[0].title})
        if self.noun not in OF_THESE:
            return None
        return urlencode([(OF_THESE[self.noun], hit.key) for hit in self.hits])


@dataclass(frozen=True)
class Answer:
    """What a question found. `reference` is (noun, reference) of the record that it names, if it does."""

    question: Question
    groups: list
    short: bool = False
    reference: tuple | None = None


def answer(text):
    """The Answer to `text`. Raises BadParameter when it cannot be understood."""
    asked = read(text)
    if not asked.words and not asked.fields:
        return Answer(asked, [])
    if asked.fields:
        return Answer(asked, listed(asked))
    aim = search.aim(plain(asked))
    for noun, reference in (("specimen", aim.specimen), ("component", aim.component)):
        if reference:
            return Answer(asked, [], reference=(noun, reference))
    return Answer(asked, groups(asked, aim), short=0 < len(aim.key) < search.SHORTEST)


def plain(asked):
    """The words of a question as one text."""
    return " ".join(asked.words)


def groups(asked, aim):
    """Groups of what holds the words: together as they stand, then each by itself, then what they are read as or mean;
    else with one letter mistaken, else with letters that look alike."""
    found = search.found(aim)
    # A published record is found by its identifier alone, which has a parameter of its own.
    own = {"published-records": urlencode({"source_id": aim.text})}
    made = [
        Group(noun, hits[: search.SHOWN], len(hits) > search.SHOWN, own.get(noun) or query_of(noun, asked))
        for noun, hits in found.items()
    ]
    if len(asked.words) > 1:
        made = [*made, *(group for group in listed(asked) if group.noun not in found)]
    made = [*made, *read_as(asked, {group.noun for group in made})]
    made = meant(asked, made)
    if made:
        return made
    made = [
        Group(noun, hits[: search.SHOWN], len(hits) > search.SHOWN, query_of(noun, righted(asked, hits)))
        for noun, hits in search.mistaken(aim).items()
    ]
    if made:
        return made
    number, groups = search.looking_so(aim)
    return narrowed(replace(asked, words=(number,)), groups)


def read_as(asked, found):
    """Groups of the part types and components that the text names when it is read as a marking; not of nouns `found`.

    Asked only of what somebody would print: of one word where nothing holds it, of several where no part type does.
    """
    if "parts" in found or (found and len(asked.words) == 1):
        return []
    numbers = numbers_in(asked.text)
    number, groups = search.read_as(numbers) if numbers else (None, {})
    groups = {noun: hits for noun, hits in groups.items() if noun not in found}
    return narrowed(replace(asked, words=(number,)), groups)


def narrowed(asked, groups):
    """Groups of {noun: hits}, each with the list that the question `asked` gives."""
    return [
        Group(noun, hits[: search.SHOWN], len(hits) > search.SHOWN, query_of(noun, asked))
        for noun, hits in groups.items()
    ]


def meant(asked, made):
    """`made` with the makers that the text means by what is known of makers' names, before those that hold it."""
    firms = firms_meant(plain(asked))
    own = next((group for group in made if group.noun == "organisations"), None)
    named = {hit.key for hit in own.hits if hit.why != "words"} if own else set()
    firms = [firm for firm in firms if firm.slug not in named]
    there = [hit for hit in own.hits if hit.key not in {firm.slug for firm in firms}] if own else []
    if not firms:
        return made
    hits = [replace(hit, why="meant") for hit in search.described("organisations", [firm.pk for firm in firms])]
    more = len(hits) + len(there) > search.SHOWN or (own is not None and own.more)
    first = Group("organisations", [*hits, *there][: search.SHOWN], more, query_of("organisations", asked))
    return [first, *(group for group in made if group is not own)]


def numbers_in(text):
    """The numbers that a marking is read as, whole ones before their families; none but the text itself is none."""
    plain = pattern_key(text).replace(" ", "")
    read = [one for one in read_marking(text)[:READINGS] if one.score >= LEAST]
    found = dict.fromkeys([*(one.mpn for one in read), *(one.base_part for one in read)])
    return [number for number in found if number and pattern_key(number) != plain][:NUMBERS]


def righted(asked, hits):
    """The question with the right spelling in place of the mistaken one."""
    right = next((hit.also for hit in hits if hit.also), None)
    return replace(asked, words=(right,)) if right else asked


def listed(asked):
    """Groups of the records that the nouns' lists give for the question, newest first."""
    found = []
    for noun, (model, filters) in FILTERS.items():
        query = query_of(noun, asked)
        if query is None:
            continue
        queryset = filters(QueryDict(query), standing(model)).found()
        ids = list(hinted(queryset).order_by("-id").values_list("id", flat=True)[: search.SHOWN + 1])
        hits = search.described(noun, ids[: search.SHOWN])
        if hits:
            found.append(Group(noun, hits, len(ids) > search.SHOWN, query))
    return found


def query_of(noun, asked):
    """The query of the noun's list that asks the same; None when the list cannot be narrowed so."""
    pairs, words = [], [asked.free] if asked.words else []
    for field, value in asked.fields:
        parameter = SAME[noun].get(field) or (field if noun == "components" and field in DATES else None)
        if parameter is None:
            return None
        if parameter == "q":
            words.append(f'"{value}"')
        elif field in DATES:
            after, before = between(field, value)
            pairs += [(f"{field}_{name}", day) for name, day in (("after", after), ("before", before)) if day]
        elif noun == "components":
            pairs += component_parameters(field, value)
        else:
            pairs.append((parameter, code_of(field, value)))
    return urlencode([*([("q", " ".join(words))] if words else []), *pairs])
