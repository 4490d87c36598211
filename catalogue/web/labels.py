"""Codes of vocabularies in the reader's language."""

from functools import cache

from django.utils.translation import get_language, pgettext

from catalogue.models import VOCABULARIES
from catalogue.queries.vocabularies import FIXED


@cache
def words(vocabulary, language):
    """{code: label} of a vocabulary. Terms are added by migrations alone, so a process reads them once."""
    if vocabulary in FIXED:
        fixed = FIXED[vocabulary]
        return {word.value: word.ukrainian if language == "uk" else str(word.label) for word in fixed}
    column = "label_uk" if language == "uk" else "label_en"
    return dict(VOCABULARIES[vocabulary].objects.values_list("code", column))


def label(vocabulary, code):
    """What `code` is called, or the code itself where the vocabulary does not know it."""
    if code in (None, ""):
        return pgettext("no value", "not recorded")
    return words(vocabulary, "uk" if (get_language() or "en").startswith("uk") else "en").get(code, code)
