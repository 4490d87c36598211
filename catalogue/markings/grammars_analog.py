"""Numbers of analogue makers: Analog Devices with Hittite, Linear Technology, Maxim with Dallas, Texas Instruments."""

from catalogue.markings.forms import LIKELY, LOOSE, form

_ADI = "Analog Devices"
_GRADE = r"(?:[A-KSTWY][A-Z]{0,2}Z?(?:-?\d{1,3}[A-Z]?)?(?:-?(?:REEL7?|RL7?|R7))?)"
_HEADS = "AD OP RE TM AM SS DA HM MU"
_PREFIX = r"(?:AD[A-Z]{0,3}|OP|REF|TMP|SSM|AMP|DAC|HMC|MUX)"
_LT, _MAXIM, _TI = "Linear Technology", "Maxim Integrated", "Texas Instruments"
_LTPKG = (
    r"(?:[CEIHM]?(?:S[5-8]|SW?|N8?|GN?|FE?|MS8?E?|DDM?|D[CEHJKR][A-Z]?|U[DFHJK][A-Z]{0,2}|Q|R|TS?8?|ST|K|J8?|H|EV|V|Y|W)"
    r"(?:#?(?:TR)?PBF)?(?:#TR)?)"
)
_PKG = (
    r"(?:[ACEHIMQS]?(?:PW|DW|DBV?|D|DG[GKNV]|DL|DCK|NS|N|P|PFP|PZ|R[A-Z]{2}|KT[A-Z]?|J|T|TVS|FN|MTD|HV?|S|U)"
    r"[RTGX]?E?\d?(?:G4)?)"
)
_LOGIC = r"ALVTH|ALVCH|ALVC|LVTH|LVCH|LVT|LVC|LV|ABTE?|AHCT|AHC|ACT|AC|HCT|HC|ALS|AS|LS|CBTLV|CBTD?|GTLP?|VHCT?|FCT|F"

