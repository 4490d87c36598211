"""Makers of components that are met often: one name, the seat, other spellings, and what became of them.

One line a maker: name | seat (ISO 3166 alpha-2) | other names. `=` marks a former name,
`*` a brand or trading name. Seats and names are general knowledge; the seat is where the maker has or
had its head office, not where its parts are made. A line of `_SUCCESSIONS` reads: maker > successor | year |
what happened | source. "public knowledge" marks a fact for which no document was read.
"""

from dataclasses import dataclass

from catalogue.markings.letters import slug_of

_MAKERS = """
Actel | US | Actel Corporation
Adesto Technologies | US |
Advanced Monolithic Systems | US | AMS-semitech
Agilent Technologies | US | Agilent
Allegro MicroSystems | US | Allegro
Alliance Memory | US |
Alpha and Omega Semiconductor | US | AOS; Alpha & Omega Semiconductor
Altera | US | Altera Corporation
AMASS | CN | Changzhou AMASS Electronics; Changzhou Amass
AMD | US | Advanced Micro Devices
Amphenol | US | Amphenol Corporation
Ampleon | NL |
ams OSRAM | AT | ams-OSRAM AG; ams AG; OSRAM
Analog Devices | US | Analog Devices Inc; ADI
Anaren | US |
Atmel | US | Atmel Corporation
Avago Technologies | US | Avago
AVX | US | AVX Corporation
Axicom | CH |
Axsem | CH |
BCD Semiconductor | CN | BCD Semiconductor Manufacturing; BCD Semi
Bel Fuse | US |
Bosch | DE | Robert Bosch; Bosch Sensortec
Bourns | US |
Broadcom | US | Broadcom Corporation; Broadcom Inc; Broadcom Limited
Burr-Brown | US | Burr-Brown Corporation
Calian | CA | Calian Group
Cirrus Logic | US |
Clare | US | Clare Inc
Coilcraft | US |
Coiltronics | US |
Connfly | CN | Ningbo Connfly Electronic; Ningbo Connfly; Connfly Electronic
Crystal Semiconductor | US |
CTS | US | CTS Corporation
CUAV | CN | CUAV Technology
Cypress Semiconductor | US | Cypress
Daier Electron | CN | YueQing Daier Electron
Dallas Semiconductor | US | Dallas
Dialog Semiconductor | GB |
Diodes Incorporated | US | Diodes Inc; Diodes
Eaton | IE | Eaton Corporation
Enpirion | US |
EPCOS | DE | EPCOS AG
Espressif Systems | CN | Espressif
Exar | US | Exar Corporation
Fairchild Semiconductor | US | Fairchild
Freescale Semiconductor | US | Freescale
FTDI | GB | Future Technology Devices International
Fujitsu | JP |
General Semiconductor | US |
Gennum | CA | Gennum Corporation
GigaDevice | CN | GigaDevice Semiconductor
Golledge Electronics | GB | Golledge
HALO Electronics | US | HALO
HARTING | DE | HARTING Technology Group
Hitec RCD | US | Hitec Group USA; Hitec RCD USA; Hitec
Hittite Microwave | US | Hittite Microwave Corporation; Hittite
Holt Integrated Circuits | US | Holt
Honeywell | US | Honeywell International
Hongfa | CN | Xiamen Hongfa Electroacoustic; Xiamen Hongfa
iFlight | CN | IFlight iPower; iPower
Infineon Technologies | DE | Infineon
Ingenic Semiconductor | CN | Ingenic
Integral | BY | INTEGRAL OJSC; ОАО Интеграл; Интеграл
Integrated Circuit Systems | US | ICS
Integrated Device Technology | US | IDT
Intel | US | Intel Corporation
International Rectifier | US | IR
Intersil | US | Intersil Corporation
ISSI | US | Integrated Silicon Solution; Integrated Silicon Solution Inc
IXYS | US | IXYS Corporation
KEMET | US | KEMET Electronics
Knorr-Bremse | DE | Knorr-Bremse AG
KYOCERA AVX | US | Kyocera AVX Components
Laird Connectivity | US |
LattePanda | US | LattePanda Comp
Lattice Semiconductor | US | Lattice; Lattice Semiconductor Corporation
Linear Technology | US | Linear Technology Corporation; Linear
Littelfuse | US |
MACOM | US | MACOM Technology Solutions; M/A-COM
Macronix International | TW | Macronix
Marvell Technology | US | Marvell Technology Group; Marvell; Marvell Semiconductor
Maxim Integrated | US | Maxim Integrated Products; Maxim
MaxLinear | US |
Maxwell Technologies | US | Maxwell
Merrimac Industries | US |
Micrel | US |
Microchip Technology | US | Microchip
Micron Technology | US | Micron
Microsemi | US | Microsemi Corporation
Milandr | RU | PKK MILANDR JSC; ПКК Миландр; Миландр
Mini-Circuits | US | Mini Circuits
Mitsubishi Electric | JP |
Monolithic Power Systems | US | MPS
MORNSUN | CN | MORNSUN Guangzhou Science & Technology; Mornsun Power
Motorola | US |
Murata Manufacturing | JP | Murata; Murata Electronics
National Semiconductor | US | National Semiconductor Corporation
NDK | JP | Nihon Dempa Kogyo
NEC | JP | Nippon Electric Company
New Japan Radio | JP | NJR; NJRC
Nexperia | NL |
Nichicon | JP | Nichicon Corporation
Numonyx | CH |
NVIDIA | US | NVIDIA Corporation
NVS Technologies | CH | NVS Technologies AG
NXP Semiconductors | NL | NXP
OMRON | JP | OMRON Corporation
onsemi | US | =ON Semiconductor; =ON Semiconductor Corporation; Semiconductor Components Industries
Oxford Semiconductor | GB |
Panasonic | JP | Panasonic Corporation; Panasonic Electronic Components
PANJIT | TW | PANJIT International
Peregrine Semiconductor | US |
Pericom Semiconductor | US | Pericom; Pericom Semiconductor Corporation
Philips | NL | Philips Semiconductors; Koninklijke Philips
PLX Technology | US | PLX
PMC-Sierra | US |
PowerStor | US |
Pulse Electronics | US | Pulse Electronics Corporation; Pulse
Qorvo | US |
Quectel | CN | Quectel Wireless Solutions
Ramtron | US | Ramtron International; Ramtron International Corporation
Raspberry Pi | GB | Raspberry Pi Trading; Raspberry Pi Foundation
Realtek Semiconductor | TW | Realtek
Renesas Electronics | JP | Renesas; Renesas Electronics Corporation
RF Micro Devices | US | RFMD
ROHM Semiconductor | JP | ROHM
Rubycon | JP | Rubycon Corporation
Samsung Electronics | KR | Samsung
SanDisk | US | SanDisk Corporation
Sanyo Semiconductor | JP | Sanyo
Sawtek | US |
Seiko Epson | JP | Epson; Epson Toyocom; Seiko Epson Corporation
Semelab | GB | TT electronics Semelab; Semelab Ltd
Semtech | US | Semtech Corporation; Semtech Corp
Siemens | DE | Siemens AG
Silicon Labs | US | Silicon Laboratories
Silicon Storage Technology | US | SST
Sipex | US | Sipex Corporation
Sirenza Microdevices | US |
SK hynix | KR | Hynix; SK Hynix Semiconductor
Skyworks Solutions | US | Skyworks
SMSC | US | Standard Microsystems; Standard Microsystems Corporation; Standard Microsystems Corp
Sony | JP | Sony Corporation; Sony Semiconductor
Spansion | US |
STMicroelectronics | CH | ST Microelectronics; STM; ST
Sumida | JP | Sumida Corporation
Tallysman Wireless | CA | Tallysman
Taoglas | IE |
TDK | JP | TDK Corporation
TE Connectivity | IE | =Tyco Electronics
Techwell | US | Techwell Corporation
Texas Instruments | US | TI; Texas Instruments Incorporated; Texas Instrument
Toshiba | JP | Toshiba Corporation; Toshiba Electronic Devices
Traco Power | CH | TRACO Electronic; Traco
Transcend Information | TW | Transcend
TriQuint Semiconductor | US | TriQuint
TSMC | TW | Taiwan Semiconductor Manufacturing; Taiwan Semiconductor Manufacturing Company
TTM Technologies | US |
u-blox | CH | ublox; u blox
UnilC Semiconductors | CN | Xi'an UniIC Semiconductors; Xi'an UnilC Semiconductors
Unitrode | US |
Vicor | US | Vicor Corporation
Vishay Intertechnology | US | Vishay
VNIIR-Progress | RU | VNIIR-PROGRESS JSC; АО ВНИИР-Прогресс
Wayon Electronics | CN | Wayon; Shanghai Wayon
WCH (Nanjing Qinheng) | CN | Nanjing Qinheng Microelectronics; *WinChipHead; *WCH; Qinheng
Winbond Electronics | TW | Winbond; Winbond Electronics Corporation
Wolfspeed | US | =Cree
Wurth Elektronik | DE | Würth Elektronik; Wuerth Elektronik
Xilinx | US |
XLSEMI | CN | Shanghai Xinlong Semiconductor Technology; Shanghai Xinlong
Yageo | TW | Yageo Corporation
Zilog | US |
"""

