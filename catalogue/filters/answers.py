"""Which records a figure counts: every number of an answer's row as parameters of the components list."""

from datetime import date, timedelta
from urllib.parse import urlencode

from catalogue.markings.dates import DateNotUnderstood, parse
from catalogue.queries.dating import CLASSES

DAY = timedelta(days=1)
OF_COUNTRY = {"seat": "maker_country", "marked": "marked_country", "dispatch": "dispatch_country"}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def lists(question, row):
    """{column: the components list that holds what its number counts, as parameters} of a row, a dictionary."""
    return {
        column: query(question, narrowed)
        for column, narrowed in ROWS[question.answer.name](question, row).items()
        if narrowed is not None and all(value not in (None, "") for value in narrowed.values())
    }


def query(question, narrowed):
    """The filters of the question, narrowed further."""
    filters = {name: values for name, values in question.filters.lists() if values}
    for name, value in narrowed.items():
        edge = {"_after": max, "_before": min}.get(name[name.rfind("_"):])  # fmt: skip
        filters[name] = [tighter(filters.get(name), value, edge) if edge else value]
    return urlencode([(name, value) for name, values in sorted(filters.items()) for value in values])


def tighter(given, day, edge):
    """Of the day that a filter of dates holds already and `day`, the one that leaves fewer."""
    try:
        known = parse(given[-1]) if given else None
    except DateNotUnderstood:
        known = None
    known = known and (known.latest if edge is max else known.earliest)
    return edge(known, day).isoformat() if known else day.isoformat()


def within(name, first, months):
    """The two filters of what lies wholly within the so many months that begin on the day `first`."""
    begins = date.fromisoformat(first)
    month = begins.month - 1 + months
    ends = date(begins.year + month // 12, month % 12 + 1, 1)
    return {f"{name}_after": begins - DAY, f"{name}_before": ends}


def of_group(asked, row):
    """What narrows to a row of shares: by maker, country, category or tier."""
    if asked["by"] == "country":
        return of_country(asked, row["country"])
    name = {"maker": "manufacturer", "category": "item_category", "tier": "chpl_tier"}[asked["by"]]
    return {name: row[asked["by"]]} | ({"makers": asked["makers"]} if asked["by"] == "maker" else {})


def of_country(asked, country):
    return {OF_COUNTRY[asked["country"]]: country} | ({"makers": asked["makers"]} if asked["country"] == "seat" else {})


def shares(question, row):
    asked = question.asked
    each = {"system": ("system",), "specimen": ("specimen",)}.get(asked["per"], ())
    narrowed = of_group(asked, row) | {name: row[name] for name in each}
    more = {"parts": None, "specimens": {"specimen_kind": "single"}}.get(asked["unit"], {})
    if more is None:  # records that are not identified as a part are in none of its figures
        return {}
    return {"count": narrowed | more}


def classes(question, row):
    asked = question.asked
    narrowed = {"classed": ":".join((row["class"], row["why"] or "", row["control"] or "")).rstrip(":")}
    return {"count": narrowed | ({"system": row["system"]} if asked["per"] == "system" else {})}


def timeline(question, row):
    asked = question.asked
    period = within("made", row["begins"], MONTHS[asked["period"]])
    columns = {code.replace("-", "_"): code for code in CLASSES if code.replace("-", "_") in row}
    return {"count": period} | {name: {"classed": code} | period for name, code in columns.items() if row[name]}


def assembly(question, row):
    return {"of": {"specimen": row["specimen"]}}


def lag(question, row):
    asked = question.asked
    if asked["by"] == "system":
        return {"count": {"system": row["system"], "lag": ".."}}
    if asked["by"] == "half":
        return {"count": {"lag": ".."} | within("recovered", begun(row["recovered"]), 6)}
    return {"count": {"lag": f"{row['from']}..{row['to']}"}}


def begun(called):
    """The first day of a period by what it is called: 2022, 2022-H1, 2022-Q3."""
    year, _dash, part = called.partition("-")
    month = (int(part[1]) - 1) * {"H": 6, "Q": 3}[part[0]] + 1 if part else 1
    return f"{year}-{month:02}-01"


def seen(question, row):
    asked = question.asked
    if asked["by"] == "part":
        return {"count": {"part_id": row["part"]}}
    return {"count": {"manufacturer": row["maker"], "makers": asked["makers"]}}


def substitution(question, row):
    asked = question.asked
    narrowed = within("recovered", begun(row["period"]), MONTHS[asked["period"]])
    return {"count": narrowed | of_country(asked, row["country"])}


def ranking(question, row):
    """The records of each basis; where a filter already names makers on one basis, only those of that."""
    asked = question.asked
    one = {"manufacturer", "maker_country"} & question.filters.keys()
    bases = [asked["makers"]] if one else ["printed", "made", "today"]
    return {basis: {"manufacturer": row["maker"], "makers": basis} if row[basis] else None for basis in bases}


def what_is_shared(asked, row):
    """What narrows to the records of one thing that is shared; None where no filter says it."""
    if asked["what"] == "lots":
        return {"lot": row["key"]}
    if not row["part"] or asked["what"] == "boards":
        return None
    narrowed = {"part_id": row["part"]}
    return narrowed | ({"date_code": row.get("date_code") or row.get("key")} if asked["what"] == "batches" else {})


def commonality(question, row):
    asked = question.asked
    if "specimens" not in row:
        return {}
    narrowed = what_is_shared(asked, row)
    return {"count": narrowed and narrowed | {"specimen_kind": "single"}}


def beside(question, row):
    asked = question.asked
    narrowed = what_is_shared(asked, row)
    named = {"specimen_id": "specimen", "specimen__system_id": "system"}
    return {
        side: narrowed | {named[column]: asked[side]} if narrowed and row[side] else None
        for side, (column, _pk) in question.records.items()
    }


def claims(question, row):
    """Ours are counted as printed; a filter that means makers otherwise cannot say that as well."""
    if not row["country"] or question.filters.get("makers", "printed") != "printed":
        return {}
    return {"ours": {"maker_country": row["country"]} | ({"system": row["system"]} if row["system"] else {})}


ROWS = {
    "shares": shares,
    "dating": classes,
    "timeline": timeline,
    "assembly": assembly,
    "lag": lag,
    "seen": seen,
    "substitution": substitution,
    "makers": ranking,
    "commonality": commonality,
    "beside": beside,
    "claims": claims,
}
