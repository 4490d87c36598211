"""Searches that are kept by name and watched, and records that are gathered by hand."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from catalogue.models.collections import GATHERED, exactly_one
from catalogue.security import handling

from ._handled import columns, follow, follow_no_more, history, text, to
from ._together import Together

# As in 0003: table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {
    "savedsearch": ({}, ()),
    "collection": ({}, ()),
    "collectionitem": (
        {
            "collection_id": "collection",
            "component_id": "component",
            "part_id": "part",
            "organisation_id": "organisation",
            "specimen_id": "specimen",
            "route_id": "supplyroute",
        },
        (),
    ),
}
ITEM = "catalogue_collectionitem"
# Of what is gathered; the collection's own rows follow by a function that is new.
ABROAD = {c: f"catalogue_{t}" for c, t in HANDLED["collectionitem"][0].items() if t != "collection"}
NOUNS = [
    ("components", "Components"),
    ("parts", "Parts"),
    ("organisations", "Organisations"),
    ("systems", "Weapon systems"),
    ("specimens", "Specimens"),
    ("routes", "Supply routes"),
    ("sources", "Sources"),
    ("published-records", "Published records"),
]


def search(*, event):
    """The columns that a saved search has beside those of every record."""
    return [
        ("name", models.TextField()),
        ("noun", models.TextField(choices=NOUNS)),
        ("query", text(help_text="The query of the list's address, without the question mark.")),
        ("note", text()),
    ]


def collection(*, event):
    """Those of a collection."""
    return [("name", models.TextField()), ("note", text(help_text="What they were gathered for."))]


def item(*, event):
    """Those of one record in it."""
    named = {} if event else {"related_name": "collected"}
    gathered = [
        (column.removesuffix("_id"), to(f"catalogue.{table}", event=event, **named, null=True, blank=True))
        for column, table in HANDLED["collectionitem"][0].items()
        if table != "collection"
    ]
    own = {} if event else {"related_name": "items"}
    return [("note", text()), ("collection", to("catalogue.collection", event=event, **own)), *gathered]


def newest(name):
    return {"indexes": [models.Index(fields=["audience", "-id"], name=name)]}


SEARCH_OPTIONS = newest("savedsearch_list") | {
    "constraints": [
        models.CheckConstraint(
            condition=models.Q(noun__in=[code for code, _label in NOUNS]), name="savedsearch_noun_known"
        )
    ]
}
ITEM_OPTIONS = {
    "constraints": [
        models.CheckConstraint(condition=exactly_one(GATHERED), name="collectionitem_one_record"),
        models.UniqueConstraint(
            "owner", "collection", *GATHERED, "declared", name="collectionitem_once",
            condition=models.Q(voided_at__isnull=True), nulls_distinct=False,
        ),
    ]
}  # fmt: skip
WATCH = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("seen_at", models.DateTimeField()),
    (
        "search",
        models.ForeignKey(
            db_constraint=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="catalogue.savedsearch",
        ),
    ),
    (
        "user",
        models.ForeignKey(
            db_index=False,
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
]


def statements():
    for table, (bounds, generated) in HANDLED.items():
        name = f"catalogue_{table}"
        yield handling.inheritance(
            name, {column: f"catalogue_{parent}" for column, parent in bounds.items()}, generated
        )
        yield handling.policies(name)
        yield handling.history(f"{name}event", name)
        yield f"GRANT USAGE ON SEQUENCE {name}event_pgh_id_seq TO {handling.APP};"
    yield handling.following("catalogue_collection", [(ITEM, "collection_id")])
    yield follow(ITEM, ABROAD)
    yield handling.close("catalogue_watch")
    yield handling.script("watches_v1.sql")


def undone():
    yield follow_no_more(ITEM, ABROAD)
    yield "DROP TRIGGER catalogue_follow ON catalogue_collection;"
    yield "DROP FUNCTION catalogue_collection_follow();"
    for table in HANDLED:
        yield f"DROP TRIGGER catalogue_before ON catalogue_{table};"
        yield f"DROP FUNCTION catalogue_{table}_before();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0022_component_counts")]
    operations = [
        Together(
            [
                migrations.CreateModel("SavedSearch", columns(search, event=False), SEARCH_OPTIONS),
                migrations.CreateModel(
                    "SavedSearchEvent", history("catalogue.savedsearch", search), {"abstract": False}
                ),
                migrations.CreateModel(
                    "Watch",
                    WATCH,
                    {"constraints": [models.UniqueConstraint("user", "search", name="watch_once")]},
                ),
                migrations.CreateModel("Collection", columns(collection, event=False), newest("collection_list")),
                migrations.CreateModel(
                    "CollectionEvent", history("catalogue.collection", collection), {"abstract": False}
                ),
                migrations.CreateModel("CollectionItem", columns(item, event=False), ITEM_OPTIONS),
                migrations.CreateModel(
                    "CollectionItemEvent", history("catalogue.collectionitem", item), {"abstract": False}
                ),
            ]
        ),
        migrations.RunSQL("\n".join(statements()), "\n".join(undone())),
    ]
