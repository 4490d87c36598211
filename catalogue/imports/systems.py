"""Weapon systems by their names: a small vocabulary, so that different spellings mean one type.

One line a type: name | kind | type above it, if any | other spellings. Look-alike letters, hyphens and spaces
need no spelling of their own; the slug is the name's. A type that is not listed is still read, under its own
words (see `titles`). Only naming facts stand here, as the press and
published teardowns use them; nothing is said about a type beyond what sort of thing it is.

Two choices: a bare "Iskander-K" and "Iskander-M" are read as the missiles 9M727 and 9M723, because published
teardowns use the names so; a bare "Lancet" stays the family, because Lancet-1 and Lancet-3 differ.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogue.markings.letters import pattern_key, slug_of

KINDS = (
    "cruise-missile", "ballistic-missile", "hypersonic-missile", "air-to-air-missile", "guided-munition",
    "rocket-artillery", "loitering-munition", "uav", "helicopter", "armoured-vehicle", "vehicle", "artillery",
    "air-defence", "electronic-warfare", "radio", "navigation", "computer", "optics", "radar",
    "unmanned-vessel", "fire-control", "communications", "other",
)  # fmt: skip

_TABLE = """
3M-14 Kalibr | cruise-missile | | Kalibr; 3M-14; 3M-14E; 3М-14 Калибр; Калібр; Калибр
Kh-101 | cruise-missile | | X-101
Kh-55 | cruise-missile | | X-55; Kh-55SM; Х-55СМ
Kh-555 | cruise-missile | Kh-55 | X-555
Kh-22 | cruise-missile | | X-22
Kh-32 | cruise-missile | | X-32
Kh-31 | cruise-missile | | Kh-31P; Kh-31PD; Kh-31A; X-31; Х-31П
Kh-35 | cruise-missile | | Kh-35U; X-35; Х-35У
Kh-38 | guided-munition | | Kh-38MLE; Kh-38MT; X-38
Kh-39 | guided-munition | | LMUR; Izdeliye 305; X-39; ЛМУР
Kh-59 | cruise-missile | | X-59
Kh-59MK | cruise-missile | Kh-59 | X-59MK
Kh-59MK2 | cruise-missile | Kh-59 | X-59MK2
Kh-59M2/M2A | cruise-missile | Kh-59 | Kh-59M2; Kh-59M2A; X-59M2; Х-59М2А
Kh-69 | cruise-missile | | X-69
Kh-47M2 Kinzhal | hypersonic-missile | | Kinzhal; Kh-47M2; X-47M2; Kh-47; X-47; 9-S-7760; 9-С-7760; \
Кинджал; Кинжал
3M22 Zircon | hypersonic-missile | | Zircon; Tsirkon; 3M-22; Циркон
3M55 Oniks | cruise-missile | | Oniks; Onyx; P-800; 3M55; Онікс; Оникс; П-800
9M727 Iskander-K | cruise-missile | | Iskander-K; 9M727; Искандер-К; Іскандер-К
9M729 | cruise-missile | |
9M723 Iskander-M | ballistic-missile | | Iskander-M; 9M723; 9M723-1; Искандер-М; Іскандер-М
KN-23/KN-24 | ballistic-missile | | KN-23/24; Hwasong-11
KN-23 | ballistic-missile | KN-23/KN-24 | Hwasong-11A; Hwasong-11Ga
KN-24 | ballistic-missile | KN-23/KN-24 | Hwasong-11B; Hwasong-11Na
9M79 Tochka-U | ballistic-missile | | Tochka-U; Tochka; 9M79; 9M79-1; Точка-У
S-71K Kover | cruise-missile | | S-71K; Kovyor; С-71К
S8000 Banderol | cruise-missile | | Banderol; S8000; Бандероль
Izdeliye-30 | cruise-missile | | Izdelie-30; Изделие-30; Виріб-30
R-77 | air-to-air-missile | | RVV-AE; Р-77
R-60 | air-to-air-missile | | R-60M; Р-60
R-73 | air-to-air-missile | | R-73M; Р-73
Verba | air-defence | | 9K333; Верба
UMPK | guided-munition | | UMPC; УМПК
UMPK-PD | guided-munition | UMPK | UMPC-PD; УМПК-ПД
UMPB | guided-munition | | UMPB D-30SN; D-30SN; УМПБ
Grom-E1 | guided-munition | | 9-A-7759; Гром-Э1
Krasnopol | guided-munition | | 2K25; 3OF39; Краснополь
Tornado-S | rocket-artillery | | Tornado-C; 9K515; Торнадо-С
9M544 Tornado-S | rocket-artillery | Tornado-S | 9M544
9M549 Tornado-S | rocket-artillery | Tornado-S | 9M549
Tornado-G | rocket-artillery | | 9K51; 9K51M; Торнадо-Г
BM-30 Smerch | rocket-artillery | | 9K58; Smerch; Смерч
Lancet | loitering-munition | | Ланцет
Lancet-1 | loitering-munition | Lancet | Izdeliye 52; Izdelie-52; Ланцет-1
Lancet-3 | loitering-munition | Lancet | Izdeliye 51; Izdelie-51; Product 51; Изделие-51; Ланцет-3
KUB | loitering-munition | | KUB-BLA; ZALA KUB; КУБ-БЛА; Куб
Scalpel | loitering-munition | | Скальпель
V2U | loitering-munition | | В2У
Italmas | loitering-munition | | Izdeliye 54; Izdelie-54; Италмас; Італмас
Privet-82 | loitering-munition | | Privet; Привет-82
BM-35 | uav | | БМ-35
Shahed-107 | uav | | Шахед-107
Shahed-131 / Geran-1 | loitering-munition | | Shahed-131; Geran-1; Шахед-131; Герань-1; Shakhed-131
Shahed-136 / Geran-2 | loitering-munition | | Shahed-136; Geran-2; Shakhed-136; Шахед-136; Герань-2
Geran-3 / Shahed-238 | loitering-munition | | Shahed-238; Geran-3; Шахед-238; Герань-3
Geran-4 | loitering-munition | | Герань-4
Geran-5 | loitering-munition | | Герань-5
Garpiya-A1 | loitering-munition | | Garpiya; Harpy-A1; Harpiya-A1; Гарпия-А1; Гарпія-А1
Gerbera | uav | | Гербера
Parodiya | uav | | Parodya; Parody; Пародия; Пародія
Mohajer-6 | uav | | Мохаджер-6
Orlan-10 | uav | | Орлан-10
Orlan-30 | uav | | Орлан-30
Forpost | uav | | Форпост
Forpost-R | uav | Forpost | Форпост-Р
Orion / Inokhodets | uav | | Orion UAV; UAV Orion; Orion UAV system; Inokhodets; Орион БпЛА; \
БпЛА Орион; Оріон БпЛА; БпЛА Оріон
S-70 Okhotnik | uav | | S-70; Okhotnik; Ohotnik; Охотник; С-70
Eleron | uav | | Элерон; Елерон
Eleron-3 | uav | Eleron | Элерон-3; Елерон-3
Eleron-3SV | uav | Eleron-3 | Элерон-3СВ; Елерон-3СВ
Supercam S150 | uav | | Суперкам S150
Supercam S350 | uav | | Суперкам S350
Zala 421-16E | uav | | Зала 421-16Е
Zala 421-16E2 | uav | |
Zala T-20 | uav | |
Zala Z-16 | uav | | Z-16
Granat-3 | uav | | Гранат-3
Granat-4 | uav | | Гранат-4
Takhion | uav | | Tachyon; Тахион; Тахіон
Merlin-VR | uav | | Мерлин-ВР; Мерлін-ВР
Kartograf | uav | | Cartographer; Картограф
Corsair | uav | | Korsar; Корсар
Fenix | uav | | Phoenix; Феникс; Фенікс
Klin | uav | | Klyn; Клин
Knyaz Veshchiy Oleg | uav | | Knyaz Veschyi Oleg; Prince Oleg the Prophet; Князь Вещий Олег
Knyaz Vandal Novgorodsky | uav | | KVN; Knyaz Vandal; Князь Вандал Новгородский
Lastochka-M | uav | | Ласточка-М; Ластівка-М
Molniya-1 | uav | | Молния-1; Блискавка-1
Molniya-2 | uav | | Молния-2; Молнія-2
Molniya-2R | uav | Molniya-2 | Молния-2Р
E95M | uav | | Eniks; E95M Eniks; Э95М
Mugin-5 Pro | uav | |
DJI Mavic 3 | uav | | Mavic 3; DJI Mavic 3T; DJI Mavic 3 Pro
DJI Matrice 30 | uav | | Matrice 30; DJI Matrice 30T
Ka-52 Alligator | helicopter | | Ka-52; Ka-52M; Alligator; Аллигатор; Алігатор
Mi-28N | helicopter | | Mi-28NM; Ми-28Н; Мі-28Н
Mi-8 | helicopter | | Mi-8AMTSh; Ми-8
T-72B3 | armoured-vehicle | | Т-72Б3
T-72B3M | armoured-vehicle | T-72B3 | Т-72Б3М
T-80BVM | armoured-vehicle | | Т-80БВМ
T-90M | armoured-vehicle | | T-90M Proryv
BMD-4M Sadovnitsa | armoured-vehicle | | BMD-4M; Sadovnitsa; БМД-4М
BMP-3 | armoured-vehicle | | БМП-3
BTR-82A | armoured-vehicle | | БТР-82А
KamAZ-63968 Typhoon-K | armoured-vehicle | | KamAZ-63968; Typhoon-K; КамАЗ-63968; Тайфун-К
ZSA-T Linza | armoured-vehicle | | ZSA-T; Linza; Линза; ЗСА-Т
1B186 | vehicle | |
2S5M Hyacinth-S | artillery | | 2S5M; Hyacinth-S; Giatsint-S; 2С5М
2S19M1 Msta-S | artillery | | 2S19M1; 2S19M2; Msta-S; 2С19М1; Мста-С
9A331M Tor-M2 | air-defence | | 9A331M; 9A331MU; Tor-M2; Top-M2
Pantsir-S1 | air-defence | | 96K6; Pantsir; Панцирь-С1; Панцир-С1
1B119 Rheostat | fire-control | | 1B119; Rheostat; Reostat; Реостат
1B198 Cannonade | fire-control | | 1B198; Cannonade; Kanonada; Канонада
1K144-E Sectant | fire-control | | 1K144-E; Sectant
Sozvezdiye | communications | | Unified Control System of the Sozvezdiye Tactical Link; USS TK; \
Созвездие; ЕСУ ТЗ
KRUZ-VR Strelets | communications | | KRUZ-VR; KRUS Strelets; Strelets; Strilets; Стрелец
T-231-2A | communications | |
BAUS2 | communications | | БАУС2
R-330BMV Borisoglebsk-2 | electronic-warfare | | R-330BMV; R-330BMW; Borisoglebsk-2; Р-330БМВ
R-330Zh Zhitel | electronic-warfare | | R-330Zh; Zhitel; Р-330Ж; Житель
RP-377UVM1L | electronic-warfare | | РП-377УВМ1Л
Silok-01 | electronic-warfare | | Silok; Силок-01
1L277 Sobolyatnik | radar | | 1L277; Sobolyatnik; 1Л277; Соболятник
1L111M-1 Fara-VR | radar | | 1L111M-1; Fara-VR; 1Л111М-1; Фара-ВР
R-168-0.5UM | radio | | Р-168-0,5УМ
R-168-25U-2 | radio | | Р-168-25У-2
R-168-5UN-1 Akveduk | radio | | R-168-5UN-1; Aqueduct-5UN-1; Р-168-5УН-1
R-168-5UN-2 | radio | | Р-168-5УН-2
R-187-P1 Azart | radio | | R-187-P1; Azart-P1; Azart; Р-187-П1; Азарт
R-166 Artek | radio | | R-166; Р-166
R-170V Artek-Sirius | radio | | R-170V; Artek-Sirius; Р-170В
R-353NK Namotka-KS | radio | | R-353NK; Namotka-KS; Р-353НК; Намотка-КС
R-392 Arakhis | radio | | R-392; Р-392
R-392AK2M Arakhis | radio | R-392 Arakhis | R-392AK2M; Р-392АК2М
R-392AKM Arakhis | radio | R-392 Arakhis | R-392ACM; R-392AKM; R-392ACM Arachis; Р-392АКМ
R-438-M Belozer | communications | | R-438-M; Belozer; Р-438-М; Белозер
R-438-N | communications | | Р-438-Н
R-448 Auriga-1.2V | communications | | R-448; Auriga 1.2V; Р-448; Аурига-1.2В
Kometa | navigation | | Комета
Kometa R8 | navigation | Kometa | Комета Р8
Kometa-M | navigation | Kometa | Комета-М
14Ц820 Grot-N | navigation | | 14Ц820; 14C820; Grot-N; Грот-Н
14Ц821С | navigation | | 14Ц821; 14C821C; 14C821S
14Ц822 Grot-M | navigation | | 14Ц822; 14C822; Grot-M; Грот-М
14Ц8009 Orion | navigation | | 14Ц8009; 14C8009; Orion 14C8009; Orion 14Ц8009
14Ц853 Breeze-KM-I | navigation | | 14Ц853; 14C853; Breeze-KM-I; Briz-KM-I; Бриз-КМ-И
Grot-V | navigation | | Грот-В
SN-99 | navigation | | СН-99
Baget-43 | computer | | Baguet-43; Багет-43
Baget-62-037 | computer | | Baguet-62-037; Багет-62-037
Baget-83V | computer | | Baguet-83V; Багет-83В
LPR-3 | optics | | ЛПР-3
TPN-1NM | optics | | ТПН-1НМ
VNPR 1PN142 | optics | | 1PN142; 1ПН142
Radio Barrier | other | | Радиобарьер
NR-900 | other | | НР-900; НР-900ЕК
Magura V5 | unmanned-vessel | | Магура V5
Sea Baby | unmanned-vessel | | Морський малюк
"""

# The first line that fits decides, so the exact words stand before the wide ones.
_KIND_WORDS = (
    ("unmanned-vessel", r"unmanned (?:surface|underwater)|naval drone|sea drone|морськ\w+ дрон"),
    ("hypersonic-missile", r"hypersonic"),
    ("air-to-air-missile", r"air-to-air"),
    ("ballistic-missile", r"ballistic|балістичн|баллистич"),
    ("rocket-artillery", r"mlrs|rocket launcher|multiple launch|рсзв|рсзо"),
    ("air-defence", r"anti-aircraft|air defen[cs]e|surface-to-air|зенітн|зенитн|зрк"),
    ("loitering-munition", r"loitering|barrage munition|barraging|kamikaze|баражу|барражир"),
    ("guided-munition", r"guided munition|guided bomb|gliding|aerial bomb|air bomb|авіабомб|авиабомб"),
    ("cruise-missile", r"cruise|крилат|крылат"),
    ("helicopter", r"helicopter|гелікоптер|вертол"),
    ("uav", r"\buavs?\b|\buas\b|drone|quadcopter|unmanned aerial|бпла|дрон"),
    ("guided-munition", r"missile|munition|rocket|ракет"),
    ("electronic-warfare", r"jamm|electronic warfare|interference|\bew\b|реб\b|рэб\b"),
    ("radar", r"\bradar|радар|рлс"),
    ("armoured-vehicle", r"\btank\b|armou?red|infantry fighting|combat vehicle|танк\b|бронет|бмп|бтр"),
    ("artillery", r"howitzer|self-propelled gun|mortar|\bgun\b|гаубиц"),
    ("fire-control", r"fire control|artillery reconnaissance|sighting"),
    ("navigation", r"navigat|glonass|\bgps\b|gnss|receiver-indicator|навігац|навигац"),
    ("optics", r"optic|thermal|sight\b|laser|camera|night vision|observation device|reconnaissance device"),
    ("radio", r"radio|transceiver|transmitter|receiver|радіо|радио"),
    ("communications", r"communicat|satellite|encryption|signal|зв.?язк|связ"),
    ("computer", r"comput|printing|printer|display|комп.?ютер|эвм\b|еом\b"),
    ("vehicle", r"vehicle|truck|\bcar\b|автомоб"),
)
_WEAPON_NOUN = r"missiles?|uavs?|drones?|helicopters?|tanks?|munitions?|mlrs|rockets?|bombs?|boats?|aircraft"
WEAPON = re.compile(rf"\b(?:{_WEAPON_NOUN})\b", re.IGNORECASE)
# Words that say what sort of thing a title is about and are no part of a name.
WORD_OF_KIND = re.compile(
    rf"(?:{_WEAPON_NOUN}|the|an?|of|for|and|or|in|on|type|model|code|system|systems|complex|station|equipment|"
    r"device|machine|unit|set|block|kit|product|combat|attack|strike|striking|guided|cruise|ballistic|hypersonic|"
    r"loitering|barrage|air|aviation|munition|fpv|ew|vhf|uhf|hf|kh|hf-vhf|glonass|gps|gnss|radio|radar|vehicle|"
    r"army|gun|self-propelled|landing|mobile|portable|automated|tactical|satellite|navigation|communication|"
    r"electronic|warfare|mm|simulator|target|targets|series|medical|armou?red|transceiver|transmitter|receiver|"
    r"operator|terminal|receiver-indicator|computer|computing|unified|basic|components?|parts?|from|other|autonomous|control|"
    r"point|artillery|reconnaissance|fire|optical|thermal|personal|individual|iindividual|use|"
    r"unmanned|aerial|surface|quadcopter|rocket|multiple|launch|launcher|universal|small-sized|transportable|"
    r"ракета|бпла|дрон|крилата|крылатая|танк|вертоліт|вертолет|система|станція|станция|комплекс)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class System:
    """A type of weapon or equipment; `parent` is the slug of the wider type it belongs to."""

    name: str
    slug: str
    kind: str
    parent: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """A listed system named in a text, from `start` to `end`; `text` is the spelling met there."""

    system: System
    text: str
    start: int
    end: int


def _read_table() -> dict[str, System]:
    systems = {}
    for line in _TABLE.strip().splitlines():
        name, kind, parent, spellings = (cell.strip() for cell in line.split("|"))
        others = tuple(spelling.strip() for spelling in spellings.split(";") if spelling.strip())
        slug = slug_of(name)
        systems[slug] = System(name, slug, kind, slug_of(parent) or None, (name, *others))
    return systems


KNOWN: dict[str, System] = _read_table()


def _loose(spelling: str) -> str:
    """A spelling as an expression in which spaces, hyphens, quotes and slashes may come or go."""
    words = re.findall(r"[^\W\d_]+|\d+(?:\.\d+)?", pattern_key(spelling))
    return r"[^\w()]{0,3}".join(re.escape(word) for word in words)


@lru_cache(maxsize=1)
def _finder() -> tuple[re.Pattern, tuple[System, ...]]:
    """One expression over every spelling, the longest first, and the system of each of its groups."""
    ranked = sorted(
        {(_loose(spelling), slug) for slug, system in KNOWN.items() for spelling in system.spellings},
        key=lambda pair: (-len(pair[0]), pair),
    )
    any_spelling = "|".join(f"({loose})" for loose, _ in ranked)
    # A hyphen with more letters makes another type: "Lancet-5" is not the listed "Lancet".
    return (
        re.compile(rf"(?<![^\W_])(?:{any_spelling})(?![^\W_])(?!-[^\W_])"),
        tuple(KNOWN[slug] for _, slug in ranked),
    )


def mentions(text: str) -> list[Mention]:
    """The listed systems that `text` names, from left to right, the longest spelling where several fit."""
    finder, systems = _finder()
    return [
        Mention(systems[found.lastindex - 1], text[found.start() : found.end()], found.start(), found.end())
        for found in finder.finditer(pattern_key(text))
    ]


def family_of(name: str) -> System | None:
    """The listed family whose name, with something after a hyphen, `name` is: Lancet for "Lancet-5"."""
    head, hyphen, _ = name.rpartition("-")
    slug = slug_of(head)
    is_family = hyphen and any(system.parent == slug for system in KNOWN.values())
    return KNOWN.get(slug) if is_family else None


def kind_named_in(text: str) -> str:
    """The code of the kind that the words of `text` describe; "other" when none is known."""
    return next((kind for kind, words in _KIND_WORDS if re.search(words, text, re.IGNORECASE)), "other")
