"""Everything is put under the access rule: audiences, inheritance, policies, history, integrity, grants."""

from django.db import migrations

from catalogue.security import handling

# Table → ({column: the table whose record bounds the audience}, columns that PostgreSQL computes).
HANDLED = {
    "source": ({"derived_from_id": "source"}, ()),
    "import": ({}, ()),
    "publishedrecord": ({"source_id": "source"}, ("text_key",)),
    "organisation": ({}, ("key",)),
    "organisationname": ({"organisation_id": "organisation"}, ("key",)),
    "organisationidentifier": ({"organisation_id": "organisation"}, ("key",)),
    "organisationseat": ({"organisation_id": "organisation"}, ()),
    "organisationrelation": ({"subject_id": "organisation", "object_id": "organisation"}, ()),
    "organisationcitation": ({"source_id": "source", "record_id": "organisation"}, ()),
    "relationcitation": ({"source_id": "source", "record_id": "organisationrelation"}, ()),
    "vessel": ({}, ("key",)),
    "vesselname": ({"vessel_id": "vessel"}, ("key",)),
    "vesselrelation": ({"vessel_id": "vessel", "organisation_id": "organisation"}, ()),
    "vesselcitation": ({"source_id": "source", "record_id": "vessel"}, ()),
    "part": ({"manufacturer_id": "organisation"}, ("key",)),
    "partnumber": ({"part_id": "part", "maker_id": "organisation"}, ("key",)),
    "partcitation": ({"source_id": "source", "record_id": "part"}, ()),
    "goods": ({"part_id": "part"}, ("key",)),
    "weaponsystem": ({"parent_id": "weaponsystem", "maker_id": "organisation"}, ("key",)),
    "systemname": ({"system_id": "weaponsystem"}, ("key",)),
    "systemcitation": ({"source_id": "source", "record_id": "weaponsystem"}, ()),
    "specimen": ({"system_id": "weaponsystem"}, ("title_key",)),
    "specimennumber": ({"specimen_id": "specimen"}, ("key",)),
    "specimenplace": ({"specimen_id": "specimen"}, ()),
    "specimenperson": ({"specimen_id": "specimen"}, ()),
    "specimencitation": ({"source_id": "source", "record_id": "specimen"}, ()),
    "component": (
        {"specimen_id": "specimen", "parent_id": "component", "published_record_id": "publishedrecord"},
        ("marking_key", "published_key"),
    ),
    "componentidentifier": ({"component_id": "component"}, ("key",)),
    "datereading": ({"component_id": "component"}, ()),
    "identification": (
        {
            "component_id": "component",
            "manufacturer_id": "organisation",
            "part_id": "part",
            "marked_as_id": "part",
            "made_by_id": "organisation",
        },
        (),
    ),
    "componentcitation": ({"source_id": "source", "record_id": "component"}, ()),
    "identificationcitation": ({"source_id": "source", "record_id": "identification"}, ()),
    "supplyroute": ({"system_id": "weaponsystem", "plant_id": "organisation"}, ("key",)),
    "routeleg": (
        {
            "sender_id": "organisation",
            "receiver_id": "organisation",
            "carrier_id": "organisation",
            "vessel_id": "vessel",
            "bank_id": "organisation",
        },
        (),
    ),
    "routestep": ({"route_id": "supplyroute", "leg_id": "routeleg"}, ()),
    "goodsline": ({"leg_id": "routeleg", "goods_id": "goods"}, ()),
    "routeevidence": ({"route_id": "supplyroute", "part_id": "part", "component_id": "component"}, ()),
    "routecitation": ({"source_id": "source", "record_id": "supplyroute"}, ()),
    "legcitation": ({"source_id": "source", "record_id": "routeleg"}, ()),
    "claim": (
        {
            "by_organisation_id": "organisation",
            "organisation_id": "organisation",
            "system_id": "weaponsystem",
            "specimen_id": "specimen",
            "part_id": "part",
            "route_id": "supplyroute",
            "leg_id": "routeleg",
        },
        (),
    ),
    "claimcitation": ({"source_id": "source", "record_id": "claim"}, ()),
    "controlevent": ({}, ()),
    "controlscope": ({"control_id": "controlevent", "part_id": "part"}, ()),
    "controlcitation": ({"source_id": "source", "record_id": "controlevent"}, ()),
    "custodyevent": ({"specimen_id": "specimen", "component_id": "component"}, ()),
    "erasure": ({}, ()),
    "listversion": ({"source_id": "source"}, ()),
    "listentry": ({"first_version_id": "listversion", "last_version_id": "listversion"}, ()),
    "listentryname": ({"entry_id": "listentry"}, ("key",)),
    "match": ({"entry_id": "listentry", "organisation_id": "organisation", "vessel_id": "vessel"}, ()),
    "listing": ({"organisation_id": "organisation", "vessel_id": "vessel", "entry_id": "listentry"}, ()),
    "listingcitation": ({"source_id": "source", "record_id": "listing"}, ()),
    "photo": ({"specimen_id": "specimen", "component_id": "component"}, ()),
    "photocapture": ({"photo_id": "photo"}, ()),
    "photoregion": ({"photo_id": "photo", "component_id": "component"}, ()),
}

# Tables with a history whose rows are not handled but belong to an agency.
PLAIN = ["agency", "user", "apikey"]
VOCABULARIES = [
    "category",
    "componentidentifierkind",
    "controlregime",
    "country",
    "currency",
    "identificationbasis",
    "identifierscheme",
    "legrole",
    "organisationkind",
    "photoview",
    "relationkind",
    "sourcekind",
    "systemkind",
    "testmethod",
    "transportmode",
    "unit",
]


def statements():
    """All statements, in an order in which each finds what it names."""
    full = "catalogue_{}".format
    bounds = {full(t): {c: full(p) for c, p in columns.items()} for t, (columns, _) in HANDLED.items()}
    children = handling.children_of(bounds)
    yield handling.script("audiences_v1.sql")
    yield handling.script("integrity_v1.sql")
    for table, (_, generated) in HANDLED.items():
        yield handling.inheritance(full(table), bounds[full(table)], generated)
        yield handling.following(full(table), children.get(full(table), []))
        yield handling.policies(full(table))
        yield handling.history(full(table) + "event", full(table))
    yield handling.script("projection_v1.sql")
    yield handling.close("catalogue_audience")
    for table in PLAIN:
        yield handling.close(full(table))
        yield handling.history(full(table) + "event", full(table), readable=None)
    for table in VOCABULARIES:
        yield f"GRANT SELECT, INSERT, UPDATE ON {full(table)} TO {handling.APP};"
    yield handling.script("roles_v1.sql")
    yield handling.script("erasure_v1.sql")


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_records"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    # One operation: each further one would have Django copy its picture of all models.
    operations = [migrations.RunSQL("\n".join(statements()), handling.script("access_undo_v1.sql"))]
