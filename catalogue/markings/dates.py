"""Partly known dates: EDTF text and the days it spans.

The notation is the part of EDTF (ISO 8601-2:2019) that reports use: years, months, days, unspecified digits
(`202X`), seasons (21-32), quarters (33-36), thirds and halves of a year (37-41), the qualifiers `~` `?` `%`,
intervals with open (`..`) or unknown (empty) ends. Sets, years beyond four digits and exponents are refused.
ISO weeks become intervals from Monday to Sunday. What people write ("1Q2023", "before 2021", "липень 2022")
is brought into that notation first.

It is read here and not by python-edtf because that library (5.0) invents ten years for an unknown end
(`2021/` up to 2031), gives winter the one month December, refuses weeks, and takes 3 to 30 ms a text.

Meanings: `before 2021` ends with 2020 (`../2020`) and `after 2021` begins with 2022; `not earlier than`,
`since`, `from` and `until`, `not later than`, `by` include the date they name. A winter may be the one that
begins or the one that ends in its year, so its span holds both. A qualifier is a remark on the date and does
not widen the span, because the standard gives it no width.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_TYPOGRAPHY = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u0425": "X"})  # the last: Cyrillic Х
LONGEST_TEXT = 120  # no date is longer; keeps a pasted page from being searched


class DateNotUnderstood(ValueError):
    """The text is no date that can be read; its one sentence names the text and gives examples."""

    def __init__(self, text: str, why: str = ""):
        shown = text if len(text) <= 60 else text[:57] + "…"
        reason = f": {why}" if why else ""
        examples = "“2022-07”, “2022-07-19”, “2021/..”, “July 2022”, “1Q2023”, “before 2021” or “2022-W25”"
        super().__init__(f"The date “{shown}” was not understood{reason}; write it like {examples}.")


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: its EDTF text and the first and last day it can mean (None = open)."""

    edtf: str
    earliest: date | None
    latest: date | None


class _Unread(Exception):
    """Inner signal with the reason; `parse` adds the text as it was given."""


@lru_cache(maxsize=16384)
def parse(text: str) -> PartialDate:
    """The date `text` names, in EDTF or in English, Ukrainian or Russian words; days before months.

    Raises DateNotUnderstood. Answers are kept by text, because a file repeats few dates many times.
    """
    written = " ".join(text.translate(_TYPOGRAPHY).split())
    if not written or len(written) > LONGEST_TEXT:
        raise DateNotUnderstood(written, "" if written else "it is empty")
    try:
        return _spanned(_edtf(_in_edtf(written)))
    except (_Unread, OverflowError) as fault:
        raise DateNotUnderstood(written, str(fault) if isinstance(fault, _Unread) else "") from None


def _spanned(edtf: str) -> PartialDate:
    """The days an EDTF text with checked ends spans."""
    start, bar, end = edtf.partition("/")
    if not bar:
        return PartialDate(edtf, *_span(edtf))
    earliest = _span(start)[0] if start not in ("", "..") else None
    latest = _span(end)[1] if end not in ("", "..") else None
    if earliest is None and latest is None:
        raise _Unread("both of its ends are open")
    if earliest and latest and latest < earliest:
        raise _Unread("it ends before it begins")
    return PartialDate(edtf, earliest, latest)


# --- EDTF -------------------------------------------------------------------------------------------------

_DAY_TEXT = re.compile(
    r"[?~%]?(?P<year>[0-9X]{4})[?~%]?(?:-[?~%]?(?P<month>[0-9X]{2})[?~%]?(?:-[?~%]?(?P<day>[0-9X]{2})[?~%]?"
    r"(?:T[0-2]\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})(?:-?([1-7]))?", re.IGNORECASE)
