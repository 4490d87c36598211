"""Invented firms and what customs declarations say of goods: names in two scripts, their variants, descriptions.

The names are made of syllables that mean nothing. How they are misspelt and transliterated stands here, apart from
whatever the catalogue knows of spelling: a test of reading must not share the reader's tables.
"""

from dataclasses import dataclass

SYLLABLES = [
    ("bra", "бра"), ("kel", "кел"), ("vor", "вор"), ("men", "мен"), ("tal", "тал"), ("riz", "риз"), ("don", "дон"),
    ("esk", "эск"), ("lum", "лум"), ("nar", "нар"), ("gri", "гри"), ("shan", "шан"), ("zhut", "жут"), ("pel", "пел"),
    ("mir", "мир"), ("yav", "яв"), ("khor", "хор"), ("tsel", "цел"), ("but", "бут"), ("fam", "фам"), ("ost", "ост"),
]  # fmt: skip
TRADES = [
    ("Komplekt", "Комплект", "Components"), ("Impeks", "Импекс", "Impex"), ("Logistik", "Логистик", "Logistics"),
    ("Servis", "Сервис", "Service"), ("Elektroniks", "Электроникс", "Electronics"), ("Treid", "Трейд", "Trade"),
    ("Pribor", "Прибор", "Instruments"), ("Sistems", "Системс", "Systems"), ("Resurs", "Ресурс", "Resources"),
    ("Tekhnologii", "Технологии", "Technologies"), ("Grupp", "Групп", "Group"), ("Snab", "Снаб", "Supply"),
]  # fmt: skip
# (as written at home, the same in Latin letters, as abroad, spelt out)
RUSSIAN_FORMS = [
    ("ООО", "OOO", "LLC", "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ"),
    ("АО", "AO", "JSC", "АКЦИОНЕРНОЕ ОБЩЕСТВО"),
    ("ЗАО", "ZAO", "CJSC", "ЗАКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО"),
]
FORMS = {
    "HK": ("CO., LIMITED", "CO LTD", "LIMITED", "КО., ЛИМИТЕД"),
    "CN": ("CO., LTD.", "CO LTD", "COMPANY LIMITED", "КО., ЛТД"),
    "TR": ("LTD. STI.", "LIMITED SIRKETI", "LTD STI", "ЛТД. ШТИ."),
    "AE": ("FZE", "F.Z.E.", "FZ-LLC", "ФЗЕ"),
    "KZ": ("TOO", "LLP", "ТОО", "ТОО"),
    "DE": ("GMBH", "G.M.B.H.", "Gmbh", "ГМБХ"),
    "US": ("INC.", "INC", "CORP", "ИНК."),
    "TW": ("CO., LTD.", "CO LTD", "CORP.", "КО., ЛТД"),
    "SG": ("PTE. LTD.", "PTE LTD", "PRIVATE LIMITED", "ПТЕ. ЛТД"),
}
CITIES = {
    "RU": ["Г. МОСКВА", "Г. САНКТ-ПЕТЕРБУРГ", "Г. ИЖЕВСК", "Г. КАЗАНЬ", "Г. НОВОСИБИРСК"],
    "HK": ["KOWLOON", "WAN CHAI"], "CN": ["SHENZHEN", "GUANGZHOU"], "TR": ["ISTANBUL"],
    "AE": ["DUBAI", "SHARJAH"], "KZ": ["ALMATY"], "DE": ["MUENCHEN"], "US": ["AUSTIN TX"],
    "TW": ["TAIPEI"], "SG": ["SINGAPORE"],
}  # fmt: skip
LOOKALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
LATIN_O_AND_A = str.maketrans("ОА", "OA")


@dataclass(slots=True)
class Firm:
    """An invented firm. `listed` is the day it was listed on, or None; `known`: the catalogue has a record of it."""

    number: int
    latin: str
    cyrillic: str
    abroad: str
    form: tuple
    country: str
    city: str
    tax_number: str
    listed: object = None
    known: bool = False

    @property
    def name(self):
        """As the firm writes itself: in Cyrillic with its legal form before it, or in Latin with it behind."""
        if self.country == "RU":
            return f"{self.form[0]} «{self.cyrillic.upper()}»"
        return f"{self.abroad.upper()} {self.form[0]}"


