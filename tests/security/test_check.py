"""manage.py check_access: a lock that was taken off is named before anything is served."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import become

TAMPERED = [
    ("ALTER TABLE catalogue_component DISABLE ROW LEVEL SECURITY", "Row-level security is off on catalogue_component"),
    ("ALTER TABLE catalogue_photo NO FORCE ROW LEVEL SECURITY", "not forced on catalogue_photo"),
    ("ALTER TABLE catalogue_photoevent DISABLE ROW LEVEL SECURITY", "off on catalogue_photoevent"),
    ("DROP POLICY reading ON catalogue_part", "The policy reading on catalogue_part is missing"),
    ("ALTER POLICY reading ON catalogue_part USING (true)", "The policy reading on catalogue_part is not what"),
    (
        "ALTER POLICY reading ON catalogue_part USING"
        " (audience_id = ANY (nullif(current_setting('app.audiences', true), '')::int[]))",
        "The policy reading on catalogue_part is not what",
    ),
    (
        "ALTER POLICY reading ON catalogue_partevent USING (true)",
        "The policy reading on catalogue_partevent is not what",
    ),
    ("ALTER POLICY reading ON catalogue_apikey USING (true)", "The policy reading on catalogue_apikey is not what"),
    ("CREATE POLICY more ON catalogue_part USING (true)", "a policy more on catalogue_part that the code does"),
    ("DROP TRIGGER catalogue_before ON catalogue_photo", "The trigger catalogue_before on catalogue_photo is missing"),
    (
        "ALTER TABLE catalogue_specimen DISABLE TRIGGER catalogue_follow",
        "The trigger catalogue_follow on catalogue_specimen is switched off",
    ),
    (
        "DROP TRIGGER catalogue_no_truncate ON catalogue_sourceevent",
        "The trigger catalogue_no_truncate on catalogue_sourceevent is missing",
    ),
    (
        "DROP TRIGGER catalogue_follow ON catalogue_part; CREATE TRIGGER catalogue_follow AFTER UPDATE OF number"
        " ON catalogue_part FOR EACH ROW EXECUTE FUNCTION catalogue_part_follow()",
        "The trigger catalogue_follow on catalogue_part is not what",
    ),
    (
        "CREATE OR REPLACE FUNCTION catalogue_routeleg_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = public, pg_temp AS $$ BEGIN RETURN NULL; END $$",
        "The function catalogue_routeleg_follow is not what",
    ),
    (
        "ALTER FUNCTION catalogue_enter_key(bytea) RESET search_path",
        "The function catalogue_enter_key runs with the rights of catalogue_owner on an open search path",
    ),
    ("ALTER FUNCTION catalogue_part_before() SECURITY INVOKER", "The function catalogue_part_before is not what"),
    ("GRANT DELETE ON catalogue_component TO catalogue_app", "catalogue_app may DELETE on catalogue_component"),
    ("GRANT TRUNCATE ON catalogue_part TO PUBLIC", "catalogue_app may TRUNCATE on catalogue_part"),
    ("GRANT UPDATE ON catalogue_partevent TO catalogue_app", "catalogue_app may UPDATE on catalogue_partevent"),
    (
        "GRANT UPDATE (pgh_context) ON catalogue_partevent TO catalogue_app",
        "catalogue_app may UPDATE on catalogue_partevent",
    ),
    ("ALTER VIEW catalogue_owned SET (security_invoker = false)", "The view catalogue_owned reads past the policies"),
    ("REVOKE SELECT ON catalogue_leg FROM catalogue_app", None),
    ("REVOKE SELECT ON catalogue_routeleg FROM catalogue_app", "catalogue_app may not SELECT on catalogue_routeleg"),
    ("CREATE VIEW everything AS SELECT * FROM catalogue_part; GRANT SELECT ON everything TO catalogue_app",
     "catalogue_app may SELECT on everything"),
    (
        "GRANT EXECUTE ON FUNCTION catalogue_project(uuid[]) TO catalogue_app",
        "catalogue_app may call catalogue_project(uuid[])",
    ),
    (
        "GRANT EXECUTE ON FUNCTION catalogue_bytes_in_use(text) TO PUBLIC",
        "Anybody may call catalogue_bytes_in_use(text)",
    ),
    (
        "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " AS 'SELECT count(*) FROM catalogue_component'",
        "Anybody may call peek()",
    ),
    (
        "REVOKE EXECUTE ON FUNCTION catalogue_erase(uuid) FROM catalogue_app",
        "catalogue_app may not call catalogue_erase(uuid)",
    ),
]  # fmt: skip
TAMPERED = [case for case in TAMPERED if case[1]]


def looked():
    """(exit code, what was printed) of check_access."""
    said = StringIO()
    try:
        call_command("check_access", stdout=said, stderr=said)
    except SystemExit as end:
        return end.code, said.getvalue()
    return 0, said.getvalue()


@pytest.fixture
def app_role(db):
    become("catalogue_app")
    yield
    become("catalogue_owner")


def test_an_untouched_database_passes_in_one_line(app_role):
    code, said = looked()
    assert (code, said.splitlines()[-1:]) == (0, ["The database enforces who may see what, as the code expects."]), said


def test_the_look_leaves_nothing_behind(app_role):
    looked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()")
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize("statement, sentence", TAMPERED, ids=[case[0][:60] for case in TAMPERED])
def test_a_lock_that_was_taken_off_is_named(db, statement, sentence):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    become("catalogue_app")
    code, said = looked()
    become("catalogue_owner")
    assert code == 1
    assert [line for line in said.splitlines() if sentence in line], said


def test_serving_as_the_owner_of_the_tables_is_refused(db):
    code, said = looked()
    assert code == 1
    assert "This process acts as catalogue_owner" in said
