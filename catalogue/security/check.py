"""The look at the locks before serving: does the database still enforce what the code expects?

What is expected is built from the models and the SQL files, as the migrations build it; PostgreSQL's own
catalogue says what is there. Policies are compared as PostgreSQL writes them: the expected ones are made on
temporary tables, read back and rolled back.
"""

import re
from functools import cache

import pgtrigger
from django.db import connection, models, transaction

from . import handling, reviewed
from .handling import APP, OWNER

SCRIPTS = (
    "keys_v1.sql", "audiences_v1.sql", "integrity_v1.sql", "projection_v1.sql", "roles_v1.sql", "erasure_v1.sql",
    "projection_v2.sql", "roles_v2.sql", "accounts_v1.sql", "review_v1.sql", "regions_v1.sql", "uploads_v1.sql",
    "audiences_v2.sql", "readings_v1.sql", "ownership_v1.sql", "projection_v3.sql", "counts_v1.sql", "watches_v1.sql",
    "marking_v2.sql", "counts_v2.sql", "kept_alone_v1.sql", "review_v2.sql",
)  # fmt: skip
SECRET = ("mfa_authenticator", "usersessions_usersession", "account_emailaddress")  # of the sign-in library
PERSONAL = ("catalogue_upload", "catalogue_watch")  # rows that their user alone sees
COUNTED = ("catalogue_componentcount",)  # what triggers alone write, and readers sum
# Handled, with a policy more than others.
PECULIAR = ("catalogue_regionreading", "catalogue_savedsearch", "catalogue_collection", "catalogue_collectionitem")
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# Operators that need an index beneath a policy. Regular expressions raise errors that tell of hidden rows.
LEAKPROOF = (
    "textlike(text,text)", "texticlike(text,text)", "upper(text)", "lower(text)", "ts_match_vq(tsvector,tsquery)",
    "similarity_op(text,text)", "word_similarity_op(text,text)",
)  # fmt: skip
SET_PATH = "search_path=public, pg_temp"
MEND = "run manage.py migrate, or restore a backup, and start again"

