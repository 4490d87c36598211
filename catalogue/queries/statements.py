"""Sentences that stand beside what is shown, word for word the same wherever it is read."""

ROUTE = (
    "A suspected route. That a maker's part is found in a weapon, or named on this route, shows neither that "
    "the maker knew of its use nor that anybody broke a rule; each leg says how it is known."
)
