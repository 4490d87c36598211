"""How well makers' names are resolved, on names that a person labelled."""

import re
from math import sqrt

from catalogue.markings.makers import firm
from catalogue.markings.resolving import resolve

COLUMNS = ("published_name", "canonical", "current_parent", "hq_country")
ASKED = ("canonical name", "owners", "country", "all three")


def score_makers(rows):
    """({asked: right answers}, [(published name, what was said, what is right)] of those not right in all three).

    `rows` have COLUMNS: the owners from the next to the top, divided by ">"; a bracket behind one is a remark, and a
    stroke between two leaves the choice.
    """
    right, wrong = dict.fromkeys(ASKED, 0), []
    for row in rows:
        found = resolve(row["published_name"])
        said = [found.name or "", " > ".join(owner.name for owner in found.owners), found.seat]
        good = [
            same(said[0], row["canonical"]),
            same_owners(said[1], row["current_parent"]),
            said[2] == row["hq_country"],
        ]
        for asked, yes in zip(ASKED, (*good, all(good)), strict=True):
            right[asked] += yes
        if not all(good):
            wrong.append((row["published_name"], said, [row[name] for name in COLUMNS[1:]]))
    return right, wrong


def same(one, other):
    """Whether two names are of one firm; both may be empty."""
    return (not one and not other) or (bool(one and other) and firm(one)[0] == firm(other)[0])


def same_owners(said, right):
    """Whether the chain `said` leads over the firms of the chain `right`, in their order, to the same top."""
    steps = [step.strip() for step in said.split(">") if step.strip()]
    wanted = [re.sub(r"\(.*?\)", "", step).strip() for step in right.split(">") if step.strip()]
    if not steps or not wanted:
        return not steps and not wanted
    places = [
        next((n for n, step in enumerate(steps) if any(same(step, one.strip()) for one in names.split("/"))), None)
        for names in wanted
    ]
    last = any(same(steps[-1], one.strip()) for one in wanted[-1].split("/"))
    return None not in places and places == sorted(places) and last


def wilson(right, of, z=1.96):
    """(low, high) of the share right/of, the 95 % interval of Wilson (1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share = right / of
    middle = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
