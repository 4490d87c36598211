"""What the tables of handled records, and of their history, have in common; and what follows a parent's audience.

Migrations are made of it, so what it gives is never altered: a later form gets a name of its own.
"""

import pghistory.utils
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from catalogue.models.base import new_id

_FOLLOWED = "\n      UPDATE {child} SET declared_id = declared_id WHERE {column} = NEW.id;"
_END = "\n      RETURN NULL;"


def text(**options):
    """A text that may be empty."""
    return models.TextField(blank=True, db_default="", default="", **options)


def to(model, *, event, **options):
    """A reference to `model`, of a record or (`event`) of its history, which outlives what it names."""
    if event:
        options |= {"on_delete": models.DO_NOTHING, "related_query_name": "+", "db_constraint": False}
        options |= {"related_name": "+"}
        options.pop("db_index", None)
    return models.ForeignKey(to=model, **{"related_name": "+", "on_delete": models.PROTECT} | options)


def columns(own, *, event):
    """The columns of a handled record, or of its history; `own` gives those that it alone has, told which of both."""
    free = {"event": event, "db_constraint": False, "db_index": False}
    person = free | {"null": True, "editable": False}
    key = {} if event else {"primary_key": True}
    return [
        ("id", models.UUIDField(default=new_id, editable=False, serialize=False, **key)),
        ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
        ("created_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("updated_at", models.DateTimeField(db_default=Now(), editable=False)),
        ("voided_at", models.DateTimeField(editable=False, null=True)),
        ("void_reason", text()),
        *own(event=event),
        ("audience", to("catalogue.audience", **free, db_default=0, editable=False)),
        ("created_by", to(settings.AUTH_USER_MODEL, **person)),
        ("declared", to("catalogue.audience", **free)),
        ("origin", to("catalogue.installation", **free, db_default=1)),
        ("owner", to("catalogue.agency", event=event, db_index=False)),
        ("voided_by", to(settings.AUTH_USER_MODEL, **person)),
    ]


def history(model, own):
    """The columns of the history of the record `model` ("catalogue.…")."""
    kept = models.ForeignKey(db_constraint=False, on_delete=models.DO_NOTHING, related_name="events", to=model)
    return [
        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
        ("pgh_label", models.TextField(help_text="The event label.")),
        ("pgh_context", pghistory.utils.JSONField(null=True)),
        *columns(own, event=True),
        ("pgh_obj", kept),
    ]


def follow(child, bounds):
    """SQL: rows of `child` follow when the audience of what bounds them ({column: table}) changes.

    What follows a record is one function of its table, to which later migrations have added; so does this.
    """
    return "\n".join(
        _replaced(parent, _END, _FOLLOWED.format(child=child, column=column) + _END)
        for column, parent in bounds.items()
    )


def follow_no_more(child, bounds):
    """SQL that takes back what `follow` did."""
    return "\n".join(
        _replaced(parent, _FOLLOWED.format(child=child, column=column), "") for column, parent in bounds.items()
    )


def _replaced(parent, old, new):
    old, new = (f"E'{sql}'".replace("\n", "\\n") for sql in (old, new))
    return f"""
DO $do$
DECLARE
  before text := pg_get_functiondef('{parent}_follow'::regproc);
BEGIN
  IF strpos(before, {old}) = 0 THEN
    RAISE EXCEPTION '{parent}_follow is not as it was left: its children would keep an audience that was narrowed';
  END IF;
  EXECUTE replace(before, {old}, {new});
END $do$;"""
