"""Why rules read a marking as they do, in the reader's language.

Rules say their reasons as English sentences (`catalogue.markings`), which stand so in what is recorded. Here each of
their forms is translated; a sentence of no known form is shown as it is.
"""

import re
from functools import cache

from django.utils.translation import gettext, gettext_noop

FORMS = (
    gettext_noop("has the form of a maker's numbers (%(source)s)"),  # before the next: these words are no name
    gettext_noop("has the form of %(maker)s's numbers (%(source)s)"),
    gettext_noop("“%(text)s” fits when %(one)s and %(other)s are exchanged, which look alike"),
    gettext_noop("the number is printed in several pieces"),
    gettext_noop("a top mark: it tells the family, not the whole number"),
    gettext_noop("with the letters that are left off on the part"),
    gettext_noop("letters with figures, as part numbers are built; no maker's grammar tells more"),
    gettext_noop("%(code)s is read as year and week"),
    gettext_noop("Nothing plausible: a value or a lot of a passive component, not a part number."),
    gettext_noop("Nothing plausible: a description in words, without a marking."),
    gettext_noop("Nothing plausible: no figures and letters that are built like a part number."),
)


@cache
def patterns():
    """[(what a sentence of a form looks like, the form)]."""
    found = []
    for form in FORMS:
        parts = re.split(r"%\((\w+)\)s", form)
        shape = "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        found.append((re.compile(shape, re.DOTALL), form))
    return found


def told(sentence):
    """A reason in the reader's language."""
    for shape, form in patterns():
        if met := shape.fullmatch(sentence):
            return gettext(form) % met.groupdict() if met.groupdict() else gettext(form)
    return sentence
