"""The terms of every vocabulary, read from `catalogue/vocabularies/`.

Repeating it changes nothing: a code that is there takes the file's labels, a new one is added, and one that
is gone from the file stays, because records may hold it. Undoing it leaves the terms for the same reason.
"""

import tomllib
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parents[1] / "vocabularies"
TERMS = {
    "categories": "Category",
    "component-identifier-kinds": "ComponentIdentifierKind",
    "control-regimes": "ControlRegime",
    "countries": "Country",
    "currencies": "Currency",
    "identification-bases": "IdentificationBasis",
    "identifier-schemes": "IdentifierScheme",
    "leg-roles": "LegRole",
    "organisation-kinds": "OrganisationKind",
    "photo-views": "PhotoView",
    "relation-kinds": "RelationKind",
    "source-kinds": "SourceKind",
    "system-kinds": "SystemKind",
    "test-methods": "TestMethod",
    "transport-modes": "TransportMode",
    "units": "Unit",
}


def terms(name):
    """The entries of one vocabulary's file: code, label_en, label_uk, description, position and, in a tree, parent."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["term"]


def load(apps, schema_editor):
    """Write all terms, one statement a vocabulary."""
    for name, model_name in TERMS.items():
        model = apps.get_model("catalogue", model_name)
        written = ["label_en", "label_uk", "description", "position"]
        rows = [
            model(
                code=term["code"],
                **{field: term[field] for field in written if field in term},
                **({"parent_id": term["parent"]} if "parent" in term else {}),
            )
            for term in terms(name)
        ]
        if name == "categories":
            written.append("parent")
        model.objects.using(schema_editor.connection.alias).bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=written
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_access")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
