"""What a catalogue's database holds, told so that two of them can be compared."""

# The dump is taken while the catalogue runs; what only tells how it ran may differ.
OF_THE_RUN = ("procrastinate_", "django_session")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
CONTENT = "SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM {} t"
# Brackets and casts of a CHECK are written anew when it is read back: (a AND b) AND c comes out as a AND b AND c.
PUBLIC = "'public'::regnamespace"
RULES = {
    "policies": "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
    "locked": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relname LIKE 'catalogue%' ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY 1, 2",
    "functions": f"SELECT oid::regprocedure::text, prosrc FROM pg_proc WHERE pronamespace = {PUBLIC} ORDER BY 1",
    "leakproof": "SELECT oid::regprocedure::text FROM pg_proc WHERE proleakproof ORDER BY 1",
    "grants": "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants"
    " WHERE table_schema = 'public' ORDER BY 1, 2, 3",
    "constraints": "SELECT conrelid::regclass::text, conname,"
    " regexp_replace(pg_get_constraintdef(oid), '::[a-z ]+|[][() ]', '', 'g')"
    f" FROM pg_constraint WHERE connamespace = {PUBLIC} ORDER BY 1, 2",
    "indexes": "SELECT indexname, regexp_replace(indexdef, '::[a-z ]+|[][() ]', '', 'g')"
    " FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "roles": "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
    " WHERE rolname LIKE 'catalogue%' ORDER BY 1",
}


def everything(connection):
    """{name: rows and digest of a table, or the rules of one kind}, seen by a superuser."""
    tables = [table for (table,) in connection.execute(TABLES) if not table.startswith(OF_THE_RUN)]
    content = {table: connection.execute(CONTENT.format(f'"{table}"')).fetchone() for table in tables}
    return content | {name: connection.execute(query).fetchall() for name, query in RULES.items()}
