"""Counts beside a list: each of what it can be narrowed by, as if that were not narrowed itself."""

from catalogue.queries import component_facets as kept
from catalogue.queries.facets import facets
from catalogue.queries.paging import counted

from .base import OF_LISTS
from .components import ComponentFilter

# Parameters of which the counts are kept summed, when nothing else narrows the list.
SUMMED = {
    "manufacturer": kept.MAKERS,
    "manufacturer_group": kept.MAKERS,
    "system": kept.SYSTEMS,
    "system_family": kept.SYSTEMS,
}
SHOWN, OF_INTERFACE = 8, 50


def counts(parameters, columns, narrow, shown=SHOWN, summed=None, most=None):
    """{name: [(value, records)]} for a list with these parameters, which `narrow` turns into its QuerySet.

    `columns` are {parameter: what it divides by}. `summed(parameters, names, shown)` may know the answer beforehand, or
    give None. With `most`, what narrows the list is not counted where without it there are more records than that.
    """
    names = list(columns)
    groups = [[name for name in names if not parameters.getlist(name)], *([n] for n in names if parameters.getlist(n))]
    found = {}
    for group in filter(None, groups):
        others = parameters.copy()
        for name in group:
            others.pop(name, None)
        known = summed(others, group, shown) if summed else None
        if known is None:
            queryset = narrow(others)
            passed = most is not None and len(others) < len(parameters) and counted(queryset, most) is None
            known = {} if passed else facets(queryset, {n: columns[n] for n in group}, shown)
        found |= known
    return found


def summed_components(parameters, names, shown):
    """The counts of all components, or of those of makers or systems that alone are asked for; None otherwise."""
    narrowing = [name for name in parameters if name not in OF_LISTS]
    if not narrowing:
        return kept.summed(kept.ALL, [], names, shown)
    if len(narrowing) > 1 or narrowing[0] not in SUMMED:
        return None
    (name,) = narrowing
    asked = ComponentFilter.base_filters[name]
    ids = asked.field.clean(parameters.getlist(name))
    if not ids:
        return None
    return kept.summed(SUMMED[name], asked.expand(ids) if asked.expand else ids, names, shown)


def component_counts(parameters, narrow, shown=SHOWN):
    """Counts of the components list."""
    return counts(parameters, kept.FACETS, narrow, shown, summed_components)
