"""Counts beside a list: each of what it can be narrowed by, as if that were not narrowed itself."""

from catalogue.queries import component_facets as kept
from catalogue.queries.facets import facets
from catalogue.queries.paging import counted

from .base import OF_LISTS
from .components import ComponentFilter
from .makers import maker, owned

# Parameters of which the counts are kept summed, when nothing else narrows the list.
SUMMED = {
    "manufacturer": kept.MAKERS,
    "manufacturer_group": kept.MAKERS,
    "system": kept.SYSTEMS,
    "system_family": kept.SYSTEMS,
}
# What components are divided by, where the maker is who counts as it on the basis asked for.
COMPONENTS = kept.FACETS | {"manufacturer": maker("slug"), "maker_country": maker("country_id")}
SHOWN, OF_INTERFACE = 8, 50


def counts(parameters, columns, narrow, shown=SHOWN, summed=None, most=None, beside=None):
    """{name: [(value, records)]} for a list with these parameters, which `narrow` turns into its QuerySet.

    `columns` are {parameter: what it divides by}: a path, an expression, or a function of the parameters that gives
    one; `beside(parameters)` is what they name beside the records' own, to annotate. `summed(parameters, names,
    shown)` may know the answer beforehand, or give None. With `most`, what narrows the list is not counted where
    without it there are more records than that.
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
            if beside:
                queryset = queryset.annotate(**beside(others))
            known = {} if passed else facets(queryset, {n: asked(columns[n], others) for n in group}, shown)
        found |= known
    return found


def asked(column, parameters):
    """What `column` divides by when it is asked for with these parameters."""
    return column(parameters) if callable(column) and not hasattr(column, "resolve_expression") else column


def summed_components(parameters, names, shown):
    """The counts of all components, or of those of makers or systems that alone are asked for; None otherwise."""
    narrowing = [name for name in parameters if name not in OF_LISTS]
    if not narrowing:
        return kept.summed(kept.ALL, [], names, shown)
    if len(narrowing) > 1 or narrowing[0] not in SUMMED:
        return None
    (name,) = narrowing
    sought = ComponentFilter.base_filters[name]
    ids = sought.field.clean(parameters.getlist(name))
    if not ids:
        return None
    return kept.summed(SUMMED[name], sought.expand(ids) if sought.expand else ids, names, shown)


def component_counts(parameters, narrow, shown=SHOWN):
    """Counts of the components list."""
    return counts(parameters, COMPONENTS, narrow, shown, summed_components, beside=owned)
