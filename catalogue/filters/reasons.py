"""Why a record was found, in words."""

import re
import unicodedata
from functools import cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.markings.letters import pattern_key
from catalogue.markings.spellings import spellings

# By what fitted; `also` is the further name or number, or with a mistaken letter the right one.
NAMED = {
    "name": gettext_lazy("its name"),
    "number": gettext_lazy("its part number"),
    "title": gettext_lazy("its title"),
    "reference": gettext_lazy("its reference or identifier"),
    "official": gettext_lazy("its official name %(also)s"),
    "published": gettext_lazy("its name as published %(also)s"),
    "alias": gettext_lazy("also known as %(also)s"),
    "abbreviation": gettext_lazy("its abbreviation %(also)s"),
    "transliteration": gettext_lazy("its name in other letters %(also)s"),
    "former": gettext_lazy("its former name %(also)s"),
    "mpn": gettext_lazy("its maker's number %(also)s"),
    "orderable": gettext_lazy("its orderable code %(also)s"),
    "nsn": gettext_lazy("its NATO stock number %(also)s"),
    "tu": gettext_lazy("its TU number %(also)s"),
    "decimal": gettext_lazy("its decimal number %(also)s"),
    "serial": gettext_lazy("its serial number %(also)s"),
    "tail": gettext_lazy("its tail number %(also)s"),
    "typo": gettext_lazy("one letter differs: %(also)s"),
    "read": gettext_lazy("read as %(also)s"),
    "merged": gettext_lazy("recorded under %(also)s until it was merged into this"),
    "marking": gettext_lazy("the marking holds “%(value)s”"),
    "text": gettext_lazy("the published text holds “%(value)s”"),
    "successor": gettext_lazy("its former maker's number %(also)s"),
    "meant": gettext_lazy("“%(value)s” is a known name of it"),
    "alike": gettext_lazy("letters that look alike: %(also)s"),
    "letter": gettext_lazy("one letter of the marking differs"),
    "other": gettext_lazy("its number %(also)s"),
}


def reasons(hit, asked):
    """[(code, sentence)] of why `hit` was found for the Question `asked`."""
    if hit.why != "words":
        return [(hit.why, single(hit, " ".join(asked.words)))]
    found = [by_word(word, hit) for word in asked.words]
    found += [(field, fits(field, value, hit)) for field, value in asked.fields]
    return list(dict.fromkeys(found))


def single(hit, text):
    """The sentence for a hit of the whole text."""
    said = hit.why if hit.why in NAMED else "other"
    if hit.why == "published" and hit.noun == "components":
        said = "text"
    elif hit.why == "former" and hit.noun == "parts":
        said = "successor"
    elif hit.why == "typo" and not hit.also:
        said = "letter"
    return phrase(said, get_language()) % {"also": hit.also, "value": text}


@cache
def phrase(said, language):
    """A phrase of NAMED in the language of who reads. Looked up once: of many hits most are found alike."""
    return str(NAMED[said])


def by_word(word, hit):
    """Where of what is shown the word stands; a further name or number is not shown."""
    keys = {plain_key(spelt) for spelt in spellings(word)} - {""}
    places = (
        ("name", hit.title, _("“%(word)s” in its name or number")),
        ("marking", hit.verbatim, _("“%(word)s” in what is written on it")),
        ("maker", hit.maker, _("“%(word)s” in the maker's name")),
        ("system", hit.system, _("“%(word)s” in the weapon system's name")),
    )
    for code, text, sentence in places:
        if any(key in plain_key(text) for key in keys):
            return code, sentence % {"word": word}
    return "other", _("“%(word)s” in another name or number of it") % {"word": word}


def fits(field, value, hit):
    """Why a record fits one field of the question."""
    told = {"value": value, "field": field}
    if field == "marking":
        return phrase(field, get_language()) % told
    if (field, hit.noun) in (("maker", "organisations"), ("system", "systems")):
        return _("a name of it is like “%(value)s”") % told
    if field == "maker" and hit.maker:
        told["name"] = hit.maker
        if plain_key(value) in plain_key(hit.maker):
            return _("its maker is %(name)s") % told
        return _("its maker %(name)s has a name like “%(value)s”") % told
    if field == "system" and hit.system:
        return _("recovered in %(system)s") % {"system": hit.system}
    return _("fits %(field)s:%(value)s") % told


def plain_key(text):
    """The comparison key, near enough for telling where a word stands."""
    folded = pattern_key(unicodedata.normalize("NFKC", text)).upper()
    return re.sub(r"[\W_]+", "", folded)