ANALOG = (
    form(
        _TI, "F2", r"(?P<n>F28\d{2,3})(?:[PGZ][A-Z]{1,3})", base="TMS320{n}", full="TMS320{0}", own=True, belief=LIKELY
    ),
    form(_ADI, "AD", rf"(?P<b>ADSP-?(?:BF|TS|SC)?\d{{3,5}}[LMNS]?){_GRADE}?"),
    form(
        _ADI,
        "AD",
        r"(?P<b>AD[MGP]?[A-Z]?\d{3,5}(?:-\d)?[A-Z]??)(?P<s>[A-KSTWY](?:RUZ?|RMZ?|RTZ?|RSZ?|RJZ?|RZ?|CPZ?|BCZ?|BC\d?|STZ?|SZ?|SUZ?|KSZ?|NZ?|QZ?|PZ?|RPZ?|UJZ?|CBZ?|RWZ?|RQZ?|KZ?|UD))(?:-\d{1,3}[A-Z]?)?(?:-?REEL7?)?",
    ),
    form(_ADI, "AD", r"(?P<b>AD(?:X[LR][A-Z]?\d{2,5}|[A-Z]{0,3}\d{3,5}))(?P<s>[A-KSTWY])?(?:-\d{1,3})?"),
    form(
        _ADI,
        "AD",
        r"(?P<b>(?:AD[A-Z]{0,3}|AD2S|ADUC8)\d{3,5}[A-Z]?(?:-\d)?)(?:/PCBZ?|[A-Z]{1,5}Z?(?:-\d+[A-Z]?)?)?",
        belief=LIKELY,
    ),
    form(_ADI, _HEADS, rf"(?P<b>{_PREFIX}\d{{2,5}}){_GRADE}?"),
    form(_ADI, "XL XR", r"XL(?P<n>\d{3})[A-Z]?", base="ADXL{n}", mpn="", full="ADXL{n}", own=True, belief=LOOSE),
    form(
        _ADI,
        "HM H1 H2 H3 H4 H5 H6 H7 H8 H9",
        r"HM?C?(?P<n>\d{3,4}[A-Z]?)",
        base="HMC{n}",
        mpn="",
        full="HMC{n}",
        own=True,
        belief=LOOSE,
    ),
    form(_ADI, "12 13 14", r"(?P<n>1[234]\d\d)(?P<s>[A-C](?:RWZ?|RZ)?)", base="ADUM{n}", full="ADUM{n}{s}", own=True),
    form(_ADI, "17", r"(?P<n>17\d\d)(?:ADJ)?", base="ADP{n}", mpn="", full="ADP{n}", own=True, belief=LOOSE),
    form(
        _ADI,
        "32 34",
        r"(?P<n>3[24]\d\d)(?P<s>E?A?(?:[A-C]?RUZ?)?)",
        base="ADM{n}",
        full="ADM{n}{s}",
        own=True,
        belief=LIKELY,
    ),
    form(
        _ADI,
        "48 49",
        r"(?P<n>4[89]\d\d-?\d?)(?P<s>[AY][A-Z]{0,3}Z?)",
        base="ADA{n}",
        full="ADA{n}{s}",
        own=True,
        belief=LIKELY,
    ),
    form(_ADI, "8 9", r"(?P<n>[89]\d{3})(?P<s>[A-Z]{1,4}Z?)", base="AD{n}", full="AD{n}{s}", own=True, belief=LIKELY),
    form(
        _LT, "LT", rf"(?P<b>LT[CM]?\d{{3,4}}(?:HV|[ABLSX])??)(?P<s>{_LTPKG})?(?P<v>-\d{{1,2}}(?:\.\d)?)?", base="{b}{v}"
    ),
    form(_LT, "LT", r"(?P<b>LT[CM]?\d{3,4})[A-Z0-9.-]{0,9}", belief=LOOSE),
    form(_LT, "96 15 17", r"(?P<n>1?9?\d{2}[A-Z])(?P<v>\d{2})", base="LT1{n}", mpn="", own=True, belief=LOOSE),
    form(
        _MAXIM,
        "MA",
        r"(?P<m>(?P<b>MAX\d{3,5}[A-Z]?)[ACEGIMU][A-Z][A-Z])(?P<d>[\dT]\d\d)?(?P<p>\+|#)?T?",
        mpn="{m}{p}",
    ),
    form(_MAXIM, "MA", r"(?P<b>MAX2\d{3}[A-C]?)E"),  # of radio parts, E is the temperature; of interfaces, protection
    form(_MAXIM, "MA", r"(?P<b>MAX\d{3,5}[A-Z]{0,2})(?:-?EP)?[+T]?"),
    form(_MAXIM, "MA", r"(?P<b>MAX\d{3,5}[EAFH]??)[A-Z]{2,4}[+T]?"),
    form(
        _MAXIM,
        "10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36",
        r"(?P<m>(?P<n>\d{4,5}[A-Z]??)(?:[CEIMAGU][A-Z][A-Z]))(?P<d>[\dT]\d\d)?(?P<p>\+)?T?",
        base="MAX{n}",
        mpn="MAX{m}{p}",
        own=True,
    ),
    form(_MAXIM, "17 27 26", r"(?P<n>\d{4,5})[A-Z]?", base="MAX{n}", mpn="MAX{0}", own=True, belief=LOOSE),
    form(_MAXIM, "DS", r"(?P<b>DS[12]\d{3}(?:C(?=-))?)(?:[A-Z]{0,3}\+?(?:-\d+)?)", base="{b}"),
    form(_TI, "TM", r"(?P<b>TMS320(?:VC|LC|C|F|LF|DM|DA)\d{2,5}[AB]?)(?:[PGRZ][A-Z]{0,2}[AQSDT]?\d{0,4})?"),
    form(_TI, "TM MS", r"(?P<b>(?:TMS470|TMS570|TM4C|MSP430)[A-Z]{0,3}\d{2,5}[A-Z]?)[A-Z0-9]{0,9}"),
    form(_TI, "DM OM AM", r"(?P<b>(?:DM\d{3,4}|OMAP[L-]?\d{3,4}|AM[13]\d{3}))(?:[A-Z]{2,4}\d{0,3})?"),
    form(
        _TI, "M4 C5", r"(?:M(?P<n>430[FG]\d{3,4})|C(?P<n2>5[45]\d\d)[A-Z]{0,4}\d{0,3})", base="{msp}", mpn="", own=True
    ),
    form(_TI, "TP", r"(?P<b>TPS\d{5}(?!\d))\d?TI", mpn="", belief=LIKELY),
    form(_TI, "TP", r"(?P<b>TPS\d{5})\dTI", mpn="", belief=LIKELY),
    form(_TI, "TP", rf"(?P<b>TPS\d{{2,6}}(?:[A-Z]\d{{2,3}})?A?)(?:-Q1)?{_PKG}?"),
    form(_TI, "PS", r"PS(?P<n>\d{3,5}(?:[A-Z]\d{3})?)[A-Z]?", base="TPS{n}", mpn="", full="TPS{n}", belief=LIKELY),
    form(_TI, "VP", r"VP(?P<n>23\d)", base="SN65HVD{n}", mpn="", full="SN65HVD{n}", belief=LIKELY),
    form(
        _TI,
        "MB MA",
        r"M[BA](?P<n>32\d\d)(?P<s>[CEIQ]?)",
        base="MAX{n}",
        mpn="",
        full="MAX{n}{s}",
        own=True,
        belief=LIKELY,
    ),
    form(_TI, "YE YF", r"Y(?P<k>E|F)(?P<n>0\dE?)", base="{txb}", mpn="", own=True, belief=LOOSE),
    form(_TI, "HT", r"HT(?P<n>\d{2,4})A?", base="SN74HCT{n}", mpn="", full="SN74HCT{n}", own=True, belief=LIKELY),
    form(_TI, "LX", r"LX(?P<h>H?)(?P<n>\d{3}[AB]?)", base="SN74LV{t}{n}", mpn="", own=True, belief=LOOSE),
    form(_TI, "LC", r"LC(?P<n>\d{2,3}A?)", base="SN74LVC{n}", mpn="", full="SN74LVC{n}", own=True, belief=LOOSE),
    form(_TI, "HJ", r"HJ(?P<n>4\d{3})", base="CD74HC{n}", mpn="", own=True, belief=LOOSE),
    form(_TI, "43", r"(?P<n>431)[A-C]?I?", base="TL{n}", mpn="", own=True, belief=LOOSE),
    form(_TI, "28", r"(?P<n>28C\d\d)", base="UCC{n}", mpn="", own=True, belief=LOOSE),
    form(
        _TI, "SN CD DM", rf"(?P<b>(?:SN[567][45]|CD[57]4|DM7?4?)(?:{_LOGIC}|HVD|LBC|LVDS|BCT)\d{{1,6}}[AB]?)(?:{_PKG})?"
    ),
    form(_TI, "CD", rf"(?P<b>CD4\d{{3}}U?B?){_PKG}?"),
    form(
        _TI,
        "AL AC AB AH AS LV HC LS CB GT VH FC",
        rf"(?P<n>(?:{_LOGIC})(?:\d{{2,3}}|[147]\d{{3}}|(?:16|32|6|8)\d{{3,4}})[AB]?)(?:{_PKG})?",
        base="SN74{n}",
        full="SN74{0}",
        own=True,
    ),
    form(_TI, "HC", r"(?P<n>HCT?\d{2,4})M(?:96)?", base="CD74{n}", full="CD74{0}", own=True, belief=LIKELY),
    form(_TI, "DC", r"(?P<b>DC[PRHV]\d{6})[A-Z]{0,2}"),
    form(_TI, "PT", r"(?P<b>P[TM][HNR]\d{5}[A-Z]?)[A-Z]{0,3}"),
    form(
        _TI,
        "LM LP LF",
        r"(?P<b>L(?:MX|MH|MZ|MV|M|P|F)\d{2,5}(?:HV)?[ABC]?)(?P<s>[A-Z]{1,4})??(?:-?\d(?:\.\d)?|-ADJ)?(?:/NOPB)?",
    ),
    form(_TI, "DS", r"(?P<b>DS9\d(?:LV|CF?|UB|CR|BR|R)\d{2,4}[A-C]?)(?:[A-Z]{1,4})?"),
    form(_TI, "AM", r"(?P<b>AM26(?:C|LS|LV|S)\d{2}[A-E]?)(?:[ICM]?[A-Z]{0,3})"),
    form(
        _TI,
        "UC UL TL TR IN OP PG RE IS BQ CS XI TV TH DA AD XT IV AF BU LO CD SM XC UA NE VS PC",
        r"(?P<b>(?:UCC?|ULN|TLV(?:320[A-Z]{2,3})?|TLC|TLK|TL|TRSF?|INA|OPA|PGA|REF|ISO|BQ|CSD|XIO|TVP|THS|DAC|ADS|ADC|XTR|IVC|AFE|BUF|LOG|CDC[A-Z]{0,3}|VSP|PCM|NE)\d{2,5}(?:C\d\d)?A?)(?:[A-Z]{1,4}\d{0,2})?(?:-\d)?",
        belief=LIKELY,
    ),
    form(_TI, "AD", r"(?P<b>(?:ADC\d{2}[A-Z]\d{3,4}|ADS\d{3,4}[A-Z]?\d{0,2}))(?:[A-Z]{1,4})?"),
    form(_TI, "TP TX TS UA", r"(?P<b>(?:TPA|TPD|TX[BS]|TS3[A-Z]*|TPIC)\d{2,5}[A-Z]?\d{0,2}E?)(?:[A-Z]{2,4})?"),
)
