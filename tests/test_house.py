"""The house rules that a program can check: it reads the code, and asks nothing of the database."""

import ast
import re
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db import models

import catalogue.models as recorded
from catalogue.models import Handled
from catalogue.models.base import generated_fields
from catalogue.security import check, handling

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path
    for folder in ("catalogue", "forensics")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
WRITTEN = [path for path in MODULES if "migrations" not in path.parts]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60  # lines
HANDLED = [m for m in apps.get_app_config("catalogue").get_models() if issubclass(m, Handled)]


def name(path):
    return str(path.relative_to(ROOT))


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_the_code_is_where_these_tests_look():
    assert len(WRITTEN) > 80
    assert {"catalogue/models/base.py", "forensics/env.py"} <= set(map(name, WRITTEN))


# Modules


def test_no_module_is_called_utils():
    assert [name(path) for path in MODULES if path.stem in ("utils", "util", "helpers", "misc", "common")] == []


def test_no_module_is_longer_than_four_hundred_lines():
    long = {name(path): len(lines(path)) for path in WRITTEN if len(lines(path)) > LONGEST_MODULE}
    assert long == {}, "over 400 lines a module is two modules"


def test_a_function_fits_a_screen():
    long = {}
    for path in WRITTEN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{name(path)}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_is():
    silent = [
        name(path)
        for path in WRITTEN
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_layer_has_a_place_in_the_order_of_imports():
    """Lint runs the order; a new layer that it does not name would be bound by nothing."""
    contract = (ROOT / "pyproject.toml").read_text()
    layers = re.search(r'name = "Imports point inwards".*?layers = \[(.*?)\]', contract, re.S)[1]
    named = set(re.findall(r"\((\w+)\)", layers))
    inside = {path.name for path in (ROOT / "catalogue").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert inside - {"migrations"} <= named
    assert "lint-imports" in (ROOT / "Makefile").read_text()


# Records


def order():
    """The nouns of models in the order in which they may point at each other, from the package's docstring."""
    text = recorded.__doc__.split("\n\n", 1)[1]
    chain = text.split(".")[0].split(";")[0]
    return [noun.strip() for noun in chain.replace("\n", " ").split("←")]


def noun_of(model):
    return model.__module__.removeprefix("catalogue.models.")


def test_the_order_names_every_file_of_records():
    files = {path.stem for path in (ROOT / "catalogue" / "models").glob("*.py")} - {"__init__", "base"}
    assert files - set(order()) <= {"erasures"}
    assert set(order()) <= files


def test_nouns_point_one_way():
    rank = {noun: n for n, noun in enumerate(order())}
    backwards = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_app_config("catalogue").get_models()
        if noun_of(model) in rank
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and noun_of(field.related_model) in rank
        if rank[noun_of(field.related_model)] > rank[noun_of(model)]
    ]
    assert backwards == []


def test_erasures_point_at_no_record():
    """They outlive what they are about."""
    ends = {
        field.related_model
        for model in HANDLED
        if noun_of(model) == "erasures"
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
    }
    assert not any(issubclass(model, Handled) for model in ends)


def test_the_migrations_bind_every_record_to_what_it_names():
    """Table by table: what bounds its audience, in this order, and what PostgreSQL computes."""
    bound = {}
    for path in sorted((ROOT / "catalogue" / "migrations").glob("0*.py")):
        bound |= getattr(import_module(f"catalogue.migrations.{path.stem}"), "HANDLED", {})  # 0007 repeats 0003's
    full = "catalogue_{}".format
    written = {
        full(table): ({column: full(parent) for column, parent in bounds.items()}, list(generated))
        for table, (bounds, generated) in bound.items()
    }
    wanted = {m._meta.db_table: (m.bounds(), generated_fields(m)) for m in HANDLED}
    assert written == wanted
    assert {t: list(b) for t, (b, _) in written.items()} == {t: list(b) for t, (b, _) in wanted.items()}


def test_what_does_not_bound_a_record_is_said():
    """`loose` names fields that exist and point at records."""
    for model in HANDLED:
        for field_name in model.loose:
            if field_name != "canonical" or hasattr(model, "canonical"):
                assert issubclass(model._meta.get_field(field_name).related_model, Handled), model


def test_every_script_of_the_access_rule_is_compared_at_the_start():
    scripts = {path.name for path in handling.SQL.glob("*.sql") if "undo" not in path.name}
    assert scripts == set(check.SCRIPTS)


def test_every_record_remembers():
    """Each has an event table of the same name."""
    tables = {m._meta.db_table for m in apps.get_app_config("catalogue").get_models()}
    assert {m._meta.db_table for m in HANDLED if f"{m._meta.db_table}event" not in tables} == set()


# Settings

READERS = {"text", "flag", "number", "path", "secret"}


def settings_read():
    """{name of a variable: where it is read} by calls of env's readers."""
    found = {}
    for path in WRITTEN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.func.attr in READERS
            ):
                assert isinstance(node.args[0], ast.Constant), f"{name(path)}:{node.lineno} reads a computed name"
                found.setdefault(node.args[0].value, name(path))
    return found


def test_every_setting_has_a_line_in_the_manual():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = settings_read()
    assert {"STATE", "MEDIA", "DATABASE_URL", "PORT", "HOST"} <= read.keys()
    assert {setting: where for setting, where in read.items() if not re.search(rf"\b{setting}\b", manual)} == {}


# Neither reads a setting: Django's own way in, and what a child process is given of its parent's surroundings.
NO_SETTINGS = {"forensics/wsgi.py", "catalogue/imaging/child.py", "catalogue/imaging/reading.py"}


def test_only_env_reads_settings_from_the_environment():
    pattern = re.compile(r"\bos\.(environ|getenv)\b")
    found = {name(path) for path in WRITTEN if pattern.search(path.read_text(encoding="utf-8"))}
    assert found - NO_SETTINGS == {"forensics/env.py"}
