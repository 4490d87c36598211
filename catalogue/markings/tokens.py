"""The pieces of a marking: words of a description, values, logos, and what may be a number."""

import re
from dataclasses import dataclass

from catalogue.markings.families import BESIDE, LOGOS
from catalogue.markings.grammars_russian import DRAWING, is_designation
from catalogue.markings.lookalikes import is_genuine, latin

MOST_TOKENS = 60
_SPLIT = re.compile(
    r"[\s()\[\],;:“”\"«»®™©|*]+|(?<=\w)(?=#\d{3,4}\b)|(?<=\w)/(?=\s)|[\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
_SECOND_LINE = re.compile(r"(?<=[A-Z]\d{3})\+(?=[A-Z]{3})")  # Maxim prints the lot after the plus sign
_UNIT = r"(?:k|M|G|m|u|µ|n|p|к|м|Г)?(?:V|A|W|Hz|F|Ohm|H|B|bit|b|s|bps|mm|nm|cm|C|В|А|Вт|Ф|Гц|ф|GHz|kF)"
_VALUE = re.compile(
    rf"[±+-]?\d+(?:[.,]\d+)?(?:-[±]?\d+(?:[.,]\d+)?)?{_UNIT}{{1,3}}(?:/.*)?|\d+[.,]\d+|"
    r"\d+(?:[.,]\d+)?-?(?:pin|bit|Pin|PIN|CH|channel)s?|"
    r"\d+[Xx]\d+|\d+(?:ns|MSPS|KSPS|KB|MB|GB|Gbps|Mbps|Mbit|Kbit|MBit|Mb|Kb|kV|mkF|mAh|Ah|cells|wire|K|"
    r"ГБ|Гб|мкФ|мкф|мк|inch)|"
    r"\d+/\d+(?:/\d+)?(?:BASE-?\w*)?|[±÷°µ%].*|\d+(?:[.,]\d+)?R\d\d|v\d+(?:\.\d+)*|\d\.\d[A-Z]",
)
_STOP = re.compile(
    r"(?:RS-?(?:232|422|485)\w*(?:/.*)?|V\.?28|(?:[A-Z]{0,3}SOI?C|[TVUMSQ]{0,2}SOP|T?Q?F?QFP|[VTW]*Q?FN|LFCSP|"
    r"[A-Z]*BGA|DIP|PDIP|SIP|TO|SOT|NSOIC|PLCC|CLLCC|SOIC|PDSO|TLGA)-?\d{1,4}[A-Z]?|"
    r"\d{1,4}-?(?:SOIC|TQFP|LFCSP|TSSOP|TLGA|BGA|LQFP|MSOP|TFBGA|TUBE)|SC-?\d\d|DDR\d?|"
    r"L[125]|[234]G(?:/[45]G)?|M4F?|M0\+?|M7|ARM\d|Z80|CORTEX-?M\d\+?|I2C|PPS|"
    r"H\.?26[45]|"
    r"IP6\d|USB\d?|PCI|UART|LVDS|E[1-4]|G[1-4]|V[6GVS]|P\+|"
    r"ROHS|ESD\d?|80[0-9]{2}|\d{1,2}S|\d{1,2}C|25T|10/100.*|1000BASE.*|P/N|S/N|MIL-STD.*|12C|4M|M\d)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"capacitor|resistor|inductan|inductor|choke\b|конденсатор|резистор|coil\b|ultracap|\bfuse\b", re.IGNORECASE
)
_PASSIVE_MAKER = re.compile(r"kemet|\bavx\b|yageo|rubycon|nichicon|hitano|jamicon|jamecon|vishay dale", re.IGNORECASE)
_MODULE = re.compile(
    r"connector|transform|filter|antenna|camera|engine|battery|relay|servo|motor|generator|oscillator|resonator|"
    r"router|modem|module|flight|\bdrive\b|plug|computer|board|\bcard|cable|sensor of|pump|gyroscope|splitter|"
    r"(?:directional|RF) coupler|brake|fan\b|potentiometer|supply|matcher|quartz|unit\b",
    re.IGNORECASE,
)
# Makers whose numbers name a whole module: there is no family to tell apart from it.
_MODULAR = re.compile(
    r"mornsun|recom|vicor|aimtec|xp power|gaia|peak|mean ?well|cosel|interpoint|synergy|crystek|z-?comm|sirenza|"
    r"espressif|murata|quectel|simcom|telit|digi int|skytra|"
    r"sony|flir|axis|hitec|kst|moxa|nvidia|raspberry|cuav|holybro",
    re.IGNORECASE,
)
_PASSIVE_NUMBER = re.compile(
    r"(?:[A-Z]{2,}-?[A-Z]*\d{3,}|CDRH|IHLP|JRB\d|MF-R)[A-Z0-9./%-]*|[A-ZА-Я]\d{1,2}-\d{1,3}[A-ZА-Я]*", re.IGNORECASE
)
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9\-./+_]*[A-Z0-9+%]", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Z]{2,6}(?:-[A-Z]+)?")
_CALLED = re.compile(r"\d{3,5}[A-Z]{1,2}")
_SEMI = re.compile(r"([A-Z]{1,5}-?\d{2,6}(?:[A-Z]\d{2,3})?)(?:[A-Z]{1,5}\d?G?)?(?:-\w{1,4}){0,2}", re.IGNORECASE)
_ACRONYM_LIST = (
    "SPI RAM ADC DAC SSD CMOS TTL FPGA CPLD DSP GPS GNSS GLONASS MEMS SRAM DRAM SDRAM EEPROM PROM FLASH "
    "MCU CPU ARM PWM CAN TX RX IC LED LAN RF HF IF UHF EMI LDO PLIS PLD MOSFET RISC CISC BGA HBT MMIC IMU "
    "DDS VCO PIN LINEAR NAND NOR NOT SBC ARINC PHL CHN TWN KOR MEX IDT "
)
_ACRONYMS = frozenset(_ACRONYM_LIST.split())
_DRAWN = re.compile(r"board|drawing|assembly|\bplate\b", re.IGNORECASE)  # their figures are those of a drawing
FIGURES_ALONE = 0.5  # how far a number without letters is believed
_LENDING = frozenset(("MAX", "ATMEGA", "ATTINY", "SI"))  # words that are the head of a number
_SERIAL = frozenset(("S/N", "№", "SERIAL"))  # what follows names one piece
_NUMBERED = re.compile(r"\b(?:part (?:no|number|nr|№)|p[/.]?n)$", re.IGNORECASE)  # says that a number follows
_STANDARD = re.compile(r"(?:MS|M|JD|NAS)-?\d{4,5}.*")  # military part standards: the whole is the number
_BAD = re.compile(
    r"[A-Z0-9]{1,3}|\d{6,}(?:\.\d)?|\d\d[A-Z]|[JP]\d{3}[A-Z]|RP\d{3}[A-Z]?|TMS320|[A-Z]{1,2}|\d[A-Z]|[A-Z]\d{1,2}|\d{4}|e\d|[A-Z]{1,3}\d{6,}[A-Z]?|"
    r"ATML\w+|(?:\d[A-Z]{2}\d{2}-)?D9[A-Z0-9]{3}|20\d\d[-/]\d\d|"
    # families whose number was not printed, or not copied
    r"DS90[A-Z]{2}|STM(?:32|8)[A-Z]?|(?:DM|SN|CD|MC|MM)?[57]4[A-Z]{1,5}|AM29[A-Z]{0,2}|ADSP-?(?:BF|21)?|MSP430F?|ESP32|"
    r"BEIDOU-?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: as printed, in Latin capitals, its place; a word of a description, a logo, or a candidate."""

    text: str
    upper: str
    place: int
    word: bool = False
    family: str = ""
    genuine: bool = False


@dataclass(frozen=True, slots=True)
class General:
    """What the general rules take for the number."""

    mpn: str
    base: str
    belief: float
    used: tuple[int, ...]
    passive: bool
    part: bool


def tokens_of(marking: str, maker: str) -> list[Token]:
    """The pieces of a marking in order, at most sixty; the words of its maker's name are no numbers."""
    names = {word.upper() for word in re.split(r"[\s(),.]+", maker[:200]) if len(word) > 2}
    tokens = []
    for piece in _pieces(marking, names):
        text = piece.strip(".,'’`–—=<>?!&").rstrip("-")
        if not text:
            continue
        genuine = is_genuine(text) or (not text.isascii() and is_designation(text))
        folded = text if genuine else latin(text)
        upper = folded.upper()
        family = LOGOS.get(upper.strip("#+"), "")
        word = _is_word(text, folded, upper, names)
        if word and tokens and _CALLED.fullmatch(upper):  # figures behind a prefix are no value: ADXL 357B
            last = tokens[-1]
            lends = last.upper in _LENDING or not (last.word or last.family)
            word = not (lends and _PREFIX.fullmatch(last.upper))
        tokens.append(Token(text, upper, len(tokens), word, family, genuine))
        if len(tokens) == MOST_TOKENS:
            break
    return tokens


def _pieces(marking: str, names: set[str]) -> list[str]:
    """The marking cut at its separators, and where the maker's name runs into the number (`MAXIM2769E`)."""
    cut = []
    for piece in _SPLIT.split(_SECOND_LINE.sub("+ ", marking)):
        upper = piece.upper()
        name = next((name for name in names if len(name) > 4 and upper.startswith(name)), "")
        runs_in = name and len(piece) >= len(name) + 4 and any(c.isdigit() for c in piece)
        cut += [piece[: len(name)], piece[len(name) :]] if runs_in else [piece]
    return cut


def _is_word(text: str, folded: str, upper: str, names: set[str]) -> bool:
    if text.startswith("#") or re.fullmatch(r"\d{4}[AC]|AT(?:X?MEGA|TINY)\d.*", upper):
        return False
    if upper in _ACRONYMS or upper.endswith("HZ") or len(text) > 60:  # nothing so long is printed as one number
        return True
    if upper in names or upper in BESIDE or _STOP.fullmatch(upper):
        return True
    if not any(c.isdigit() for c in folded):
        return not (folded == upper and 1 <= len(folded) <= 6) or (
            is_genuine(text) and len(text) > 3 and not text.isupper()
        )
    if re.search(r"[a-z]{3,}", folded) and not re.search(r"\d{3}|^[a-z0-9]+$", folded):
        return True
    return bool(_VALUE.fullmatch(folded) or re.fullmatch(r"\d+-[a-z]+(?:-\w+)?", folded))


def is_passive(tokens: list[Token], maker: str = "") -> bool:
    """Whether the description, or what its maker makes, is a capacitor, a resistor, a coil or a fuse."""
    return bool(_PASSIVE_MAKER.search(maker[:200])) or any(
        token.word and _PASSIVE.search(token.text) for token in tokens
    )


def general_numbers(tokens: list[Token], maker: str = "") -> list[General]:
    """Pieces built like a number, with letters in front that belong to them (`ROS 1200W`, `TEN 20-2411`), best first.

    An earlier piece goes before one that looks only a little more like a number; at most three.
    """
    words = " ".join(token.text for token in tokens if token.word)
    module = bool(_MODULE.search(words) or _MODULAR.search(maker[:200]))
    built = []
    for n, token in enumerate(tokens):
        if token.word or token.family or token.text.startswith(("#", "+", "№")):
            continue
        found = None if n and tokens[n - 1].upper in _SERIAL else _built(tokens, n)
        if found and found[1] <= FIGURES_ALONE and _DRAWN.search(words):
            continue
        if found:
            built.append(found)
    best = None
    for found in built:
        if best is None or found[1] > best[1] + 0.09:
            best = found
    rest = sorted((found for found in built if found is not best), key=lambda found: -found[1])
    return [_general(found, module) for found in ([best, *rest[:2]] if best else [])]


def _general(found: tuple[str, float, tuple[int, ...]], module: bool) -> General:
    mpn, belief, used = found
    semi = _SEMI.fullmatch(mpn.upper().replace(" ", ""))
    base = semi[1] if semi else mpn
    part = not module and bool(semi) and not _STANDARD.fullmatch(mpn.upper())
    return General(mpn, base.replace(" ", ""), belief, used, bool(_PASSIVE_NUMBER.fullmatch(mpn)), part)


def _built(tokens: list[Token], n: int) -> tuple[str, float, tuple[int, ...]] | None:
    """The number that begins or ends with piece `n`, how much it looks like one, and the pieces used."""
    token = tokens[n]
    text = token.text if token.genuine else latin(token.text)
    before = tokens[n - 1] if n else None
    if not any(c.isdigit() for c in text):
        return None
    prefixed = before and not (before.word or before.family) and _PREFIX.fullmatch(before.text)
    if prefixed and len(text) >= 3 and re.match(r"\d{2}", text) and not re.fullmatch(r"\d{6,}", text):
        return f"{latin(before.text)} {text}", 0.74, (n - 1, n)
    if re.fullmatch(r"[\d-]{4,}", text) and _NUMBERED.search(" ".join(one.text for one in tokens[max(0, n - 2) : n])):
        return text, 0.7, (n,)
    if token.genuine and DRAWING.fullmatch(text):
        return None
    if token.genuine:
        return (text, 0.7, (n,)) if len(text) >= 4 and not re.fullmatch(r"\d+\w{1,3}", text) else None
    if not _NUMBER.fullmatch(text) or _BAD.fullmatch(text) or len(text) < 3 or len(text) > 40:
        return None
    letters, figures = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    if not letters:
        return (text, FIGURES_ALONE, (n,)) if "-" in text and figures >= 6 else None
    belief = 0.6 + 0.08 * bool(re.match(r"[A-Za-z]{2,5}-?\d{2}", text)) + 0.04 * ("-" in text) + 0.03 * (len(text) >= 6)
    return text, round(belief - 0.01 * min(n, 10) * (len(tokens) > 40), 3), (n,)
