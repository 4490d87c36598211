"""Makers whose numbers are read by grammar, with the public source of each rule."""

import re
from functools import lru_cache

from catalogue.markings.forms import Maker

MAKERS = (
    Maker(
        "Analog Devices",
        "analog devices|hittite",
        "Analog Devices, data sheets, “Ordering Guide”",
        "ADI ANALOG HITTITE",
    ),
    Maker(
        "Linear Technology",
        "linear tech",
        "Linear Technology, data sheets, “Order Information” and “Top Marking”",
        "LINEAR LTC",
    ),
    Maker("Maxim Integrated", "maxim|dallas", "Maxim Integrated, data sheets, “Ordering Information”", "MAXIM DALLAS"),
    Maker(
        "Texas Instruments",
        "texas|burr|national semi|unitrode|benchmarq",
        "Texas Instruments, data sheets, “Package Option Addendum” (top-side markings)",
        "TI BB NS",
    ),
    Maker(
        "Microchip",
        "microchip|atmel|micrel|smsc|standard micro",
        "Microchip, data sheets, “Product Identification System” and “Packaging Information”",
        "ATMEL SMSC MICROCHIP",
    ),
    Maker("STMicroelectronics", "stmicro|sgs", "STMicroelectronics, data sheets, “Ordering information scheme”", "ST"),
    Maker(
        "NXP Semiconductors",
        "nxp|philips|freescale|nexperia|motorola",
        "NXP, data sheets, “Ordering information” and “Marking”",
        "NXP PHILIPS FREESCALE",
    ),
    Maker(
        "Infineon Technologies",
        "infineon|international rect",
        "Infineon, data sheets, “Part Marking Information”",
        "INFINEON IOR IR",
    ),
    Maker(
        "Cypress Semiconductor",
        "cypress|spansion",
        "Cypress, data sheets, “Ordering Code Definitions”",
        "CYPRESS SPANSION",
    ),
    Maker("Xilinx", "xilinx|^amd", "Xilinx, UG112 “Device Package User Guide”, device top marking", "XILINX"),
    Maker("AMD", "^amd|advanced micro dev", "AMD, flash data sheets, “Ordering Information”"),
    Maker("Altera", "altera|intel", "Intel (Altera), device handbooks, “Reference and Ordering Information”", "ALTERA"),
    Maker("Intel", "altera|intel", "Intel, data sheets, “Ordering Information”", "INTEL"),
    Maker(
        "Renesas",
        "renesas|integrated device|intersil|integrated circuit sys",
        "Renesas (IDT), data sheets, “Ordering Information”",
        "IDT RENESAS ICS",
    ),
    Maker(
        "onsemi",
        "on semi|onsemi|fairchild|semiconductor comp",
        "onsemi, data sheets, “Marking Diagrams” and “Ordering Information”",
        "ON FAIRCHILD",
    ),
    Maker("Micron", "micron tech", "Micron, part numbering guides and the FBGA code decoder", "MICRON"),
    Maker("Murata", "murata", "Murata, catalogues, “Part Numbering”", "MURATA"),
    Maker("Vishay", "vishay", "Vishay, data sheets, “Ordering Information Table”", "VISHAY"),
    Maker("Traco Power", "traco", "Traco Power, data sheets, “Models”", "TRACO"),
    Maker("u-blox", "u-?blox", "u-blox, data sheets, “Product identification”", "UBLOX"),
    Maker("Mini-Circuits", "mini.?circuits", "Mini-Circuits, data sheets, “Ordering Information”", "MCL"),
    Maker("Winbond", "winbond", "Winbond, data sheets, “Ordering Information”", "WINBOND"),
    Maker("Samsung", "samsung", "Samsung, memory part number decoder", "SAMSUNG SEC"),
    Maker(
        "Peregrine Semiconductor",
        "peregrine|psemi",
        "pSemi (Peregrine), data sheets, “Marking Specifications”",
        "PSEMI",
    ),
    Maker("Russian", "", "OST 11 073.915-2000 and OST 11 336.919-81"),
    Maker("Other", "", "makers' data sheets, “Ordering Information”"),
)
NO_MAKER = {"Russian": "a Soviet or Russian designation", "Other": "an ordering code"}  # forms that many makers use
BY_NAME = {maker.name: maker for maker in MAKERS}
LOGOS = {logo: maker.name for maker in MAKERS for logo in maker.logos.split()}
# Words that are printed beside a number and belong to none.
_BESIDE = "HALO PULSE RFMD PEAK COILCRAFT ISSI MXIC ALLIANCE CUAV TELEFLY MORNSUN FLEX ACEX CYCLONE STRATIX"
_BESIDE += " SPARTAN VIRTEX ZYNQ KINTEX ARTIX ROHS REV BOSCH AMPHENOL SIPEX DLE HRB VARTA RUBYCON NICHICON WABCO PLL"
BESIDE = frozenset([*LOGOS, *_BESIDE.split()])
_FORMS_OF_NAMES = [(re.compile(maker.names), maker.name) for maker in MAKERS if maker.names]


# What these makers print besides the number, or instead of one where there is no room: year, month, site and lot in
# figures and letters mixed. The forms of their numbers and top marks are in the grammars; nothing else of so few
# letters is a number of theirs.
_SHORT = r"[A-Z0-9]{1,4}|\d[A-Z0-9]{4}"
_TRACES = {
    "Texas Instruments": re.compile(rf"{_SHORT}|\d[1-9ABC][A-Z0-9]{{4,5}}"),
    "Linear Technology": re.compile(_SHORT),
    "Maxim Integrated": re.compile(_SHORT),
    "Analog Devices": re.compile(_SHORT),
    "Micron": re.compile(_SHORT),
    "STMicroelectronics": re.compile(r"[A-Z]\d{2}[A-Z]"),
    "Infineon Technologies": re.compile(r"\d[A-Z0-9]{3}"),
    "Murata": re.compile(r"[A-Z]\d{2}[A-Z]"),
}


def is_trace(text: str, own: frozenset[str]) -> bool:
    """Whether a piece has the form of a trace code, or of a top mark without a rule, of one of the makers `own`."""
    return any(name in own and trace.fullmatch(text.upper()) for name, trace in _TRACES.items())


@lru_cache(maxsize=4096)
def families(maker: str) -> frozenset[str]:
    """The maker families a published or typed maker's name stands for; none when it is another maker."""
    text = maker[:300].casefold()
    found = {name for names, name in _FORMS_OF_NAMES if names.search(text)}
    short = {
        "ti": "Texas Instruments",
        "adi": "Analog Devices",
        "st": "STMicroelectronics",
        "ir": "Infineon Technologies",
    }
    return frozenset(found | ({short[text.strip()]} if text.strip() in short else set()))
