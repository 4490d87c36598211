"""Names that never change once given, kept in memory: lists need no join to show them."""

from catalogue.models import Agency, Audience


class Held(dict):
    """{id: value} of one column of a model, filled as it is asked for.

    Only ids of records that the reader was shown are asked for, and a record is never wider than its audience
    and its owner's name.
    """

    def __init__(self, model, column):
        super().__init__()
        self.model, self.column = model, column

    def __missing__(self, identifier):
        # Audiences are interned and agencies' slugs fixed; none is ever changed or deleted.
        self[identifier] = value = self.model.objects.values_list(self.column, flat=True).get(pk=identifier)
        return value


LEVELS = Held(Audience, "name")
AGENCIES = Held(Agency, "slug")
