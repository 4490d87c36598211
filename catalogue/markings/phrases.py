"""What stands around a maker's name in words: doubt, and what became of the firm, said instead of put in a bracket."""

import re
from dataclasses import dataclass

# Said in front of a name, or behind it, by one who is not sure.
_DOUBT = re.compile(
    r"^(?:possibly|probably|presumably|likely|allegedly|ймовірно|можливо|імовірно|вероятно|возможно|предположительно)"
    r"\s+(?=\S)|\s*(?:\(\s*\?+\s*\)|\?+)$",
    re.IGNORECASE,
)
_OWNED = (
    r"(?:now|nowadays|currently|today|since \d{4}|нині|тепер|ныне|теперь)?\s*"
    r"(?:(?:a |an )?(?:part|division|unit|brand|subsidiary|member) of|owned by|"
    r"(?:was )?(?:acquired|bought|taken over) by|"
    r"частина|підрозділ|часть|подразделение|куплен\w* (?:компанією|компанией))|"
    r"now(?: known as)?|нині|тепер|ныне|теперь"
)
_FORMER = r"formerly(?: known as)?|former|previously|ex-?|f/k/a|fka|née|раніше|колишн\w+|ранее|бывш\w+"
_TAIL = r"(?:\s+(?:in|since|from|з|у|в|с) \d{4}(?: р\.| г\.)?)?"
_SAID = re.compile(rf"^(?:(?P<owned>{_OWNED})|(?P<former>{_FORMER}))\s+(?P<firm>\S.*?){_TAIL}$", re.IGNORECASE)
_COMPANY = re.compile(
    r"^(?:an? )?(?P<firm>\S.*?)(?: group)? (?:company|brand|subsidiary|division|business)$", re.IGNORECASE
)
_BEHIND = re.compile(rf"\s*,\s+(?P<said>(?:{_OWNED}|{_FORMER}|an?)\s+\S.*)$", re.IGNORECASE)
_BRACKET = re.compile(r"^(?P<name>.*\S)\s*\((?P<said>[^()]*)\)\s*$", re.S)
_EITHER = re.compile(r"^([^/()]*\w[^/()]*?)\s+/\s+([^/()]*\w[^/()]*)$")  # Linear Technology / Analog Devices
# Words of names that are cut short; the dot is often left out.
_SHORT = {
    "mfg": "manufacturing", "tech": "technology", "semi": "semiconductor", "semicon": "semiconductor",
    "elec": "electronics", "elect": "electronics", "intl": "international", "int'l": "international",
    "microelec": "microelectronics", "instr": "instruments", "ind": "industries", "comm": "communications",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A cell in the form that the rules read: `text` with a bracket, what its words say, and whether with doubt.

    `owner` and `former` are the firms that the words name, empty where they name none; `words` are as published.
    """

    text: str
    owner: str = ""
    former: str = ""
    words: str = ""
    doubt: bool = False


def unphrased(text: str) -> Said:
    """`text` with its words put as a bracket: “Atmel, now part of Microchip” as “Atmel (Microchip)”."""
    plain = " ".join(text[:1000].split())
    name = _DOUBT.sub("", plain)
    doubt = name != plain and bool(name)
    name = name if doubt else plain
    name = _EITHER.sub(r"\1 (\2)", name)
    found = _BRACKET.match(name) or _BEHIND.search(name)
    if not found:
        return Said(name, doubt=doubt)
    head = found["name"] if "name" in found.groupdict() else name[: found.start()]
    said = found["said"].strip()
    words = _SAID.match(said)
    if words:
        firm, owned = words["firm"], bool(words["owned"])
    elif company := _COMPANY.match(said):
        firm, owned = company["firm"], True
    else:
        return Said(name, doubt=doubt)
    rest = {"owner" if owned else "former": firm, "words": said, "doubt": doubt}
    return Said(f"{head.strip()} ({firm})", **rest)


def spelt_out(name: str) -> str:
    """A name with words that are cut short spelt out: “Murata Mfg.” as “Murata manufacturing”."""
    return " ".join(_SHORT.get(word.strip(".,").casefold(), word) for word in name.split())
