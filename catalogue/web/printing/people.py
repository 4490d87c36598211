"""How people stand in a printed document: by name within their agency, by agency and examiner code outside it.

What is for other agencies is made in the view of those who may read the specimen as widely as it is released, so that
nothing narrower comes along; and no free text that may name a person is printed unless it names an agency.
"""

import re
from dataclasses import dataclass, field

from django.db.models import F, Func, TextField
from django.utils.translation import gettext as _

from catalogue.actions.handling import wider
from catalogue.models import Agency, Audience, User
from catalogue.queries.released import looking_at

CODE = re.compile(r"[A-Z0-9]{2,6}-[A-Z0-9]{1,12}")
SHORTEST = 3  # letters of a name that is looked for in a text


@dataclass
class People:
    """The agency's people as a document names them. `outside`: it is for other agencies."""

    outside: bool
    codes: dict = field(default_factory=dict)  # user's id → KND-OL
    called: dict = field(default_factory=dict)  # user's id → what their agency calls them
    agencies: frozenset = frozenset()
    names: tuple = ()  # (pattern of a name, code), the longest first

    @classmethod
    def known(cls, *, outside):
        """Of those whom the reader may see; of others only the code is known, by its database function."""
        coded = Func(F("pk"), function="catalogue_examiner", output_field=TextField())
        users = list(User.objects.annotate(code=coded).order_by("pk"))
        bodies = {word.casefold() for one in Agency.objects.all() for word in (one.name, one.code, one.slug)}
        spelled = {word: user.code for user in users for word in (user.name, user.username) if len(word) >= SHORTEST}
        names = [
            (re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE), spelled[word])
            for word in sorted(spelled, key=len, reverse=True)
        ]
        return cls(
            outside,
            {user.pk: user.code for user in users},
            {user.pk: str(user) for user in users},
            frozenset(bodies),
            tuple(names),
        )

    def who(self, user, code=""):
        """A person who did something with a record, by id; `code` where they are of another agency."""
        code = self.codes.get(user, code) or ""
        name = "" if self.outside else self.called.get(user, "")
        return " · ".join(filter(None, [name, code]))

    def body(self, text):
        """A free text that says who had something: outside only what names an agency or an examiner code."""
        if not self.outside or not text:
            return text
        said = self.text(text)
        plain = said.strip()
        if plain.casefold() in self.agencies or CODE.fullmatch(plain):
            return said
        return _("[not named outside the agency]")

    def text(self, text):
        """Any other text: outside with the names of the agency's people as their codes."""
        if not self.outside or not text:
            return text
        for pattern, code in self.names:
            text = pattern.sub(code, text)
        return text


def as_released(record):
    """Context: the view of somebody who may read what every reader of `record` may read, and no more."""
    return looking_at({one.pk for one in Audience.objects.all() if not wider(record.audience_id, one.pk)})