_SPRING, _SUMMER, _AUTUMN = (3, 5), (6, 8), (9, 11)
_PARTS_OF_A_YEAR = {
    21: _SPRING, 22: _SUMMER, 23: _AUTUMN, 25: _SPRING, 26: _SUMMER, 27: _AUTUMN,
    29: _AUTUMN, 31: _SPRING, 32: _SUMMER,  # the southern spring is the northern autumn
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
_TURNING_OF_THE_YEAR = (24, 28, 30)  # December to February: winter, and the southern summer


def _edtf(text: str) -> str:
    """`text` with ISO weeks turned into intervals and each end checked."""
    ends = text.split("/")
    if len(ends) > 2:
        raise _Unread("a slash separates the two ends of an interval; write days as 19.08.2023 or 2023-08-19")
    weeks = [_week_days(end) for end in ends]
    if len(ends) == 1:
        return _joined(*weeks[0]) if weeks[0] else _checked(text)
    start = weeks[0][0].isoformat() if weeks[0] else _checked(ends[0], open_end=True)
    end = weeks[1][1].isoformat() if weeks[1] else _checked(ends[1], open_end=True)
    return f"{start}/{end}"


def _joined(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _checked(text: str, open_end: bool = False) -> str:
    """`text` unless it is no date; open or unknown ends stand only in an interval."""
    if not (open_end and text in ("", "..")):
        _span(text)
    return text


def _week_days(text: str) -> tuple[date, date] | None:
    """Monday and Sunday of an ISO week, or twice one day of it; None when `text` is no week."""
    week = _WEEK.fullmatch(text)
    if not week:
        return None
    year, number, day = int(week[1]), int(week[2]), int(week[3] or 1)
    try:
        first = date.fromisocalendar(year, number, day)
    except ValueError:
        raise _Unread(f"{year} has no week {number}") from None
    return first, first if week[3] else first + timedelta(days=6)


def _span(text: str) -> tuple[date | None, date | None]:
    """First and last day one EDTF date (no interval) can mean; (None, None) when the year is all X."""
    found = _DAY_TEXT.fullmatch(text)
    if not found:
        raise _Unread("")
    year, month, day = found["year"], found["month"], found["day"]
    if year == "0000":
        raise _Unread("there is no year 0")
    if month and not day and month.isdigit() and int(month) > 12:
        span = _part_of_year(year, int(month))
    else:
        span = _calendar_span(year, month or "XX", day or "XX")
    return (None, None) if year == "XXXX" else span


def _part_of_year(year: str, code: int) -> tuple[date, date]:
    """The days of a season, quarter, third or half of a year."""
    first_year, last_year = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    if code in _TURNING_OF_THE_YEAR:
        last_february = calendar.monthrange(min(last_year + 1, 9999), 2)[1]
        return date(max(1, first_year - 1), 12, 1), date(min(last_year + 1, 9999), 2, last_february)
    if code not in _PARTS_OF_A_YEAR:
        raise _Unread(f"there is no month, season or quarter {code}")
    first, last = _PARTS_OF_A_YEAR[code]
    return date(first_year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])


def _calendar_span(year: str, month: str, day: str) -> tuple[date, date]:
    """First and last real day that fits the digits, X standing for any digit."""
    months = _fitting(month, 12)
    if not months:
        raise _Unread(f"there is no month {month}")
    first_year, last_year = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    years = range(first_year, last_year + 1)
    candidates = [y for y in years if all(a in ("X", b) for a, b in zip(year, f"{y:04d}", strict=True))]
    first = _first_fitting(candidates, months, day, step=1)
    last = _first_fitting(candidates[::-1], months[::-1], day, step=-1)
    if first is None or last is None:
        raise _Unread(f"there is no day {day} in that month")
    return first, last


def _first_fitting(years: list[int], months: list[int], day: str, step: int) -> date | None:
    """The first date, in the given order of years and months, whose day fits; `step` -1 takes last days."""
    for year in years[:9]:  # nine years hold a leap year, save across a century without one
        for month in months:
            days = _fitting(day, calendar.monthrange(year, month)[1])
            if days:
                return date(year, month, days[0 if step == 1 else -1])
    return None


def _fitting(digits: str, greatest: int) -> list[int]:
    """The numbers from 1 to `greatest` that two digits, X for any, can mean."""
    return [n for n in range(1, greatest + 1) if all(a in ("X", b) for a, b in zip(digits, f"{n:02d}", strict=True))]


# --- What people write ------------------------------------------------------------------------------------

_MONTH_WORDS = [
    "jan(uary)? січ(ень|ня|ні) январ[ьяе]", "feb(ruary)? лют(ий|ого|ому) феврал[ьяе]",
    "mar(ch)? берез(ень|ня|ні) март[ае]?", "apr(il)? квіт(ень|ня|ні) апрел[ьяе]",
    "may трав(ень|ня|ні) ма[йяе]", "june? черв(ень|ня|ні) июн[ьяе]", "july? лип(ень|ня|ні) июл[ьяе]",
    "aug(ust)? серп(ень|ня|ні) август[ае]?", "sept?(ember)? верес(ень|ня|ні) сентябр[ьяе]",
    "oct(ober)? жовт(ень|ня|ні) октябр[ьяе]", "nov(ember)? листопад[аіу]? ноябр[ьяе]",
    "dec(ember)? груд(ень|ня|ні) декабр[ьяе]",
]  # fmt: skip
_SEASON_WORDS = {
    21: "spring весна весни весною навесні весной весны", 22: "summer літо літа влітку лето лета летом",
    23: "autumn fall осінь осені восени осень осени осенью", 24: "winter зима зими взимку зимой зимы",
}  # fmt: skip
_MONTHS = [(re.compile(words.replace(" ", "|")), number) for number, words in enumerate(_MONTH_WORDS, 1)]
_SEASONS = {word: code for code, words in _SEASON_WORDS.items() for word in words.split()}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4,
             "і": 1, "іі": 2, "ііі": 3}  # fmt: skip

