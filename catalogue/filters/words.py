"""Words in lists: a text that stored keys hold, as one or word by word, in any spelling."""

import django_filters as df
from django.db.models import Q

from catalogue.markings.spellings import spellings
from catalogue.queries.prepared import ask

from .question import read


class KeyContains(df.CharFilter):
    """Finds a text anywhere in stored keys, whatever its case, separators, script and look-alike letters.

    Several words may stand together as they are asked for, or each by itself in any of the keys.
    """

    def __init__(self, *, also=(), **options):
        self.also = also
        super().__init__(lookup_expr="contains", **options)

    def filter(self, queryset, value):
        if not value:
            return queryset
        return queryset.filter(
            each_word(read(value, fields=False).words, lambda keys, word: self.holds(queryset, keys))
        )

    def holds(self, queryset, keys):
        found = held(self.field_name, keys)
        for name in self.also:  # through a sub-select, so that a record with two such names comes once
            found |= Q(pk__in=queryset.model.objects.filter(held(name, keys)).values("pk"))
        return found


def each_word(words, holds):
    """The condition that a record holds the whole of `words` as one, or each of them: `holds(keys, word)` of one."""
    words = [" ".join(words), *(words if len(words) > 1 else [])]
    asked = [(word, keys) for word, keys in zip(words, keys_spelt(words), strict=True) if keys]
    if not asked:
        return Q(pk__in=[])
    (whole, keys), *single = asked
    found = holds(keys, whole)
    if single:
        every = Q()
        for word, keys in single:
            every &= holds(keys, word)
        found |= every
    return found


def held(name, keys):
    """The condition that the stored key `name` holds one of `keys`."""
    found = Q()
    for key in keys:
        found |= Q(**{f"{name}__contains": key})
    return found


def keys_spelt(texts):
    """For each of `texts` the comparison keys of its spellings, as the database makes them."""
    spelt = [list(spellings(text)) for text in texts]
    flat = [one for some in spelt for one in some]
    found = ask("SELECT catalogue_key(t) FROM unnest(%s::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n", [flat])
    keys = iter(found)
    return [list(dict.fromkeys(key for key in (next(keys)[0] for _ in some) if key)) for some in spelt]
