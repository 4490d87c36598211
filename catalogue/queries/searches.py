"""Lists that are kept by name, and what is new in them for one who watches."""

from datetime import UTC

from catalogue.models import SavedSearch, SearchedNoun, Watch

from .shape import Shape, code, common, text, url_of, uuid

SHAPE = Shape(
    SavedSearch,
    {
        "id": uuid("id", "Identifier (UUIDv7)."),
        "url": url_of("saved-searches", "id"),
        "name": text("name", "Its name."),
        "noun": code("noun", "Whose list it is.", choices=tuple(SearchedNoun.values)),
        "query": text("query", "The query of the list's address, without the question mark."),
        "note": text("note", "Note on it."),
        **common(),
    },
)


def watched(user, searches):
    """{search id: when the user last looked} of those that the user watches."""
    return dict(Watch.objects.filter(user_id=user, search__in=searches).values_list("search_id", "seen_at"))


def moment(at):
    """A point in time as parameters of lists take it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def deleted(agency, alone=None, most=20):
    """Searches of the agency that were voided, the last first; with `alone` those that only this user sees."""
    found = SavedSearch.objects.filter(owner_id=agency, voided_at__isnull=False)
    found = found if alone is None else found.filter(audience__readers=[alone])
    return found.select_related("audience").order_by("-voided_at")[:most]
