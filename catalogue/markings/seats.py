"""Where a firm that nobody knows may have its seat, read from its name alone: a place, Ukrainian letters, a legal form.

A published country is always better; this is for where none is given.
"""

import re
from itertools import pairwise

from catalogue.markings.letters import slug_of

_PLACES = {
    "CN": "china prc sino zhongguo beijing shanghai shenzhen guangzhou guangdong dongguan foshan zhuhai zhongshan "
    "huizhou shantou zhejiang hangzhou ningbo wenzhou yueqing jiaxing jiashan shaoxing jinhua taizhou jiangsu "
    "nanjing suzhou wuxi changzhou yangzhou nantong xuzhou kunshan binhai xuyi fujian xiamen fuzhou quanzhou sichuan "
    "chengdu chongqing hunan changsha zhuzhou yiyang hubei wuhan jingzhou jiangxi nanchang anhui hefei shandong "
    "qingdao jinan weihai yantai tianjin hebei henan zhengzhou luoyang shanxi shaanxi xian liaoning dalian shenyang "
    "jilin harbin heilongjiang yunnan kunming guizhou guiyang guangxi hainan gansu lanzhou",
    "HK": "hongkong hk",
    "TW": "taiwan taipei hsinchu kaohsiung taichung tainan",
    "JP": "japan nippon nihon tokyo osaka kyoto nagoya yokohama",
    "KR": "korea seoul hanguk busan",
    "US": "america american usa california texas florida massachusetts jersey",
    "DE": "deutschland germany german berlin munchen munich hamburg stuttgart",
    "GB": "britain british england london scotland uk",
    "FR": "france paris francaise", "IT": "italia italy italiana milano torino", "CH": "swiss schweiz suisse",
    "RU": "russia russian moscow moskva sankt peterburg rossiya", "UA": "ukraine ukraina kyiv kiev kharkiv lviv",
    "BY": "belarus minsk", "IL": "israel", "IN": "india bharat", "TR": "turkey turkiye istanbul ankara",
    "IR": "iran tehran", "CA": "canada canadian", "AU": "australia", "SG": "singapore", "MY": "malaysia",
    "TH": "thailand", "PL": "polska poland", "CZ": "czech", "NL": "holland nederland", "SE": "sweden svenska",
}  # fmt: skip
_OF_PLACE = {word: seat for seat, words in _PLACES.items() for word in words.split()}
# Forms that one country has; “Inc.”, “Ltd” and “Co., Ltd” are met in too many to tell.
_FORMS = (
    ("DE", r"gmbh|mbh"), ("IT", r"s p a|spa|s r l|srl"), ("FR", r"s a s|sas"), ("SE", r"ab"), ("FI", r"oy"),
    ("DK", r"aps"), ("CZ", r"spol"), ("PL", r"sp z o o|z o o"), ("HU", r"kft"), ("SG", r"pte"), ("MY", r"sdn|bhd"),
    ("NL", r"b v|bv"), ("JP", r"k k|kk"), ("AU", r"pty"), ("BR", r"ltda"), ("UA", r"tov|prat"),
    ("RU", r"ooo|npo|okb|niti|nii"),
)  # fmt: skip
_LEGAL = tuple((seat, re.compile(rf"(?:^|\s)(?P<form>{forms})(?=\s|$)")) for seat, forms in _FORMS)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)


def seat_of(name: str) -> tuple[str, str]:
    """(ISO alpha-2 code, why) of the seat that a firm's name lets one think of; two empty texts where nothing does."""
    words = slug_of(name[:300]).replace("-", " ").split()
    joined = " ".join(words)
    for word in (*words, *(one + other for one, other in pairwise(words))):
        if word in _OF_PLACE:
            return _OF_PLACE[word], f"its name holds a place, {word.capitalize()}; the seat is thought to be there"
    if _UKRAINIAN.search(name):
        return "UA", "its name is written in Ukrainian"
    for seat, form in _LEGAL:
        if found := form.search(joined):
            return seat, f"its legal form, {found['form']}, is one of that country"
    return "", ""
