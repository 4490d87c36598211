"""Whom a maker's name means among the organisations that the reader sees, with score and reasons, the surest first.

Who is meant is first read from the letters (`markings.resolving`); then its names are looked for among those recorded,
exactly, and where nothing is found, among those that differ in a letter or two.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from rapidfuzz import fuzz

from catalogue.markings.letters import is_cyrillic
from catalogue.markings.makers import known
from catalogue.markings.resolving import MISSPELT, NEAR, Resolved, resolve, spellings
from catalogue.models import Organisation, OrganisationName, Owned
from catalogue.models.base import NameKind

from . import ownership
from .named import keys_of

MOST = 5
LONGEST = 80  # letters that a maker's name may have
RECORDED, MEANT = 1.0, 0.95  # a name as recorded; a recorded name of the maker that is meant
ALIKE = "0.5"  # trigrams that agree before letters are compared
# One spelling after the other: only so is the index of trigrams asked.
LIKE_IT = """
  SELECT n.* FROM unnest(%(letters)s::text[]) w (letters) CROSS JOIN LATERAL (
    (SELECT id, name AS text, key FROM catalogue_organisation
      WHERE key %% w.letters AND voided_at IS NULL LIMIT 100)
    UNION ALL
    (SELECT organisation_id, text, key FROM catalogue_organisationname
      WHERE key %% w.letters AND voided_at IS NULL LIMIT 100)
  ) n"""


@dataclass(frozen=True)
class Found:
    """An organisation that a name may mean: how sure (0 to 1), why, and who stands above it today, the next first."""

    organisation: Organisation
    score: float
    reasons: tuple[str, ...]
    owners: tuple[Organisation, ...] = ()


def resolved(names):
    """[(name, Resolved, [Found])] for each of `names` in their order.

    Six queries whatever their number, and two more for each that no recorded name has.
    """
    read = [(name, resolve(name)) for name in names]
    asked = [wanted(meant) for _name, meant in read]
    keys = keys_of({text for texts in asked for text in texts} | set(names))
    by_key = bearers({key for key in keys.values() if key})
    found = [exact(name, meant, texts, keys, by_key) for (name, meant), texts in zip(read, asked, strict=True)]
    for n, (_name, meant) in enumerate(read):
        if not found[n] and meant.name:
            found[n] = alike(meant)
    found = with_owners([dict(list(one.items())[:MOST]) for one in found])
    return [(name, meant, rows) for (name, meant), rows in zip(read, found, strict=True)]


def firms_meant(text):
    """Recorded organisations of the maker of which `text` is a known name, or in Cyrillic the sound, the surest first.

    Any other text means none: what it holds, and a slip of the pen, is found by its letters.
    """
    if len(text) > LONGEST or not (known(text) or is_cyrillic(text)):
        return []
    ((_name, meant, found),) = resolved([text])
    return [one.organisation for one in found] if meant.maker else []


def wanted(meant: Resolved):
    """{text: why an organisation called so is meant}, the surest first."""
    if meant.name is None:
        return {}
    texts = {meant.cell.published: "", meant.cell.printed: "", meant.name: ""}
    if meant.maker:
        texts |= {text: f"{text} is a name of {meant.maker.name}" for text in meant.maker.other_names if len(text) > 3}
    for text in spellings(meant.cell.printed):
        texts.setdefault(text, "the same letters without legal form")
    return {text: why for text, why in texts.items() if text}


def bearers(keys):
    """{key: [(organisation, the name that has it, its kind or "")]} of those in force, merged ones as what they are."""
    found = {}
    firms = Organisation.objects.filter(key__in=keys, voided_at=None).select_related("canonical__canonical")
    names = OrganisationName.objects.filter(key__in=keys, voided_at=None, organisation__voided_at=None)
    for firm in firms:
        found.setdefault(firm.key, []).append((standing(firm), firm.name, ""))
    for name in names.select_related("organisation__canonical__canonical"):
        found.setdefault(name.key, []).append((standing(name.organisation), name.text, name.kind))
    return found


def standing(firm):
    """The record that stands for `firm`: itself, or what it was merged into as far as that is seen, two steps on."""
    for _step in range(2):
        if firm.canonical is None or firm.canonical.voided_at is not None:
            break
        firm = firm.canonical
    return firm


def exact(name, meant, texts, keys, by_key):
    """{id: Found} of the organisations that bear one of `texts`, the surest first."""
    found = {}
    for text, why in texts.items():
        for firm, called, kind in by_key.get(keys.get(text), ()):
            own = keys[text] == keys.get(name)
            score = RECORDED if own else round(MEANT * meant.score, 3) if meant.maker else MEANT
            said = f"it is recorded as {called}" + (f" ({NameKind(kind).label.lower()})" if kind else "")
            reasons = tuple(dict.fromkeys(filter(None, (said, why, *(() if own else meant.reasons)))))
            if firm.pk not in found or found[firm.pk].score < score:
                found[firm.pk] = Found(firm, score, reasons)
    return dict(sorted(found.items(), key=lambda item: -item[1].score))


def alike(meant):
    """{id: Found} of the organisations with a name that differs in a letter or two from the one meant."""
    letters = [one for one in spellings(meant.cell.printed) if len(one) >= MISSPELT][:4]
    if not letters:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [ALIKE])
        cursor.execute(LIKE_IT, {"letters": [one.upper() for one in letters]})
        rows = cursor.fetchall()
    best = {}
    for pk, text, key in rows:
        agree = max(fuzz.ratio(one.upper(), key) for one in letters)
        if agree >= NEAR and agree > best.get(pk, (0, ""))[0]:
            best[pk] = (agree, text)
    firms = Organisation.objects.filter(Q(pk__in=best), voided_at=None).select_related("canonical__canonical")
    found = {}
    for firm in firms:
        agree, text = best[firm.pk]
        why = f"{text} differs in a letter or two: {agree:.0f} % of the letters agree"
        one = Found(standing(firm), round(0.95 * agree / 100, 3), (why,))
        found.setdefault(one.organisation.pk, one)
    return dict(sorted(found.items(), key=lambda item: -item[1].score))


def with_owners(found):
    """[[Found]] of [{id: Found}], each with who stands above it today."""
    ids = {pk for one in found for pk in one}
    now = ownership.today()
    above = dict(
        Owned.objects.filter(organisation__in=ids, from_day__lte=now, to_day__gt=now).values_list(
            "organisation_id", "steps"
        )
    )
    firms = Organisation.objects.in_bulk({pk for steps in above.values() for pk in steps})
    return [
        [
            Found(f.organisation, f.score, f.reasons, tuple(firms[s] for s in above.get(pk, ()) if s in firms))
            for pk, f in one.items()
        ]
        for one in found
    ]
