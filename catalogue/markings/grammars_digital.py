"""Numbers of processors, programmable logic, memories and power parts."""

from catalogue.markings.forms import LIKELY, LOOSE, form

_ST, _NXP, _MCHP, _IFX = "STMicroelectronics", "NXP Semiconductors", "Microchip", "Infineon Technologies"
_XIL, _AMD, _ALT, _INT, _REN, _ON = "Xilinx", "AMD", "Altera", "Intel", "Renesas", "onsemi"
_CYP, _MIC, _VIS, _WIN = "Cypress Semiconductor", "Micron", "Vishay", "Winbond"
_XC = (
    r"XC(?:ZU\d+[A-Z]{2}|[KV]U\d{1,3}P?|7[AKSVZ]\d{2,4}T?|[2-6][SV][A-Z]{0,3}\d{1,4}[A-Z]{0,2}?|2C\d{2,3}A?|"
    r"95\d{2,3}X?[LV]?|R\d{4}XL|S\d{2}(?:XL|A)?|F\d{2}[SP]|17\d*[A-Z]*|18V\d{2}|V\d{2,4}E?|[34]0\d\d(?:XLA|XL|E|A|L)?|CZ\w+)"
)
# Packages of its data sheets: flat packs, ball grids and chip-scale ones; G is free of lead.
_XPKG = r"(?:[PTVHCM]Q|[PWC]C|C[BPSLM]|CPG|[BFP]G|F[TFBLH]V?|[RS][BFS]V?|BF|QFG?|WB|HT|DD|[SV]O|UB)G?[A-Z]?\d{2,4}"
_EP = r"EP(?:M\d{3,5}(?:AE|[SAEBGTZ])?|F\d{1,2}K\d{2,3}(?:A|E|V)?|1K\d{2,3}|[1-5][CS][A-Z]{0,3}\d{1,3}|C[SQ]?\d{1,3}A?)"
_74 = r"(?:74|54|74V)(?:ABTE?|ACT?|AHCT?|ALS|ALVC[H]?|AS|F|FCT|HCT?|LCX|LS|LVC[H]?|LVTH?|LV|S|VHCT?)"
_BARE = r"(?:LVTH?|LVCH?|LVC|HCT?|AHCT?|ACT|ALVC|ALS)(?:16\d{3}|4\d{3}|7\d{3}|\d{2,3})A?"