def firm(number, pick, country):
    """A firm of this number: its name is in no list but this program's."""
    mixed = number * 7_919 % 21**3
    heads = [SYLLABLES[mixed // 21**n % 21] for n in range(3)]
    if pick.random() < 0.5:
        heads.append(SYLLABLES[int(21 * pick.random())])
    trade = TRADES[int(12 * pick.random())]
    latin, cyrillic = ("".join(head[n] for head in heads).capitalize() for n in (0, 1))
    form = RUSSIAN_FORMS[int(3 * pick.random() ** 2)] if country == "RU" else FORMS[country]
    cities = CITIES[country]
    return Firm(
        number, f"{latin} {trade[0]}", f"{cyrillic} {trade[1]}", f"{latin} {trade[2]}", form, country,
        cities[int(len(cities) * pick.random())], tax_number(number) if country == "RU" else "",
    )  # fmt: skip


def tax_number(number):
    """Ten digits with the check digit of an INN, of a region code that is not given out."""
    body = f"00{number:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return body + str(sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10)


def mentioned(firm, pick, share):
    """How a declaration names a firm: as it writes itself, or in `share` of the cases in one of many other ways."""
    if pick.random() >= share:
        return firm.name
    way = int(8 * pick.random())
    plain = firm.cyrillic.upper() if firm.country == "RU" else firm.abroad.upper()
    if way == 0:  # in the other script
        return f"{firm.form[1]} {firm.latin.upper()}" if firm.country == "RU" else f"{cyrillic(plain)} {firm.form[3]}"
    if way == 1:  # with the legal form that is usual abroad, or another way to write it
        return f"{firm.latin.upper()} {firm.form[2]}" if firm.country == "RU" else f"{plain} {firm.form[1]}"
    if way == 2:  # spelt out, or put otherwise
        return f'{firm.form[3]} "{plain}"' if firm.country == "RU" else f"{plain} {firm.form[2]}"
    if way == 3:  # without its form
        return plain
    if way == 4:  # a letter wrong
        return firm.name.replace(plain, misspelt(plain, pick))
    if way == 5:  # with the town
        return f"{firm.name}, {firm.city}"
    if way == 6:  # with letters of the other script that look alike
        return firm.name.translate(LOOKALIKES if firm.country != "RU" else LATIN_O_AND_A)
    return firm.name.replace(" ", "", 1) if firm.country != "RU" else firm.name.replace("«", "").replace("»", "")


def misspelt(name, pick):
    """One letter left out, doubled, or exchanged with the next."""
    at = 1 + int((len(name) - 2) * pick.random())
    way = int(3 * pick.random())
    if way == 0:
        return name[:at] + name[at + 1 :]
    if way == 1:
        return name[:at] + name[at] + name[at:]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


SOUNDS = [
    ("SHCH", "Щ"), ("ZH", "Ж"), ("KH", "Х"), ("TS", "Ц"), ("CH", "Ч"), ("SH", "Ш"), ("YA", "Я"), ("EI", "ЕЙ"),
    *zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБКДЕФГХИДКЛМНОПКРСТУВВКИЗ", strict=True),
]  # fmt: skip


def cyrillic(name):
    """A Latin name as a clerk writes it in Cyrillic, by sound."""
    for latin, sound in SOUNDS:
        name = name.replace(latin, sound)
    return name


# What a declaration says of goods

GOODS = [
    "ИНТЕГРАЛЬНЫЕ МОНОЛИТНЫЕ СХЕМЫ, {what}",
    "ЭЛЕКТРОННЫЕ КОМПОНЕНТЫ ДЛЯ ГРАЖДАНСКОЙ ПРОДУКЦИИ: {what}, НЕ ВОЕННОГО НАЗНАЧЕНИЯ",
    "СХЕМЫ ЭЛЕКТРОННЫЕ, МИКРОКОНТРОЛЛЕРЫ, {what}, УПАКОВАНЫ В ЛЕНТУ",
    "INTEGRATED CIRCUITS {what} FOR INDUSTRIAL USE",
    "ELECTRONIC COMPONENTS, {what}, NEW",
    "МОДУЛИ ЭЛЕКТРОННЫЕ {what} ДЛЯ ТЕЛЕКОММУНИКАЦИОННОГО ОБОРУДОВАНИЯ",
]
OTHER_GOODS = [
    "НАСОСЫ ЦЕНТРОБЕЖНЫЕ БЫТОВЫЕ, МОДЕЛЬ {what}", "ИГРУШКИ ПЛАСТМАССОВЫЕ, АРТ. {what}", "ОБУВЬ ЖЕНСКАЯ, АРТИКУЛ {what}",
    "SPARE PARTS FOR PUMPS, MODEL {what}", "ПОДШИПНИКИ ШАРИКОВЫЕ {what}", "КАБЕЛЬ СОЕДИНИТЕЛЬНЫЙ {what}",
]  # fmt: skip
UNNUMBERED = [
    "ДЛЯ ОБРАБОТКИ ЦИФРОВЫХ СИГНАЛОВ", "В АССОРТИМЕНТЕ", "СОГЛАСНО СПЕЦИФИКАЦИИ К ИНВОЙСУ",
    "AS PER INVOICE", "VARIOUS TYPES",
]  # fmt: skip
BEFORE = ["АРТ. ", "МОДЕЛЬ: ", "P/N ", "TYPE ", "", "МАРКИРОВКА ", "№ "]
MADE = ["ИЗГОТОВИТЕЛЬ: {}", "ПРОИЗВОДИТЕЛЬ {}", "MANUFACTURER: {}", "MADE BY {}", "ТОВАРНЫЙ ЗНАК: {}"]
SUFFIXES = ["", "", "", "TR", "-TR", "-E", " REEL", "#PBF", "/NOPB"]


def numbered(number, pick):
    """A part number as a clerk types it: with other separators, look-alike letters, a suffix, or as it is."""
    way = int(10 * pick.random())
    if way == 0:
        number = number.replace("-", " ")
    elif way == 1:
        number = number.replace("-", "")
    elif way == 2:
        number = f"{number[:2]} {number[2:].replace('-', '/')}"
    elif way == 3:
        number = number.translate(LOOKALIKES)
    elif way == 4:
        number = number.lower()
    return number + SUFFIXES[int(9 * pick.random())]


def described(numbers, maker, pick, goods=GOODS):
    """A description with these part numbers, or with none, and the maker where one is named."""
    if numbers:
        before = BEFORE[int(7 * pick.random())]
        what = before + ", ".join(numbered(number, pick) for number in numbers)
    else:
        what = UNNUMBERED[int(5 * pick.random())]
    said = goods[int(len(goods) * pick.random())].format(what=what)
    return f"{said}, {MADE[int(5 * pick.random())].format(maker.upper())}" if maker else said
