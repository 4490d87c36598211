"""What does not fit in a chain of custody. A pure function over its events: it forbids nothing, it points.

The specimen has a holder and seals; a component has those of the specimen until events of its own say otherwise.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta

MOVES = ("collected", "transferred", "received", "returned")
TAKEN_OVER = ("transferred", "returned")  # what a `received` of the same two people answers
CLOCKS_DIFFER = timedelta(minutes=5)  # what two clocks may disagree on before a time lies in the future


@dataclass(frozen=True)
class Event:
    """One event as it was noted; `of` is None for the specimen, else what names the component. Times are aware."""

    key: object
    of: object
    kind: str
    at: object
    noted_at: object = None
    giver: str = ""
    receiver: str = ""
    seals: str = ""


@dataclass(frozen=True)
class Remark:
    """What does not fit: a code of `CODES`, and the words it is about."""

    code: str
    words: dict = field(default_factory=dict, hash=False)


# Every code a Remark may have; the pages and the printed chain have a sentence for each.
CODES = (
    "giver-unknown", "receiver-unknown", "not-the-holder", "received-by-another", "had-by-another", "before-collected",
    "collected-again", "received-before-sent", "in-the-future", "added-late", "after-destroyed", "opened-unsealed",
    "opened-other-seal", "seal-changed", "sealed-twice", "sealed-without-number", "seal-appears", "examined-sealed",
    "out-of-sealed",
)  # fmt: skip


@dataclass
class State:
    """What is known after the events so far."""

    holder: str = ""
    seals: frozenset = frozenset()
    ever_sealed: bool = False
    last_move: Event | None = None
    first: bool = True
    collected: bool = False
    destroyed: bool = False


def seals_of(text):
    """The numbers in `text`, however they are separated; case and spaces within do not tell two apart."""
    return frozenset("".join(one.split()).upper() for one in re.split(r"[,;\n]|\s/\s", text) if one.strip())


def same(one, other):
    """Whether two names mean the same holder as far as letters tell."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def examine(events):
    """{event's key: [Remark]} of a specimen's chain, its components' events among them."""
    ordered = sorted(events, key=lambda event: (event.at, event.noted_at or event.at, str(event.key)))
    whole, parts = State(), {}
    found = {event.key: [] for event in ordered}
    for event in ordered:
        state = whole
        if event.of is not None:
            state = parts.setdefault(event.of, State(holder=whole.holder, collected=whole.collected, first=False))
            if state.last_move is None:
                state.holder = whole.holder
        said = found[event.key].append
        for remark in destroyed(event, state, whole):
            said(remark)
        for look in (places, seals):
            for remark in look(event, state, whole):
                said(remark)
        settle(event, state)
    for key, remark in times(ordered):
        found[key].append(remark)
    return found


def destroyed(event, state, whole):
    """Nothing can happen to what is no more."""
    if state.destroyed or whole.destroyed:
        yield Remark("after-destroyed")


def places(event, state, whole):
    """Who had it, and who is said to have given it."""
    if event.kind == "collected":
        if state.collected and event.of is None:
            yield Remark("collected-again")
        elif not state.first and event.of is None:
            yield Remark("before-collected")
    if event.kind in ("transferred", "received", "returned"):
        if not event.giver:
            yield Remark("giver-unknown")
        if not event.receiver:
            yield Remark("receiver-unknown")
        before = state.last_move
        if event.kind == "received" and before is not None and answers(event, before):
            if event.receiver and before.receiver and not same(event.receiver, before.receiver):
                yield Remark("received-by-another", {"expected": before.receiver, "said": event.receiver})
        elif event.giver and state.holder and not same(event.giver, state.holder):
            yield Remark("not-the-holder", {"expected": state.holder, "said": event.giver})
    elif event.kind not in MOVES:
        who = event.receiver or event.giver
        if who and state.holder and not same(who, state.holder):
            yield Remark("had-by-another", {"expected": state.holder, "said": who})


def answers(event, before):
    """Whether a `received` is the other end of the move before it, noted by whom it reached."""
    return before.kind in TAKEN_OVER and (not event.giver or not before.giver or same(event.giver, before.giver))


def seals(event, state, whole):
    """Whether what closes it is what was put on it."""
    now = seals_of(event.seals)
    if event.of is not None and whole.seals and not state.seals and event.kind in ("opened", "examined", "collected"):
        yield Remark("out-of-sealed", {"seals": ", ".join(sorted(whole.seals))})
    words = {"expected": ", ".join(sorted(state.seals)), "said": ", ".join(sorted(now))}
    if event.kind == "sealed":
        if state.seals and now != state.seals:
            yield Remark("sealed-twice", words)
        if not now:
            yield Remark("sealed-without-number")
    elif event.kind == "opened":
        if not state.seals:
            yield Remark("opened-unsealed")
        elif now and not now & state.seals:
            yield Remark("opened-other-seal", words)
    elif now and state.seals and now != state.seals:
        yield Remark("seal-changed", words)
    elif now and not state.seals and state.ever_sealed:
        yield Remark("seal-appears", words)
    elif event.kind == "examined" and state.seals:
        yield Remark("examined-sealed", words)


def settle(event, state):
    """What is known after `event`."""
    now = seals_of(event.seals)
    if event.kind in MOVES:
        state.holder = event.receiver or (state.holder if event.kind == "collected" else "")
        state.last_move = event
    elif not state.holder:
        state.holder = event.receiver or event.giver
    if event.kind == "opened":
        state.seals = frozenset()
    elif now:
        state.seals = now
    state.ever_sealed |= bool(now) or event.kind == "sealed"
    state.collected |= event.kind == "collected"
    state.destroyed |= event.kind == "destroyed"
    state.first = False


def times(ordered):
    """(key, Remark) of events whose times do not fit each other or the times at which they were noted."""
    for n, event in enumerate(ordered):
        if event.noted_at is None:
            continue
        if event.at > event.noted_at + CLOCKS_DIFFER:
            yield event.key, Remark("in-the-future")
        if any(one.noted_at and one.noted_at < event.noted_at and one.at > event.at for one in ordered[n + 1 :]):
            yield event.key, Remark("added-late")
    for n, event in enumerate(ordered):
        if event.kind != "received" or not event.giver or not event.receiver:
            continue
        for later in ordered[n + 1 :]:
            fits = later.kind in TAKEN_OVER and later.of == event.of
            if fits and same(later.giver, event.giver) and same(later.receiver, event.receiver):
                yield event.key, Remark("received-before-sent")
                break