_NO_MEANING = re.compile(r"(?<=\d)(st|nd|rd|th)\b|(?<=\d)\s*(року|рік|році|р\.?|года|году|год|г\.?)$")
_APPROXIMATE = re.compile(r"(?:about|around|circa|ca\.?|c\.|approx(?:\.|imately)?|близько|приблизно|около)\s*(?=\S)")
_UNCERTAIN = re.compile(r"(?:probably|possibly|perhaps|ймовірно|можливо|вероятно)\s+")
_SINCE = re.compile(
    r"(?:(?:not|no) earlier than|not before|since|starting (?:from|in)|starting|from|не раніше|починаючи з|"
    r"не ранее|начиная с|із|від|з|с)\s+(?P<date>.+?)(?:\s+on(?:wards?)?)?"
)
_UNTIL = re.compile(
    r"(?:(?:not|no) later than|not after|until|till|up to|through|by|не пізніше|не позднее|до)\s+(?P<date>.+)"
)
_BEFORE = re.compile(r"(?:before|prior to|earlier than|раніше|перед|ранее)\s+(?P<date>.+)")
_AFTER = re.compile(r"(?:after|later than|після|пізніше|после|позднее)\s+(?P<date>.+)")
_RANGES = (
    re.compile(r"(?:between|між|между)\s+(?P<start>.+?)\s+(?:and|та|і|й|и)\s+(?P<end>.+)"),
    re.compile(r"(?:(?:from|з|із|від|с)\s+)?(?P<start>.+?)\s+(?:to|until|till|through|до|по)\s+(?P<end>.+)"),
    re.compile(r"(?P<start>\S.*?)(?:\s+-\s+|\s*[–—]\s*)(?P<end>.+)"),
    re.compile(r"(?P<start>\d{4})-(?P<end>\d{4})"),
    re.compile(r"(?P<start>[^/]*[^\W\d][^/]*|\d{4}[^/]*)/(?P<end>[^/]+)"),
)


def _in_edtf(written: str) -> str:
    """`written` in EDTF; what already has that shape is passed on as it stands."""
    upper = written.upper()
    if all(end in ("", "..") or _DAY_TEXT.fullmatch(end) or _WEEK.fullmatch(end) for end in upper.split("/")):
        return upper
    return _worded(_NO_MEANING.sub("", written.casefold()).strip(" ,;"))


def _worded(text: str) -> str:
    """A date in words, limits and ranges included, as EDTF."""
    for limit, bound in ((_BEFORE, _before), (_AFTER, _after)):
        if found := limit.fullmatch(text):
            return bound(_single(found["date"]))
    for form in _RANGES:
        if found := form.fullmatch(text):
            return _range(found["start"], found["end"])
    if found := _SINCE.fullmatch(text):
        return f"{_first(_single(found['date']))}/.."
    if found := _UNTIL.fullmatch(text):
        return f"../{_last(_single(found['date']))}"
    return _single(text)


def _range(start: str, end: str) -> str:
    """Both ends of a range; “July – August 2022” lends its year to the first."""
    year = re.search(r"\d{4}", end)
    if year and not re.search(r"\d{4}", start):
        start = f"{start} {year[0]}"
    return f"{_first(_single(start))}/{_last(_single(end))}"


def _first(edtf: str) -> str:
    """What an interval may begin with: a date stands for itself, an interval (a week) for its first day."""
    return edtf.partition("/")[0]


def _last(edtf: str) -> str:
    return edtf.rpartition("/")[2]


def _before(edtf: str) -> str:
    """Up to the last year, month or day that lies wholly before `edtf`, as coarse as `edtf` itself."""
    return f"../{_beside(_first(edtf), -1)}"


def _after(edtf: str) -> str:
    return f"{_beside(_last(edtf), 1)}/.."


def _beside(edtf: str, step: int) -> str:
    """The year, month or day next to a date; next to a season or quarter it is a day. Qualifiers stay."""
    plain = edtf.rstrip("?~%")
    earliest, latest = _span(plain)
    if earliest is None or latest is None:
        raise _Unread("its century is not known")
    day = earliest - timedelta(days=1) if step < 0 else latest + timedelta(days=1)
    length = len(plain) if "X" not in plain and not re.search(r"-(2[1-9]|3\d|4\d)$", plain[:7]) else 10
    return day.isoformat()[:length] + edtf[len(plain) :]


