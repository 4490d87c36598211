"""What the picture above an answer's table shows: series over labels, made of the rows of the table alone."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import ControlClass

from .labels import label

BARS, PERIODS, SERIES = 12, 48, 5
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def picture(question, result, sides):
    """The picture as a dictionary for the page's script, or None when there is nothing to draw.

    `sides`: {option: what the record that it names is called}.
    """
    if not result.rows:
        return None
    rows = [dict(zip((c.name for c in result.columns), row, strict=True)) for row in result.rows]
    found = DRAWN.get(question.answer.name, ranked)(question, result, rows)
    if not found["labels"]:
        return None
    for one in found["series"]:
        one["name"] = sides.get(one["name"], one["name"])
    return {"unit": str(result.columns[-1].unit or dict_unit(result)), "title": str(question.answer.title)} | found


def dict_unit(result):
    return next((str(column.unit) for column in result.columns if column.unit), "")


def called(result, column, value):
    """The value of a code as people read it."""
    found = next((c for c in result.columns if c.name == column), None)
    return label(found.vocabulary, value) if found is not None and found.vocabulary else str(value)


def bars(labels, values, left_out, **more):
    note = ngettext("%(n)s further group stands in the table alone", "%(n)s further groups stand in the table alone",
                    left_out) % {"n": left_out} if left_out > 0 else ""  # fmt: skip
    return {"kind": "bars", "labels": labels, "series": [{"name": "", "values": values}], "note": note} | more


def ranked(question, result, rows):
    """The first of a ranking, each a bar."""
    name = next(c for c in ("name", "number", "country", "category", "tier") if c in rows[0])
    value = question.asked["makers"] if question.answer.name == "makers" else "count"
    return bars([called(result, name, row[name]) for row in rows[:BARS]], [row[value] for row in rows[:BARS]],
                len(rows) - BARS)  # fmt: skip


def shares(question, result, rows):
    each = {"system": "system_name", "specimen": "specimen"}.get(question.asked["per"])
    if each is None:
        return ranked(question, result, rows)
    name = next(c for c in ("name", "country", "category", "tier") if c in rows[0])
    return stacked(rows, each, lambda row: called(result, name, row[name]), "count", "of", BARS)


def classes(question, result, rows):
    if question.asked["per"] == "system":
        return stacked(rows, "system_name", lambda row: label("control-classes", row["class"]), "count", "of", BARS)
    sums = {}
    for row in rows:
        sums[row["class"]] = sums.get(row["class"], 0) + row["count"]
    return bars([label("control-classes", code) for code in sums], list(sums.values()), 0)


def stacked(rows, each, part_of, value, whole, most):
    """Shares within each of the first groups; what is in no series makes up the rest to a hundred."""
    groups, parts, total = {}, {}, {}
    for row in rows:
        inner = groups.setdefault(row[each], {})
        part = part_of(row)
        inner[part] = inner.get(part, 0) + row[value]
        parts[part] = parts.get(part, 0) + row[value]
        total[row[each]] = row[whole]
    shown = list(groups)[:most]
    names = sorted(parts, key=parts.get, reverse=True)[:SERIES]
    series = [
        {"name": name, "values": [percent(groups[each_].get(name, 0), total[each_]) for each_ in shown]}
        for name in names
    ]
    shown_of = [f"{name} · {total[name]}" for name in shown]
    rest = [max(0, round(100 - sum(one["values"][n] for one in series), 2)) for n in range(len(shown))]
    series.append({"name": _("all others and not attributed"), "values": rest})
    note = _("after each name: of how many")
    if len(groups) > most:
        note += "; " + _("the first %(n)s of %(all)s") % {"n": most, "all": len(groups)}
    return {"kind": "shares", "labels": shown_of, "series": series, "note": note, "percent": True}


def percent(part, whole):
    return round(100 * part / whole, 2) if whole else 0


def timeline(question, result, rows):
    """Counts of each class over all periods between the first and the last that are drawn, with the controls."""
    months = MONTHS[question.asked["period"]]
    by_day = {row["begins"]: row for row in rows}
    days = list(periods(min(by_day), max([*by_day, *(mark["day"] for mark in result.marks)]), months))
    left_out = sum(by_day[day]["count"] for day in days[:-PERIODS] if day in by_day)
    days = days[-PERIODS:]
    names = {c.replace("-", "_"): label("control-classes", c) for c in ControlClass.values if c != "undated"}
    series = [
        {"name": said, "values": [by_day[day][name] if day in by_day else 0 for day in days]}
        for name, said in names.items()
    ]
    spoken = {row["begins"]: row["period"] for row in rows}
    labels = [spoken.get(day) or period_called(day, question.asked["period"]) for day in days]
    marks = []
    for mark in result.marks:
        at = max((n for n, day in enumerate(days) if day <= mark["day"]), default=None)
        if at is not None and mark["kind"] != "guidance":
            name = _("Invasion") if mark["kind"] == "invasion" else f"{mark['jurisdiction']}: {mark['name']}"
            marks.append({"at": at, "name": name, "day": mark["day"]})
    note = _("%(n)s made earlier stand in the table alone") % {"n": left_out} if left_out else ""
    return {"kind": "stack", "labels": labels, "series": series, "marks": marks, "note": note}


def periods(first, last, months):
    """First days of the periods of so many months, from one to the other."""
    year, month = int(first[:4]), int(first[5:7])
    while (day := f"{year:04}-{month:02}-01") <= last:
        yield day
        month += months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def period_called(day, period):
    year, month = day[:4], int(day[5:7])
    return {
        "year": year,
        "half": f"{year}-H{1 if month < 7 else 2}",
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "month": day[:7],
    }[period]


def lag(question, result, rows):
    by = question.asked["by"]
    if by == "lag":
        labels = [f"{row['from']}–{row['to']}" for row in rows]
        counted = _("component records, by days from manufacture to recovery")
        return bars(labels, [row["count"] for row in rows], 0, kind="columns", axis=_("days"), unit=counted)
    lying = by == "system"  # names are read beside bars, not below them
    shown, name = (rows[:BARS], "system_name") if lying else (rows[:PERIODS][::-1], "recovered")
    series = [
        {"name": str(said), "values": [row[column] for row in shown]}
        for column, said in (("median_least", _("Median, at least")), ("median_most", _("Median, at most")))
    ]
    more = {"series": series, "axis": _("days")} | ({} if lying else {"kind": "pairs"})
    return bars([row[name] for row in shown], [], len(rows) - BARS if lying else 0, **more)


def substitution(question, result, rows):
    in_time = sorted(rows, key=lambda row: row["period"])
    found = stacked(in_time, "period", lambda row: called(result, "country", row["country"]), "count", "attributed",
                    PERIODS)  # fmt: skip
    return found | {"kind": "stack", "percent": True}


def assembled(question, result, rows):
    """Specimens by the half-year before which they were not put together."""
    begins = Counter(f"{row['not_before'][:4]}-{'01' if row['not_before'][5:7] < '07' else '07'}-01" for row in rows)
    days = list(periods(min(begins), max(begins), MONTHS["half"]))[-PERIODS:]
    dated = result.totals["denominator"] - result.totals["undated"]
    drawn = sum(begins[day] for day in days)
    note = _("the first %(n)s of %(all)s") % {"n": drawn, "all": dated} if drawn < dated else ""
    unit = _("single specimens, by the half-year of their newest date")
    labels, values = [period_called(day, "half") for day in days], [begins[day] for day in days]
    return bars(labels, values, 0, kind="columns", unit=unit, note=note)


def spans(question, result, rows):
    """From the first to the last day: when what bears the name was made, and when it was recovered."""
    shown = rows[:BARS]
    name = "name" if "name" in shown[0] else "number"
    series = [
        {"name": str(said), **span([row[f"first_{done}"] for row in shown], [row[f"last_{done}"] for row in shown])}
        for done, said in (("made", _("Made, first to last")), ("recovered", _("Recovered, first to last")))
    ]
    # Without a single day there is no axis to draw them on.
    labels = [row[name] for row in shown] if any(any(one["values"]) for one in series) else []
    return bars(labels, [], len(rows) - BARS, kind="spans", series=series, axis=_("years"))


def span(firsts, lasts):
    """The beginnings and lengths of bars in years, and what is said of each; a month at least, to be seen."""
    known = [(first, last) if first and last else None for first, last in zip(firsts, lasts, strict=True)]
    return {
        "from": [both and years(both[0]) for both in known],
        "values": [both and round(max(1 / 12, years(both[1]) - years(both[0])), 3) for both in known],
        "said": [" – ".join(both) if both else "" for both in known],
    }


def years(day):
    """An ISO day in years, to the day."""
    return round(int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 372, 3)


def shared(question, result, rows):
    """What most specimens have in common; or the specimens that share most with the one asked for."""
    if "shared" in rows[0]:
        labels = [f"{row['specimen']} · {row['system_name']}" for row in rows[:BARS]]
        unit = _("weight of what they share")
        return bars(labels, [row["weight"] for row in rows[:BARS]], len(rows) - BARS, unit=unit)
    return bars([thing(row) for row in rows[:BARS]], [row["specimens"] for row in rows[:BARS]], len(rows) - BARS)


def thing(row):
    """What is shared: number with date code, lot or marking."""
    return " ".join(filter(None, (row["number"], row.get("date_code") or row.get("key"))))


def beside(question, result, rows):
    """What two have, side by side under the names of their options: what both have comes first."""
    series = [{"name": side, "values": [row[side] for row in rows[:BARS]]} for side in ("a", "b")]
    return bars([thing(row) for row in rows[:BARS]], [], len(rows) - BARS, series=series)


def claimed(question, result, rows):
    """Published shares that have both figures and a country, beside ours. Estimates are never drawn."""
    told = [row for row in rows if row["kind"] == "figure" and row["ours_share"] is not None and published(row)]
    labels = [f"{row['country']} {row['numerator']}/{row['denominator']} · {row['by']}" for row in told[:BARS]]
    series = [
        {"name": _("Published"), "values": [published(row) for row in told[:BARS]]},
        {"name": _("Ours"), "values": [row["ours_share"] for row in told[:BARS]]},
    ]
    note, alone = _("published in units of their own, ours in component records"), len(rows) - len(labels)
    without = ngettext("%(n)s claim without both figures stands in the table alone",
                       "%(n)s claims without both figures stand in the table alone", alone) % {"n": alone}  # fmt: skip
    note += f"; {without}" if alone else ""
    return bars(labels, [], 0, series=series, percent=True, note=note)


def published(row):
    """The published share in per cent; 0 where its two figures are no numbers."""
    part, whole = (figure_in(row[name]) for name in ("numerator", "denominator"))
    return percent(part, whole) if part and whole and part <= whole else 0


def figure_in(text):
    """The whole number that a published figure is; None of an approximation or a range."""
    plain = (text or "").replace(",", "").replace("\xa0", "").replace(" ", "")
    return int(plain) if plain.isdecimal() else None


DRAWN = {
    "shares": shares, "dating": classes, "timeline": timeline, "assembly": assembled, "lag": lag, "seen": spans,
    "substitution": substitution, "commonality": shared, "beside": beside, "claims": claimed,
}  # fmt: skip
