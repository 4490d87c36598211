"""What markings may say, beside the makers and parts that the reader sees: read by rules, asserted by nobody.

Nothing of it is stored. A maker or a part is named where exactly one is meant; of several that could be, none is.
"""

from dataclasses import dataclass

from catalogue.markings.reading import Reading, read_marking
from catalogue.markings.resolving import resolve
from catalogue.models import Basis, Component, Organisation, Part, PartNumber

from .named import keys_of
from .resolve import bearers, exact, standing, wanted

MOST = 3  # readings of one marking
TELLING = 0.85  # belief from which a marking tells its maker by itself
SURE = 0.9  # how sure a name has to mean a maker


@dataclass(frozen=True)
class Candidate:
    """A reading with the recorded maker and part that it names, as far as the reader sees them."""

    reading: Reading
    manufacturer: Organisation | None = None
    part: Part | None = None

    @property
    def maker(self):
        """What the maker is called that the reading tells of, recorded or not; "" where it tells of none."""
        if self.manufacturer is not None or not self.reading.maker:
            return self.manufacturer.name if self.manufacturer is not None else ""
        meant = resolve(self.reading.maker)
        return (meant.maker.name if meant.maker else meant.cell.name) or ""

    @property
    def plausible(self):
        """Whether it says what the piece is: a number, or at least a family."""
        return bool(self.reading.mpn or self.reading.base_part)


def text_of(component: Component):
    """What is read of a component: its marking, or of a reported one without a marking what was published."""
    return component.marking or (component.published_text if component.basis == Basis.REPORTED else "")


def read_as(component: Component, text):
    """The maker's name with which the text of a component is read, as published or as identified.

    What a piece is identified as helps only where the marking does not tell its maker itself: a wrong opinion must not
    make a reading that agrees with it.
    """
    if component.published_record_id is not None and component.published_record.manufacturer:
        return component.published_record.manufacturer
    if component.manufacturer_id is None:
        return ""
    alone = read_marking(text)[0]
    return "" if alone.maker and alone.score >= TELLING else component.manufacturer.name


def of_component(component: Component):
    """The Candidates of a component's marking, the likeliest first; empty where it has none."""
    text = text_of(component)
    if not text.strip():
        return []
    (found,) = proposed([(text, read_as(component, text))], own=component.manufacturer_id)
    return found


def of_marking_alone(component: Component):
    """The Candidates of a component's marking as whoever does not know its maker reads it."""
    return proposed([(text_of(component), "")])[0]


def part_of(manufacturer: Organisation, number):
    """The manufacturer's part in force with this number or a further one, however it is separated; None without."""
    key = keys_of([number])[number]
    parts = numbered({key} - {""}).get(key, ())
    return next((part for part in parts if part.manufacturer_id == manufacturer.pk), None)


def proposed(markings, own=None):
    """[[Candidate]] for each (marking, maker's name): at most three, the likeliest first.

    Five queries whatever their number, none where nothing is plausible. Of makers with one name `own` (an id) is meant.
    """
    read = [read_marking(marking, maker)[:MOST] for marking, maker in markings]
    plausible = [one for readings in read for one in readings if one.mpn or one.base_part]
    if not plausible:
        return [[Candidate(one) for one in readings] for readings in read]
    meant = {one.maker: resolve(one.maker) for one in plausible if one.maker}
    texts = {name: wanted(one) for name, one in meant.items()}
    numbers = {one.mpn for one in plausible if one.mpn}
    keys = keys_of({text for names in texts.values() for text in names} | set(meant) | numbers)
    by_key = bearers({key for key in (keys[text] for name in texts for text in (name, *texts[name])) if key})
    makers = {name: only(exact(name, one, texts[name], keys, by_key), own) for name, one in meant.items()}
    parts = numbered({keys[number] for number in numbers if keys[number]})
    return [
        [beside(one, makers.get(one.maker), parts.get(keys.get(one.mpn), ())) for one in readings] for readings in read
    ]


def only(found, own):
    """The organisation that is meant of {id: Found}; None where two are as likely, or none is sure."""
    if own in found:
        return found[own].organisation
    sure = [one for one in found.values() if one.score >= SURE]
    if not sure or (len(sure) > 1 and sure[0].score == sure[1].score):
        return None
    return sure[0].organisation


def numbered(keys):
    """{key: [parts]} of those in force that have one of these numbers, their own one before a further one."""
    found = {}
    if not keys:
        return found
    parts = Part.objects.filter(key__in=keys, voided_at=None)
    further = PartNumber.objects.filter(key__in=keys, voided_at=None, part__voided_at=None)
    named = [
        (part.key, part) for part in parts.select_related("manufacturer", "canonical__manufacturer").order_by("id")
    ]
    for number in further.select_related("part__manufacturer", "part__canonical__manufacturer").order_by("id"):
        named.append((number.key, number.part))
    for key, part in named:
        part = standing(part)
        if part not in found.setdefault(key, []):
            found[key].append(part)
    return found


def beside(reading, manufacturer, parts):
    """The Candidate of a reading. Where no maker is told, a part names its own if only one maker has it."""
    if reading.maker:
        of_maker = [part for part in parts if manufacturer is not None and part.manufacturer_id == manufacturer.pk]
        return Candidate(reading, manufacturer, of_maker[0] if of_maker else None)
    if len({part.manufacturer_id for part in parts}) == 1:
        return Candidate(reading, parts[0].manufacturer, parts[0])
    return Candidate(reading)