# Years are those of completion as far as known; an agreement that was still pending in the source says so.
_SUCCESSIONS = """
Actel > Microsemi | 2010 | was acquired by | public knowledge
Adesto Technologies > Dialog Semiconductor | 2020 | was acquired by | public knowledge
Altera > Intel | 2015 | was acquired by | maltiel-consulting.com (agreed 2015-06; later partly divested)
Anaren > TTM Technologies | 2018 | was acquired by | public knowledge
Atmel > Microchip Technology | 2016 | was acquired by | design-reuse.com 39086
Avago Technologies > Broadcom | 2016 | acquired, and took the name of, | public knowledge
AVX > KYOCERA AVX | 2020 | was wholly acquired by Kyocera and became | public knowledge
Axicom > TE Connectivity | 1999 | became, through Tyco Electronics, part of | public knowledge (about)
Axsem > onsemi | 2015 | was acquired by | public knowledge
BCD Semiconductor > Diodes Incorporated | 2013 | was acquired by | public knowledge
Burr-Brown > Texas Instruments | 2000 | was acquired by | planetanalog.com
Clare > IXYS | 2002 | was acquired by | public knowledge
Crystal Semiconductor > Cirrus Logic | 1991 | was acquired by | public knowledge
Cypress Semiconductor > Infineon Technologies | 2020 | was acquired by | evertiq.com 47706 (planned)
Dallas Semiconductor > Maxim Integrated | 2001 | was acquired by | planetanalog.com
Dialog Semiconductor > Renesas Electronics | 2021 | was acquired by | public knowledge
Enpirion > Altera | 2013 | was acquired by | public knowledge
EPCOS > TDK | 2009 | was acquired by | public knowledge
Exar > MaxLinear | 2017 | was acquired by | public knowledge
Fairchild Semiconductor > onsemi | 2016 | was acquired by | evertiq.com 38102 (agreed 2015-11)
Freescale Semiconductor > NXP Semiconductors | 2015 | was acquired by | maltiel-consulting.com (03/2015)
General Semiconductor > Vishay Intertechnology | 2001 | was acquired by | public knowledge
Gennum > Semtech | 2012 | was acquired by | public knowledge
Hittite Microwave > Analog Devices | 2014 | was acquired by | public knowledge
Integrated Circuit Systems > Integrated Device Technology | 2005 | was acquired by | public knowledge
Integrated Device Technology > Renesas Electronics | 2019 | was acquired by | public knowledge
International Rectifier > Infineon Technologies | 2015 | was acquired by | eecatalog.com
Intersil > Renesas Electronics | 2017 | was acquired by | public knowledge
ISSI > Ingenic Semiconductor | 2020 | was acquired by | public knowledge
IXYS > Littelfuse | 2018 | was acquired by | public knowledge
KEMET > Yageo | 2020 | was acquired by | public knowledge
Linear Technology > Analog Devices | 2017 | was acquired by | public knowledge
Maxim Integrated > Analog Devices | 2021 | was acquired by | planetanalog.com (pending at writing)
Micrel > Microchip Technology | 2015 | was acquired by | evertiq.com 38102
Microsemi > Microchip Technology | 2018 | was acquired by | public knowledge
National Semiconductor > Texas Instruments | 2011 | was acquired by | public knowledge
Numonyx > Micron Technology | 2010 | was acquired by | public knowledge
Oxford Semiconductor > PLX Technology | 2009 | was acquired by | public knowledge
Peregrine Semiconductor > Murata Manufacturing | 2014 | was acquired by | public knowledge
Pericom Semiconductor > Diodes Incorporated | 2015 | was acquired by | public knowledge
PLX Technology > Avago Technologies | 2014 | was acquired by | public knowledge
PMC-Sierra > Microsemi | 2016 | was acquired by | public knowledge
Pulse Electronics > Yageo | 2018 | was acquired by | public knowledge
Ramtron > Cypress Semiconductor | 2012 | was acquired by | public knowledge
RF Micro Devices > Qorvo | 2015 | merged with TriQuint into | eecatalog.com
Sanyo Semiconductor > onsemi | 2011 | was acquired by | public knowledge
Sawtek > TriQuint Semiconductor | 2001 | was acquired by | public knowledge
Silicon Storage Technology > Microchip Technology | 2010 | was acquired by | public knowledge
Sipex > Exar | 2007 | was acquired by | public knowledge
Sirenza Microdevices > RF Micro Devices | 2007 | was acquired by | public knowledge
SMSC > Microchip Technology | 2012 | was acquired by | public knowledge
Spansion > Cypress Semiconductor | 2015 | merged into | maltiel-consulting.com / eecatalog.com
Tallysman Wireless > Calian | 2020 | was acquired by | public knowledge
Techwell > Intersil | 2010 | was acquired by | public knowledge
TriQuint Semiconductor > Qorvo | 2015 | merged with RF Micro Devices into | eecatalog.com
Unitrode > Texas Instruments | 1999 | was acquired by | planetanalog.com
Xilinx > AMD | 2022 | was acquired by | z2data.com
Zilog > IXYS | 2010 | was acquired by | public knowledge
"""