FUNCTION = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION\s+(\S+?)\s*\((.*?)AS \$\$(.*?)\$\$([^;]*);", re.S)
TRIGGER = re.compile(r"CREATE\s+TRIGGER\s+(\S+)\s+[^;]*?\sON\s+\"?(\w+)\"?[^;]*;")
POLICY = re.compile(r"CREATE POLICY (\w+) ON (\w+)[^;]*;")
GRANT = re.compile(rf"GRANT ([A-Z, ]+) ON ([\w,\s]+) TO {APP};")
CALL = re.compile(rf"GRANT EXECUTE ON FUNCTION (\S+\([^)]*\)) TO {APP};")


class Expected:
    """What the code expects of the tables of `found`, Django's models of the catalogue."""

    def __init__(self, found):
        self.handled = {
            m._meta.db_table: (m.bounds(), [f.name for f in m._meta.local_fields if f.generated] + list(m.reckoned))
            for m in found
            if hasattr(m, "bounds")
        }
        tables = {m._meta.db_table: m for m in found}
        self.plain = [t for t in tables if f"{t}event" in tables and t not in self.handled]
        self.vocabularies = [t for t, m in tables.items() if m._meta.pk.name == "code"]
        self.events = [f"{t}event" for t in (*self.handled, *self.plain)]
        self.closed = [*self.handled, *self.plain, *self.events, "catalogue_audience", *SECRET, *PERSONAL, *COUNTED]
        self.sql = "\n".join(self.statements())
        self.history = history()

    def statements(self):
        children = handling.children_of({table: bounds for table, (bounds, _) in self.handled.items()})
        yield from map(handling.script, SCRIPTS)
        yield from reviewed.triggers(reviewed.HELD)
        for table in ("catalogue_audience", *SECRET, *PERSONAL, *COUNTED):
            yield handling.close(table)
        for table, (bounds, generated) in self.handled.items():
            yield handling.inheritance(table, bounds, generated)
            yield handling.following(table, children.get(table, []))
            yield handling.policies(table)
            yield handling.history(f"{table}event", table)
        for table in self.plain:
            yield handling.close(table)
            yield handling.history(f"{table}event", table, readable=None)
        for table in self.vocabularies:
            yield f"GRANT SELECT, INSERT, UPDATE ON {table} TO {APP};"

    def functions(self):
        """{name: (body, whether it runs as its owner)}"""
        return {
            name.replace('"public".', ""): (plain_body(name, body), "SECURITY DEFINER" in before + after)
            for text in (self.sql, *self.history)
            for name, before, body, after in FUNCTION.findall(text)
        }

    def triggers(self):
        """{(table, name): definition}"""
        return {
            (made[2], made[1]): plain(made[0]) for text in (self.sql, *self.history) for made in TRIGGER.finditer(text)
        }

    def grants(self):
        """{table: privileges of the application's role}"""
        found = {}
        for privileges, tables in GRANT.findall(self.sql):
            for table in re.findall(r"\w+", tables):
                found.setdefault(table, set()).update(re.findall(r"\w+", privileges))
        return found

    def policies(self):
        """{(table, name): as PostgreSQL describes it}, from a table of each form; a later script replaces one."""
        sample = next(iter(self.handled))
        singles = ["catalogue_audience", *SECRET, *PERSONAL, *COUNTED, *PECULIAR, *self.plain]
        by_table = {}
        for made in POLICY.finditer(self.sql):
            by_table.setdefault(made[2], {})[made[1]] = made[0]
        shown = described([sample, *singles, f"{sample}event", *(f"{t}event" for t in self.plain)], by_table)
        found = {key: text for key, text in shown.items() if not key[0].startswith(sample)}
        for (table, name), text in shown.items():
            if table.startswith(sample):
                for other in self.handled:
                    alike = table.replace(sample, other)
                    if alike not in PECULIAR:
                        found[alike, name] = text.replace(sample, other)
        return found


@cache
def history():
    """The statements that install the history triggers; compiling them takes most of the time of the whole look."""
    return [trigger.compile(model).install_sql for model, trigger in pgtrigger.registered()]


def plain(text):
    """A definition without what PostgreSQL writes differently than people: case, brackets, casts, order of events."""
    text = text.lower().replace('"', "").replace("public.", "").replace("execute procedure", "execute function")
    events = re.search(r"\b(before|after)\b(.*?)\bon\b", text, re.S)
    if events:
        ordered = " or ".join(sorted(event.strip() for event in events[2].split(" or ")))
        text = text.replace(events[0], f"{events[1]} {ordered} on")
    return re.sub(r"[\s();]|::text", "", text.replace("for each statement", ""))


def plain_body(name, body):
    """A function's body; the order in which children follow does not matter."""
    lines = [line.strip() for line in body.strip().splitlines()]
    return "\n".join(sorted(lines) if name.endswith("_follow") else lines)


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def live_policies(schema):
    """{(table, name): description} of a schema's policies ("pg_temp": this session's)."""
    found = rows(
        "SELECT c.relname, p.polname, concat_ws(' ', p.polcmd, p.polpermissive,"
        "  (SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE oid = ANY (p.polroles)),"
        "  'USING', pg_get_expr(p.polqual, p.polrelid), 'CHECK', pg_get_expr(p.polwithcheck, p.polrelid))"
        " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace ="
        " CASE %s WHEN 'pg_temp' THEN pg_my_temp_schema() ELSE 'public'::regnamespace END",
        schema,
    )
    return {(table, name): re.sub(r"\b(public|pg_temp_\d+)\.", "", text) for table, name, text in found}


def described(tables, policies):
    """Policies ({table: {name: statement}}) as PostgreSQL describes them, made on temporary copies of `tables`."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table} WITH NO DATA"
            )
        for table in tables:
            for statement in policies[table].values():
                cursor.execute(statement.replace("%", "%%") if "%" in statement else statement)
        found = live_policies("pg_temp")
        transaction.set_rollback(True)
    return found


def roles():
    """What the roles must not be. Whoever owns a table or is a superuser is above every policy."""
    attributes = {
        name: (superuser, bypass, createrole)
        for name, superuser, bypass, createrole in rows(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname IN (current_user, session_user, %s, %s)", APP, OWNER
        )
    }  # fmt: skip
    ((current,),) = rows("SELECT current_user")
    if current != APP:
        yield f"This process acts as {current}; the catalogue is served as {APP} alone."
    for name in (APP, OWNER):
        if name not in attributes:
            yield f"There is no role {name}: an administrator of PostgreSQL runs forensics/administrator.sql."
    for name, (superuser, bypass, createrole) in attributes.items():
        if superuser:
            yield f"{name} is a superuser, whom no policy binds: run ALTER ROLE {name} NOSUPERUSER."
        if bypass:
            yield f"{name} may bypass row-level security: run ALTER ROLE {name} NOBYPASSRLS."
        if name == APP and createrole:
            yield f"{name} may make roles: run ALTER ROLE {name} NOCREATEROLE."
    for (granted,) in rows(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " JOIN pg_roles a ON a.oid = m.member WHERE a.rolname = %s", APP
    ):  # fmt: skip
        yield f"{APP} is a member of {granted} and should be of none: run REVOKE {granted} FROM {APP}."
    for (owned,) in rows(
        "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s"
        " AND c.relpersistence <> 't' AND c.relnamespace::regnamespace::text NOT LIKE 'pg\\_%%'", APP
    ):  # fmt: skip
        yield f"{APP} owns {owned} and should own nothing: run ALTER TABLE {owned} OWNER TO {OWNER}."
    if APP in attributes and rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP)[0][0]:
        yield f"{APP} may make objects in the schema public: run REVOKE CREATE ON SCHEMA public FROM PUBLIC, {APP}."


def locks(expected):
    """Tables without row-level security, also for their owner."""
    found = {
        name: (enabled, forced)
        for name, enabled, forced in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    }
    for table in expected.closed:
        if table not in found:
            yield f"The table {table} is missing: {MEND}."
        elif not found[table][0]:
            yield f"Row-level security is off on {table}, so that everybody sees all of it: {MEND}."
        elif not found[table][1]:
            yield f"Row-level security is not forced on {table}, so that its owner sees all of it: {MEND}."


def policies(expected):
    """Policies that are missing, changed or more than expected."""
    live = live_policies("public")
    wanted = expected.policies()
    for table, name in sorted(wanted.keys() - live.keys()):
        yield f"The policy {name} on {table} is missing: {MEND}."
    for table, name in sorted(live.keys() - wanted.keys()):
        yield f"There is a policy {name} on {table} that the code does not know: drop it, or {MEND}."
    for table, name in sorted(wanted.keys() & live.keys()):
        if wanted[table, name] != live[table, name]:
            yield f"The policy {name} on {table} is not what the code expects: {MEND}."


def triggers(expected):
    """Triggers of inheritance, history and integrity that are missing, off or changed."""
    live = {
        (table, name): (plain(definition), enabled)
        for table, name, definition, enabled in rows(
            "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A') FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        )
    }
    for (table, name), definition in expected.triggers().items():
        if (table, name) not in live:
            yield f"The trigger {name} on {table} is missing: {MEND}."
        elif not live[table, name][1]:
            yield f"The trigger {name} on {table} is switched off: run ALTER TABLE {table} ENABLE TRIGGER {name}."
        elif live[table, name][0] != definition:
            yield f"The trigger {name} on {table} is not what the code expects: {MEND}."
    known = expected.triggers().keys()
    for table, name in sorted(live.keys() - known):
        if table in expected.closed:
            yield f"There is a trigger {name} on {table} that the code does not know: drop it, or {MEND}."


def functions(expected):
    """Functions behind the triggers and the door that are missing, changed or run with other rights."""
    live = {
        name: (plain_body(name, body), definer, path, owner)
        for name, body, definer, path, owner in rows(
            "SELECT p.proname, p.prosrc, p.prosecdef, coalesce(p.proconfig, '{}'), r.rolname FROM pg_proc p"
            " JOIN pg_roles r ON r.oid = p.proowner WHERE p.pronamespace = 'public'::regnamespace"
        )
    }
    for name, (body, definer) in expected.functions().items():
        if name not in live:
            yield f"The function {name} is missing: {MEND}."
        elif live[name][:2] != (body, definer):
            yield f"The function {name} is not what the code expects: {MEND}."
        elif definer and live[name][2:] != ([SET_PATH], OWNER):
            yield f"The function {name} runs with the rights of {live[name][3]} on an open search path: {MEND}."


def calls(expected):
    """Functions that run as their owner, and so past every policy, but who may not call them can, or the reverse."""
    wanted = {
        name
        for (name,) in rows("SELECT to_regprocedure(f)::text FROM unnest(%s::text[]) f", CALL.findall(expected.sql))
    }
    for signature, anybody, app in rows(
        "SELECT oid::regprocedure::text, has_function_privilege('public', oid, 'EXECUTE'),"
        " has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc WHERE prosecdef"
        " AND pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype ORDER BY 1", APP
    ):  # fmt: skip
        if anybody:
            yield f"Anybody may call {signature}: run REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC."
        elif app and signature not in wanted:
            yield f"{APP} may call {signature} itself: run REVOKE EXECUTE ON FUNCTION {signature} FROM {APP}."
        elif not app and signature in wanted:
            yield f"{APP} may not call {signature} and has to: run GRANT EXECUTE ON FUNCTION {signature} TO {APP}."


def grants(expected):
    """What the application's role may do to each table or view, by itself or as PUBLIC."""
    wanted = expected.grants()
    allowed = ", ".join(f"has_table_privilege(%s, c.oid, '{p}')" for p in PRIVILEGES)
    columns = ", ".join(f"has_any_column_privilege(%s, c.oid, '{p}')" for p in ("SELECT", "INSERT", "UPDATE"))
    found = rows(
        f"SELECT c.relname, ARRAY[{allowed}], ARRAY[{columns}] FROM pg_class c"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
        *[APP] * (len(PRIVILEGES) + 3),
    )
    for table, whole, parts in found:
        has = {p for p, yes in zip(PRIVILEGES, whole, strict=True) if yes}
        has |= {p for p, yes in zip(PRIVILEGES[:3], parts, strict=True) if yes}
        should = wanted.get(table, set())
        for privilege in sorted(has - should):
            yield f"{APP} may {privilege} on {table}, and must not: REVOKE {privilege} ON {table} FROM PUBLIC, {APP}."
        for privilege in sorted(should - has):
            yield f"{APP} may not {privilege} on {table} and has to: run GRANT {privilege} ON {table} TO {APP}."


def views():
    """Views that read with the rights of their owner, and so past the policies of the tables beneath them."""
    for (view,) in rows(
        "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
        " AND NOT coalesce('security_invoker=true' = ANY (reloptions), false) ORDER BY 1"
    ):
        yield f"The view {view} reads past the policies of its tables: ALTER VIEW {view} SET (security_invoker = true)."


def leaks():
    """Functions marked LEAKPROOF that raise errors about the rows they are given."""
    for (signature,) in rows(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proleakproof AND"
        " (proname ~ 'regex|^regexp_' OR (proname ~ '^catalogue_' AND pronamespace = 'public'::regnamespace))"
    ):
        yield f"{signature} is marked LEAKPROOF and tells of hidden rows: run ALTER FUNCTION {signature} NOT LEAKPROOF."


def slower():
    """Marks that are missing. Every answer is the same without them, only slower."""
    for signature in LEAKPROOF:
        found = rows("SELECT proleakproof FROM pg_proc WHERE oid = to_regprocedure(%s)", signature)
        if found and not found[0][0]:
            yield f"{signature} is not marked LEAKPROOF: text search is slow until forensics/administrator.sql is run."


def findings(found):
    """(what forbids serving, what only makes it slower), one sentence each, for the models `found`.

    Runs as the application's role; needs no more than that role has.
    """
    missing = [problem for problem in roles() if problem.startswith("There is no role")]
    if missing:
        return missing, []
    expected = Expected(found)
    wrong = [*roles(), *(tables := list(locks(expected)))]
    if any("is missing" in sentence for sentence in tables):
        return wrong, []  # nothing else can be compared before the tables are there
    for look in (policies, triggers, functions, calls, grants):
        wrong += look(expected)
    return [*wrong, *views(), *leaks()], list(slower())


def catalogue_models(registry):
    """The catalogue's models, its event tables among them, from Django's registry."""
    return [m for m in registry.get_app_config("catalogue").get_models() if issubclass(m, models.Model)]
