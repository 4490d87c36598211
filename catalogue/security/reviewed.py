"""Builds the SQL of the triggers that hold reviewed evidence to its amendments."""

OF_SPECIMEN = "JOIN catalogue_specimen s ON s.id = f.specimen_id"
OF_COMPONENT = "JOIN catalogue_component c ON c.id = f.component_id JOIN catalogue_specimen s ON s.id = c.specimen_id"
ADDED, ALTERED = "INSERT", "UPDATE"
# Table → (how its rows `f` are joined with their specimen `s`, what is held). The specimen is judged by its state
# before: to review it is no amendment. Custody goes on after a review, so events may be added to it.
HELD = {
    "specimen": ("JOIN stale s ON s.id = f.id", (ALTERED,)),
    "specimennumber": (OF_SPECIMEN, (ADDED, ALTERED)),
    "specimencitation": ("JOIN catalogue_specimen s ON s.id = f.record_id", (ADDED, ALTERED)),
    "component": (OF_SPECIMEN, (ADDED, ALTERED)),
    "componentidentifier": (OF_COMPONENT, (ADDED, ALTERED)),
    "componentcitation": (OF_COMPONENT.replace("component_id", "record_id"), (ADDED, ALTERED)),
    "photo": (OF_SPECIMEN, (ADDED, ALTERED)),
    "custodyevent": (OF_SPECIMEN, (ALTERED,)),
    "evidencefile": (OF_SPECIMEN, (ADDED, ALTERED)),
    "absence": (OF_SPECIMEN, (ADDED, ALTERED)),
}
ROWS = {ADDED: "NEW TABLE AS fresh", ALTERED: "OLD TABLE AS stale NEW TABLE AS fresh"}


def triggers(tables):
    """The statements that make those of `tables` (keys of HELD)."""
    for table in tables:
        joined, held = HELD[table]
        for verb in held:
            yield (
                f"CREATE TRIGGER catalogue_reviewed_{verb.lower()} AFTER {verb} ON catalogue_{table}"
                f" REFERENCING {ROWS[verb]} FOR EACH STATEMENT EXECUTE FUNCTION catalogue_reviewed_stays('{joined}');"
            )


def undone(tables):
    """The statements that take them away."""
    for table in tables:
        for verb in HELD[table][1]:
            yield f"DROP TRIGGER catalogue_reviewed_{verb.lower()} ON catalogue_{table};"