DIGITAL = (
    form(_ST, "ST", r"(?P<b>STM(?:32|8)[A-Z]{1,2}\d{2,3}(?:[A-Z][A-Z0-9])?)(?:[A-Z]\d(?:TR)?|[A-Z])?"),
    form(_ST, "M2 M4 M9 25", r"(?P<b>M(?:25|29|45|48|24|95|93)[A-Z]{0,2}\d{2,3}[A-Z]{0,2})(?:-?[A-Z0-9]{2,10})?"),
    form(
        _ST,
        "L7 78 79 LD LF LI L6 ST BY BD BC TD VN HC",
        r"(?P<b>(?:L78[ML]?\d\d|LD1?1117A?|LF\d\d|L6\d{3}|LIS\d[A-Z0-9]{2,6}|STPS\d+[A-Z]?\d*|STR9\d\d|ST\d[A-Z]\d\d|BYT\d+[A-Z]*|VN[A-Z0-9]{3,6}|HCF4\d{3}))(?:[A-Z]{0,4}(?:2T|\d{0,2})(?:TR)?(?:-\w{1,4})?)",
        belief=LIKELY,
    ),
    form(_ST, "78", r"(?P<n>78[LM]?\d\d)(?:[A-Z]{1,3})?", base="L{n}", full="L{0}", own=True, belief=LOOSE),
    form(_ST, "43", r"(?P<n>431)[A-C]?I?", base="TL{n}", mpn="", full="TL{0}", own=True, belief=LOOSE),
    form(
        "GigaDevice", "25", r"(?P<n>25Q\d{2,3}[A-Z])[A-Z]{2}[GR]?", base="GD{n}", full="GD{0}", own=True, belief=LIKELY
    ),
    form("GigaDevice", "GD", r"(?P<b>GD32[A-Z]\d{3}[A-Z]{0,2})(?:[A-Z]\d)?"),
    form(_NXP, "LP", r"(?P<b>LPC\d{4})(?:[FJ][A-Z]{2}\d{2,3})?(?:/\d\d)?"),
    form(_NXP, "MP", r"(?P<b>MPX[A-Z]{0,2}\d{4}A?)(?:[GDV]?[A-Z0-9]{0,4})?"),
    form(_NXP, "MI MC", r"(?P<b>MIMXRT\d{4}|MCIMX\d[A-Z]\d)[A-Z0-9]{0,8}"),
    form(
        _NXP,
        "HE SA TD MW BL AF TJ PC SC PT",
        r"(?P<b>HEF4\d{3}U?B|(?:SA|TDA|MW|BLF|AFT|TJA|PCA|SC|NE)\d[A-Z0-9]{1,9}?(?:(?<=\d)|N))(?P<s>[A-Z]{1,3}\d?)?",
        belief=LIKELY,
    ),
    form(_NXP, "MC", r"(?P<b>MC1[34]\d{3,4}U?B?)(?P<s>[A-Z]{1,4}\d?)?(?:-\d(?:\.\d)?)?G?"),
    form(_ON, "MC", r"(?P<b>MC14\d{3}U?B)(?P<s>[A-Z]{1,3}\d?)?G?"),
    form(_ON, "NC", r"(?P<b>NC[PV]\d{3,5}[AB]?)(?:[A-Z]{1,2}\d{0,3}(?:R\d|T\d)?G?)?"),
    form(_ON, "MC", r"(?P<b>MC\d{4,5}A?)(?P<s>[A-Z]{1,4}\d?)?(?:-\d(?:\.\d)?)?G?"),
    form(_ON, "J1", r"(?P<b>J1(?:0[5-9]|1[0-3]|7[4-7]))G?", own=True, belief=LIKELY),
    form(_ON, "14", r"(?P<n>140\d\d)(?P<e>B?)G?", base="MC{n}B", full="MC{0}", own=True, belief=LIKELY),
    form(_ON, "14", r"(?P<n>140\d\d)8BG", base="MC{n}B", mpn="", own=True, belief=LOOSE),
    form(
        _NXP,
        "74 54",
        rf"(?P<b>{_74}(?:40\d\d|45\d\d|7\d{{3}}|16\d{{3,4}}[A-Z]?|\d{{2,3}}))(?P<s>[A-C]?(?:N|D|DB|PW|DL|M|BQ|DR|PC|SC|MTC)?X?)",
    ),
    form(_NXP, "74 54", rf"(?P<m>(?P<b>{_74}[1-3]\d\d))0", mpn="{m}D", belief=0.89),
    form(_ON, "MM MC", rf"(?P<b>M[MC]{_74}(?:4\d{{3}}|7\d{{3}}|\d{{2,3}})A?)(?P<s>[A-Z]{{1,4}}\d?)?G?"),
    *(
        form(
            maker,
            "LV HC AC AH AL",
            rf"(?P<n>{_BARE})(?:[A-Z]{{1,4}})?",
            base="74{n}",
            full="74{0}",
            own=own,
            belief=how,
        )
        for maker, own, how in ((_NXP, True, 0.86), (_ON, True, 0.86), ("Other", False, 0.8))
    ),
    form(_NXP, "74", r"(?P<b>74[A-Z]{2,5}\d{2,6}[AB]?)[A-Z]{0,4}", belief=LOOSE),
    form(
        _MCHP,
        "PI",
        r"(?P<b>PIC(?:1[0268]|24|32)[A-Z]{1,3}\d{2,4}[A-Z]{0,3}\d{0,3})(?:-?\d{0,2}[IE]?/?(?:PQ|PT|SN|SM|SO|SS|ML|SP|P|L)?)?",
    ),
    form(
        _MCHP,
        "10 12 16 18",
        r"(?P<n>1[0268][CFL]{1,2}\d{2,4}A?)-?(?P<s>(?:\d\d)?)(?P<t>[IE])/?(?P<p>P|SN|SM|SO|SL|SS|ML|PQ)(?P<d>\d{4})?[A-Z0-9]{0,3}",
        base="PIC{n}",
        mpn="{n}-{s}{t}/{p}",
        full="PIC{n}-{s}{t}/{p}",
        own=True,
        belief=LIKELY,
    ),
    form(
        _MCHP, "10 12 16 18", r"(?P<n>1[0268][CFL]{1,2}\d{2,4}A?)", base="PIC{n}", full="PIC{n}", own=True, belief=LOOSE
    ),
    form(
        _MCHP,
        "93 24 25",
        r"(?P<b>(?:93|24|25)[ACL]{1,2}\d{2,4}[ABC]?)-?(?P<t>[IE])/?(?P<p>P|SN|SM|ST|MS)(?P<d>\d{4})?[A-Z0-9]{0,3}",
        mpn="{b}-{t}/{p}",
    ),
    form(_MCHP, "MC", r"(?P<b>MCP\d{3,5}[A-Z]?)(?:T?-[IE]/[A-Z]{1,3})?"),
    form(
        _MCHP,
        "AT",
        r"(?P<b>AT(?:X?MEGA|TINY)\d{1,4}(?:A\d|[A-Z]{0,2})|AT90[A-Z]{2,3}\d{1,4}|AT91[A-Z]{2,3}\d[A-Z0-9]{1,6}|AT32UC3[A-Z]\d{3,4}|AT\d{2}[A-Z]{1,3}\d{2,4}?[A-Z]{0,2}?)(?:-\d{1,2}[A-Z]{1,3}|\d{1,2}[PJASMT][UIC])?(?:-?[A-Z]{2}U?)?",
    ),
    form(
        _MCHP,
        "90 45 25",
        r"(?P<n>90(?:USB|CAN)\d{2,4}|(?:45|25)D[BF]\d{3}[A-Z]?)(?:-?[A-Z0-9]{2,4})?",
        base="AT{n}",
        full="AT{0}",
        own=True,
        belief=LIKELY,
    ),
    form(_MCHP, "KS LA MI SC", r"(?P<b>(?:KSZ|LAN|MIC|SCH)\d{4,5}[ABC]?)[A-Z]{0,6}(?:-[A-Z]{2,3})?", belief=LIKELY),
    form(
        _MCHP, "87 86 88", r"(?P<n>8[678]\d\dA?)(?:-?[A-Z]{2,4})", base="LAN{n}", full="LAN{0}", own=True, belief=LIKELY
    ),
    form(_XIL, "XC", rf"(?P<b>{_XC})-\d[A-Z]{{0,1}}{_XPKG}[CIQEM]?"),
    form(_XIL, "XC", rf"(?P<b>(?P<m>{_XC}))-?{_XPKG}(?P<x>[A-Z]{{1,3}})?(?P<d>\d{{4}})?"),
    form(_XIL, "XC", rf"(?P<b>{_XC})(?:-\d[A-Z]?)?"),
    form(_XIL, "2C", r"(?P<n>2C\d{2,3}A?)", base="XC{n}", full="XC{n}", own=True, belief=LOOSE),
    form(_ALT, "EP", rf"(?P<b>{_EP})[A-Z]{{1,2}}(?:\d{{2,4}}[CIA]\d|\d{{0,2}}[CIA]\d{{1,4}}(?:-\d{{1,2}})?)N?"),
    form(_ALT, "EP", rf"(?P<b>{_EP})(?:[A-Z]{{2}}\d{{2,4}}(?:-\d{{1,2}}N?)?|N)?", belief=LIKELY),
    form(_ALT, "EP", rf"(?P<b>{_EP})[A-Z0-9-]{{1,14}}", belief=LOOSE),
    form(
        _INT,
        "JS JG LE JA QG NH FW PC EN",
        r"(?!.*SL[A-Z0-9]{3}$)(?P<m>(?:JS|JG|LE|JA|QG|NH|FW|PC|RG|GD)(?P<b>8\d{4}[A-Z]{0,3}\d?|[24]8F[A-Z0-9]{6,9}))",
    ),
    form(
        _INT,
        "JS JG LE JA QG NH FW PC",
        r"(?!.*SL[A-Z0-9]{3}$)(?P<m>(?:JS|JG|LE|JA|QG|NH|FW|PC|RG|GD)(?P<b>\d{2}[A-Z0-9]{3,12}?))",
        belief=LOOSE,
    ),
    form(_INT, "82", r"(?P<b>82\d{3}[A-Z]{1,3}\d?)", own=True, belief=LIKELY),
    form(
        _ALT,
        "5C 5A 5S 5M 10",
        r"(?P<b>5[CAS][A-Z]{2,3}[A-Z]?\d{1,2}|10[AMC][A-Z]?\d{2,3})[A-Z]{1,3}\d{1,3}[CIA]\d[NSGP]?",
    ),
    form(_ALT, "EN", r"(?P<b>EN[56]\w{3})(?:QI)?"),
    form(_CYP, "CY", r"(?P<b>CY[0-9][A-Z0-9]{3,14}?)(?:-?\d{1,3}[A-Z]{2,6})?"),
    form(_CYP, "S2 S7", r"(?P<b>S(?:29|25|70|71)[A-Z]{2}\d{3}[A-Z]?)(?:-?[A-Z0-9]{4,10})?"),
    form(
        _CYP,
        "AL GL FL",
        r"(?P<n>(?:AL|GL)\d{3}[A-Z]|FL\d{3}S)(?P<s>[A-Z0-9]{2,9})",
        base="S29{n}",
        full="S29{0}",
        own=True,
        belief=LIKELY,
    ),
    form(_AMD, "AM", r"(?P<b>AM29[A-Z]{1,3}\d{3}[A-Z]{0,2})(?:-?\d{2,3}[A-Z]{1,2})?"),
    form("Samsung", "K4 K6 K9", r"(?P<b>K[469][A-Z0-9]{6,9})(?:-[A-Z0-9]{2,5})?"),
    form(_WIN, "W2 W8 W9", r"(?P<b>W(?:25Q\d{2,3}[A-Z]{2}|83\d{3}[A-Z]{0,2}|9\d{3}[A-Z0-9]{0,4}))(?:-?[A-Z0-9]{1,5})?"),
    form(_WIN, "25", r"(?P<n>25Q\d{2,3}[A-Z]{2})(?P<s>[A-Z]{2}[QG]?)", base="W{n}", full="W{n}{s}", own=True),
    form(_MIC, "MT N2", r"(?P<b>MT\d{2}[A-Z]{1,2}\d+[A-Z]\d+[A-Z0-9]*?|N25Q\d{3})(?:-[A-Z0-9]{1,6})?"),
    form(_MIC, "29", r"29F\d{1,2}[A-Z0-9]{6,10}", base="MT{0}", full="MT{0}", own=True, belief=LOOSE),
    form("Peregrine Semiconductor", "4", r"(?P<n>4\d{3,4})", base="PE{n}", full="PE{n}", own=True, belief=LOOSE),
    form("Marvell", "88", r"(?P<b>88[A-Z]{1,2}\d{4})(?:-[A-Z]{2,3}\d?)?"),
    form(_REN, "ID", r"(?P<b>IDT\d{2}[A-Z0-9]{3,10})"),
    form(
        _REN,
        "71 70 IC QS 52",
        r"(?P<b>(?:71\d{3}|70V\d{3}|ICS\d{3}[A-Z]{0,2}|QS3[A-Z0-9]{3,5}))(?:[A-Z]\d{2}[A-Z]{1,3}[IA8]*|-\d{1,2}[A-Z]*|[A-Z]?\d?[A-Z]?)",
        belief=LIKELY,
    ),
    form(
        _IFX,
        "IR AU",
        r"(?P<b>(?:AU)?IR[A-Z]{1,4}(?:\d{1,3}N\d{2}[A-Z]?|\d{2,5}[NZV]?))(?P<s>[SL]{0,2}(?:/L)?(?:TR[LR]?)?(?:PBF)?)(?:-\d[A-Z]{0,2})?",
    ),
    form(
        _IFX,
        "F1 F2 F3 F4 F5 F6 F7 F8 F9 FR LR FZ",
        r"(?P<k>F|FR|LR)(?P<n>\d{3,4}[NZV]?)(?P<s>[SL]?)",
        base="IR{k}{n}",
        full="IR{0}",
        own=True,
        belief=LIKELY,
    ),
    form(
        _IFX, "01 02 03 04 05 06 07 08 34", r"(?P<n>\d{3}N\d\d)(?P<s>[LN]?S?\d?)", base="{bsc}", own=True, belief=LOOSE
    ),
    form(
        _IFX,
        "IP BT BS SP SA",
        r"(?P<b>(?:IP[A-Z]{1,2}|BTS|BSC|BSS|SPD|BSP)\d{3,4}[A-Z0-9]{0,6}|SAF-XC\d{3}[A-Z]{2})(?:-[A-Z0-9]{2,8})?",
        belief=LIKELY,
    ),
    form(
        _VIS,
        "VS 30 15 20 72 82 83 6C 10 12 60",
        r"(?:VS-)?(?P<b>\d{1,2}[BCW]{1,2}[TPNQW]?[QW]?[A-Z]{0,2}\d{2,3}[A-Z]{0,1}?)(?:S|SM|FN|PBF)?(?:TR[LR]?)?(?:PBF)?(?:-M3)?",
        belief=LIKELY,
    ),
    form(_VIS, "VS", r"VS-(?P<b>[A-Z]{2,4}\d{3,5}[A-Z]{0,2})(?:-M3)?", belief=LIKELY),
    form(
        _VIS, "SI SU SQ SF", r"(?P<b>S(?:I[RSAZH]?|UM|UD|QD|FH|UP)\d{2,4}[A-Z]?\d{0,2})(?:[A-Z]{2})?(?:-\d{1,2}[A-Z]?)?"
    ),
    form(
        _ON,
        "FD FQ MB BC MM CA LM H1 FM",
        r"(?P<b>(?:FDS|FDD|FDC|FQP|MBRS|MBRB|MBRD|MBR|H11|LM)[A-Z]?\d{1,6}[A-Z]{0,2})[A-Z0-9]{0,5}",
        belief=LIKELY,
    ),
    form(
        "u-blox",
        "NE LE CA MA UB ZE SA",
        r"(?P<b>(?:NEO|LEA|CAM|MAX|ZED|SAM|EVA|ZOE)-?(?:\d|[MF]\d{1,2})[A-Z]{0,2})(?:-\d\d?[A-Z]?){0,2}",
    ),
    form("u-blox", "UB AN", r"(?P<b>UBX-[A-Z]\d{4,5}-[A-Z]{2}|ANN-MB)(?:-00-00)?"),
    form("u-blox", "M8 M9", r"(?P<n>M[89]\d{3})-[A-Z]{2}", base="UBX-{n}", full="UBX-{0}", own=True, belief=LIKELY),
    form(
        "Traco Power",
        "TE TH TS TM TO TR TD",
        r"(?P<k>TEN|THN|TSM|TMR|TOS|TSR|TDR|TEL|TMA|THM)-?(?P<n>\d{1,2}[A-Z0-9-]{2,10})",
        base="",
        mpn="{k} {n}",
    ),
    form("Murata", "BN BL DL GR NT SC", r"(?:BNX|BLM|DLW|GRM|NTE|SCC|LQ[A-Z])\d{2,4}[A-Z0-9-]{0,12}", base=""),
    form(
        "Mini-Circuits",
        "JM AD SC LH PM MB LR RL ZH BP RM RO",
        r"(?:JMS|ADT[L]?|ADE|SCBD|LHA|PMA|MBDC|LRPS|RLM|ZHL|ROS)-?[0-9][A-Z0-9-]{0,9}",
        base="",
    ),
    form("Other", "C8 CP", r"(?P<b>C8051F\d{3}|CP21\d\d)(?:-[A-Z]{2,3})?"),
    # TE Connectivity (Measurement Specialties), data sheets, “Ordering Information”: package, output, range behind
    form("Other", "45 55 86", r"(?P<b>4525DO|5525DSO|8607)-[A-Z0-9]{6,14}", belief=LIKELY),
    form("Other", "CM", r"(?P<m>(?P<b>CMX\d{3,4})[A-Z]{1,2}\d)(?:-\d{5})?"),
    form("Pulse", "H1 H2 H5 HX", r"(?P<b>H\d{4})(?:F?NLT?)?"),
    form("Pulse", "HX", r"HX\d{4}A?(?:NLT?)?", base=""),
)