@dataclass(frozen=True)
class Succession:
    """What became of a maker; `sentence` tells it with the year and the source. `successor` is a slug."""

    successor: str
    year: int
    sentence: str
    source: str


@dataclass(frozen=True)
class Maker:
    """A known maker; `seat` is ISO alpha-2. `former` and `brands` are the other names of that kind."""

    name: str
    slug: str
    seat: str
    other_names: tuple[str, ...]
    former: tuple[str, ...]
    brands: tuple[str, ...]
    succession: Succession | None


def _read_successions() -> dict[str, Succession]:
    found = {}
    for line in _SUCCESSIONS.strip().splitlines():
        pair, year, event, source = (cell.strip() for cell in line.split("|"))
        maker, successor = (name.strip() for name in pair.split(">"))
        sentence = f"{maker} {event} {successor} in {year} (source: {source})"
        found[slug_of(maker)] = Succession(slug_of(successor), int(year), sentence, source)
    return found


def _read_makers() -> dict[str, Maker]:
    successions, found = _read_successions(), {}
    for line in _MAKERS.strip().splitlines():
        name, seat, others = (cell.strip() for cell in line.split("|"))
        marked = [other.strip() for other in others.split(";") if other.strip()]
        slug = slug_of(name)
        found[slug] = Maker(
            name=name,
            slug=slug,
            seat=seat,
            other_names=tuple(other.lstrip("=*") for other in marked),
            former=tuple(other[1:] for other in marked if other.startswith("=")),
            brands=tuple(other[1:] for other in marked if other.startswith("*")),
            succession=successions.get(slug),
        )
    return found


KNOWN: dict[str, Maker] = _read_makers()
