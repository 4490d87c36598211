"""Builds the SQL that puts a table under the access rule: policies, inheritance, version and history.

The rule itself stands once, in `READABLE`; everything else is derived from the tables' foreign keys.
"""

from functools import cache
from pathlib import Path

SQL = Path(__file__).parent / "sql"


def setting(name, kind):
    """The reader's setting as a sub-select: evaluated once a query; bare it would be evaluated once a row."""
    return f"(SELECT nullif(current_setting('app.{name}', true), '')::{kind})"


READABLE = f"audience_id = ANY ({setting('audiences', 'int[]')}::int[])"
WRITABLE = f"owner_id = {setting('writer', 'int')}"
OURS = f"agency_id = {setting('agency', 'int')}"
KEPT = f"agency_id = {setting('keeper', 'int')}"
IN_A_TRIGGER = "pg_trigger_depth() > 0"

OWNER, APP = "catalogue_owner", "catalogue_app"


@cache
def script(name):
    """The text of a versioned SQL file."""
    return (SQL / name).read_text(encoding="utf-8")


def close(table):
    """Row-level security on `table`, also for its owner, whose maintenance has a policy of its own."""
    return f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY keeping ON {table} TO {OWNER} USING (true) WITH CHECK (true);"""


def policies(table):
    """Reading, adding and changing a handled table. Nothing is deleted, so there is no such policy."""
    return f"""{close(table)}
    CREATE POLICY reading ON {table} FOR SELECT TO {APP} USING ({READABLE});
    CREATE POLICY adding ON {table} FOR INSERT TO {APP} WITH CHECK ({WRITABLE} AND {READABLE});
    CREATE POLICY changing ON {table} FOR UPDATE TO {APP} USING ({WRITABLE} AND {READABLE}) WITH CHECK ({WRITABLE});
    GRANT SELECT, INSERT, UPDATE ON {table} TO {APP};"""


def history(events, table, readable="audience_id"):
    """An event table: seen by those who could see that state and can see the record now; added to by triggers only."""
    state = f"{READABLE} AND " if readable else ""
    return f"""{close(events)}
    CREATE POLICY reading ON {events} FOR SELECT TO {APP}
      USING ({state}EXISTS (SELECT FROM {table} record WHERE record.id = pgh_obj_id));
    CREATE POLICY adding ON {events} FOR INSERT TO {APP} WITH CHECK ({IN_A_TRIGGER});
    CREATE TRIGGER catalogue_no_truncate BEFORE TRUNCATE ON {events}
      EXECUTE FUNCTION catalogue_refuse_truncate();
    GRANT SELECT, INSERT ON {events} TO {APP};"""


def inheritance(table, bounds, generated=()):
    """The BEFORE trigger of a handled table; see `before`."""
    return f"""{before(table, bounds, generated)}
    CREATE TRIGGER catalogue_before BEFORE INSERT OR UPDATE ON {table}
      FOR EACH ROW EXECUTE FUNCTION {table}_before();"""


def before(table, bounds, generated=()):
    """What happens to a row before it is written.

    Version, times and actor; the audience as declared ∩ that of every record in `bounds` (column → table), each
    locked FOR SHARE so that it cannot be narrowed meanwhile. The version counts each change once; who has changed
    what is released as part of the record asks for the next one (`actions/lines.py`), and any other is passed over.
    """
    meets = "".join(
        f"""
      IF NEW.{column} IS NOT NULL THEN
        SELECT audience_id INTO bound FROM {parent} WHERE id = NEW.{column} FOR SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'no record % for {column}', NEW.{column} USING ERRCODE = 'foreign_key_violation';
        END IF;
        NEW.audience_id := catalogue_meet(NEW.audience_id, bound, TG_OP = 'UPDATE' AND pg_trigger_depth() > 1);
      END IF;"""
        for column, parent in bounds.items()
    )
    same = "".join(f" o.{column} := NEW.{column};" for column in ("audience_id", *generated))
    watched = ", ".join(["declared_id", *bounds])
    return f"""
    CREATE OR REPLACE FUNCTION {table}_before() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE bound int; o {table}; asked boolean := TG_OP = 'UPDATE' AND NEW.version = OLD.version + 1;
    BEGIN
      IF TG_OP = 'INSERT' THEN
        NEW.version := 1;
        NEW.created_at := now();
        NEW.updated_at := now();
        NEW.created_by_id := nullif(current_setting('app.user', true), '')::int;
      ELSE
        NEW.id := OLD.id;
        NEW.created_at := OLD.created_at;
        NEW.created_by_id := OLD.created_by_id;
        NEW.version := OLD.version;
        NEW.updated_at := OLD.updated_at;
      END IF;
      IF TG_OP = 'INSERT' OR pg_trigger_depth() > 1 OR ROW({", ".join("NEW." + c for c in watched.split(", "))})
         IS DISTINCT FROM ROW({", ".join("OLD." + c for c in watched.split(", "))}) THEN
        PERFORM FROM catalogue_audience WHERE id = NEW.declared_id;
        IF NOT FOUND THEN RAISE EXCEPTION 'unknown audience %', NEW.declared_id USING ERRCODE = 'CA002'; END IF;
        NEW.audience_id := NEW.declared_id;{meets}
      ELSE
        NEW.audience_id := OLD.audience_id;
      END IF;
      IF TG_OP = 'UPDATE' THEN
        o := OLD;{same}
        IF asked OR o IS DISTINCT FROM NEW THEN
          NEW.version := OLD.version + 1;
          NEW.updated_at := now();
        ELSIF NEW.audience_id <> OLD.audience_id THEN
          NEW.updated_at := now();
        END IF;
      END IF;
      RETURN NEW;
    END $$;"""


def following(table, children):
    """AFTER trigger: rows in `children` ((table, column) pairs) follow when this row's audience changes."""
    if not children:
        return ""
    touches = "".join(
        f"\n      UPDATE {child} SET declared_id = declared_id WHERE {column} = NEW.id;" for child, column in children
    )
    return f"""
    CREATE FUNCTION {table}_follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN{touches}
      RETURN NULL;
    END $$;
    CREATE TRIGGER catalogue_follow AFTER UPDATE ON {table}
      FOR EACH ROW WHEN (OLD.audience_id IS DISTINCT FROM NEW.audience_id)
      EXECUTE FUNCTION {table}_follow();"""


def children_of(bounds):
    """{parent table: [(child table, column)]} from {child table: {column: parent table}}."""
    found = {}
    for child, columns in bounds.items():
        for column, parent in columns.items():
            found.setdefault(parent, []).append((child, column))
    return found
