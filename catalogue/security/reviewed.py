"""Builds the SQL of the triggers that hold reviewed evidence to its amendments."""

OF_SPECIMEN = "JOIN catalogue_specimen s ON s.id = f.specimen_id"
OF_COMPONENT = "JOIN catalogue_component c ON c.id = f.component_id JOIN catalogue_specimen s ON s.id = c.specimen_id"
ADDED, ALTERED = "INSERT", "UPDATE"
OF_PHOTO = "JOIN catalogue_photo p ON p.id = f.photo_id JOIN catalogue_specimen s ON s.id = p.specimen_id"


def both(joined):
    return {ADDED: joined, ALTERED: joined}


# Table → {what is held: how its rows `f` are joined with their specimen `s`}. The specimen is judged by its state
# before: to review it is no amendment. Custody goes on after a review, so events may be added to it; so does release,
# and a region that only masks, before and after, alters no evidence.
HELD = {
    "specimen": {ALTERED: "JOIN stale s ON s.id = f.id"},
    "specimennumber": both(OF_SPECIMEN),
    "specimencitation": both("JOIN catalogue_specimen s ON s.id = f.record_id"),
    "component": both(OF_SPECIMEN),
    "componentidentifier": both(OF_COMPONENT),
    "componentcitation": both(OF_COMPONENT.replace("component_id", "record_id")),
    "photo": both(OF_SPECIMEN),
    "photoregion": {
        ADDED: f"{OF_PHOTO} AND f.purpose <> ''mask''",
        ALTERED: f"{OF_PHOTO} JOIN stale was ON was.id = f.id AND (f.purpose <> ''mask'' OR was.purpose <> ''mask'')",
    },
    "custodyevent": {ALTERED: OF_SPECIMEN},
    "evidencefile": both(OF_SPECIMEN),
    "absence": both(OF_SPECIMEN),
}
ROWS = {ADDED: "NEW TABLE AS fresh", ALTERED: "OLD TABLE AS stale NEW TABLE AS fresh"}


def triggers(tables):
    """The statements that make those of `tables` (keys of HELD)."""
    for table in tables:
        for verb, joined in HELD[table].items():
            yield (
                f"CREATE TRIGGER catalogue_reviewed_{verb.lower()} AFTER {verb} ON catalogue_{table}"
                f" REFERENCING {ROWS[verb]} FOR EACH STATEMENT EXECUTE FUNCTION catalogue_reviewed_stays('{joined}');"
            )


def undone(tables):
    """The statements that take them away."""
    for table in tables:
        for verb in HELD[table]:
            yield f"DROP TRIGGER catalogue_reviewed_{verb.lower()} ON catalogue_{table};"