def _single(text: str) -> str:
    """One date without limits as EDTF."""
    for mark, remark in (("~", _APPROXIMATE), ("?", _UNCERTAIN)):
        if found := remark.match(text):
            inner = _single(text[found.end() :])
            if "/" in inner:
                raise _Unread("a week cannot be approximate; give its first and last day")
            return inner + mark
    text = re.sub(r"^(?:the|in|on|at|в|у)\s+", "", text)
    if _DAY_TEXT.fullmatch(text.upper()):
        return text.upper()
    for form in (_in_digits, _part_in_words, _week_in_words, _month_in_words):
        if edtf := form(text):
            return edtf
    raise _Unread("")


def _in_digits(text: str) -> str:
    """19.08.2023, 08.2023, 2023.08.19, 20230819, 2020s. A slash or hyphen does not tell day from month."""
    if found := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", text):
        first, mark, second, year = int(found[1]), found[2], int(found[3]), found[4]
        if mark != "." and first <= 12 and second <= 12 and first != second:
            raise _Unread("either number may be the month")
        day, month = (second, first) if mark != "." and second > 12 else (first, second)
        return f"{year}-{month:02d}-{day:02d}"
    if found := re.fullmatch(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})", text):
        return f"{found[1]}-{int(found[3]):02d}-{int(found[4]):02d}"
    if found := re.fullmatch(r"(\d{1,2})[./](\d{4})", text):
        if not 1 <= int(found[1]) <= 12:
            raise _Unread(f"there is no month {found[1]}")
        return f"{found[2]}-{int(found[1]):02d}"
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return "-".join(found.groups())
    if found := re.fullmatch(r"(\d{3})0(?:s|'s|’s|-х|-ті|-е)", text):
        return f"{found[1]}X"
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", text):
        raise _Unread("the year needs four digits")
    return ""


_QUARTER = r"(?:q|qtr|quarter|кв\.?|квартал[уі]?)"
_HALF = r"(?:h|half|півріччя|полугоди[ея])"


def _part_in_words(text: str) -> str:
    """A quarter, half or season with its year: 1Q2023, Q1 2023, 2023-Q1, second half of 2022, spring 2022."""
    for part, first_code, greatest in ((_QUARTER, 33, 4), (_HALF, 40, 2)):
        for form in (
            rf"(?P<n>\d|[^\W\d]+)(?:st|nd|rd|th|-?й|-?е)?[ -]?{part}[ ,./-]*(?:of |in )?(?P<y>\d{{4}})",
            rf"{part} ?(?P<n>\d)[ ,./-]*(?:of |in )?(?P<y>\d{{4}})",
            rf"(?P<y>\d{{4}})[ ,./-]*{part} ?(?P<n>\d)",
            rf"(?P<y>\d{{4}})[ ,./-]*(?P<n>\d) ?{part}",
        ):
            found = re.fullmatch(form, text)
            number = found and (_ORDINALS.get(found["n"]) or (found["n"].isdigit() and int(found["n"])))
            if found and number:
                if number > greatest:
                    raise _Unread(f"a year has {greatest} of these")
                return f"{found['y']}-{first_code + number - 1}"
    if (found := re.fullmatch(r"(\w+)(?: of)?,? (\d{4})", text)) and found[1] in _SEASONS:
        return f"{found[2]}-{_SEASONS[found[1]]}"
    return ""


def _week_in_words(text: str) -> str:
    """Week 25 of 2022, W25 2022, 25th week of 2022, тиждень 25 2022."""
    forms = (r"(?:week|wk|w|тиждень|неделя) ?(\d{1,2})(?: of|,| in)?[ /]+(\d{4})",
             r"(\d{1,2})(?:-?й)? ?(?:week|wk|тиждень|неделя)(?: of|,| in)? (\d{4})")  # fmt: skip
    for form in forms:
        if found := re.fullmatch(form, text):
            return _joined(*_week_days(f"{found[2]}-W{int(found[1]):02d}"))
    if _WEEK.fullmatch(text):
        return _joined(*_week_days(text))
    return ""


def _month_in_words(text: str) -> str:
    """July 2022, 19 August 2023, August 19, 2023, 2023 Aug, 19 серпня 2023."""
    words = [word for word in re.split(r"[\s,./-]+", text) if word and word != "of"]
    months = [(place, number) for place, word in enumerate(words) for form, number in _MONTHS if form.fullmatch(word)]
    if len(months) != 1:
        return ""
    place, month = months[0]
    numbers = words[:place] + words[place + 1 :]
    years = [word for word in numbers if re.fullmatch(r"\d{4}", word)]
    days = [word for word in numbers if re.fullmatch(r"\d{1,2}", word)]
    if len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        return ""
    return f"{years[0]}-{month:02d}" + (f"-{int(days[0]):02d}" if days else "")
