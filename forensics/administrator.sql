-- What a PostgreSQL administrator (a superuser) sets up for the catalogue, once, on PostgreSQL 15 or newer.
-- Run it in the catalogue's own database; running it again changes nothing that is already right:
--
--     createdb --template template0 --encoding UTF8 --locale C.UTF-8 catalogue
--     psql --dbname catalogue --set ON_ERROR_STOP=1 --file administrator.sql
--
-- The embedded server is set up by the same file: in template1, so that new databases start with it,
-- and in the database "catalogue".

-- 1. Roles ----------------------------------------------------------------------------------------------------
-- catalogue_owner owns the tables and migrates them; it makes test databases.
-- catalogue_app is what web server and workers are: it owns nothing and obeys row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'catalogue_app') THEN
    CREATE ROLE catalogue_app LOGIN NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'catalogue_owner') THEN
    CREATE ROLE catalogue_owner LOGIN CREATEDB;
  END IF;
  IF NOT pg_has_role('catalogue_owner', 'catalogue_app', 'MEMBER') THEN
    GRANT catalogue_app TO catalogue_owner;
  END IF;
END $$;

-- On a server of your own, give the catalogue one account that may become either role, and put it into
-- DATABASE_URL (postgresql://catalogue_login:PASSWORD@HOST/catalogue):
--
--     CREATE ROLE catalogue_login LOGIN NOINHERIT PASSWORD '…' IN ROLE catalogue_owner, catalogue_app;

-- 2. The database belongs to catalogue_owner ------------------------------------------------------------------
DO $$
BEGIN
  IF current_database() NOT IN ('template1', 'postgres') THEN
    EXECUTE format('ALTER DATABASE %I OWNER TO catalogue_owner', current_database());
  END IF;
END $$;

-- 3. Extensions -----------------------------------------------------------------------------------------------
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- 4. Text search under row-level security ---------------------------------------------------------------------
-- An index is used beneath a policy only for functions marked LEAKPROOF. These are the ones behind LIKE, ILIKE,
-- upper(), lower(), trigram similarity and full text, and no others: regular expressions raise errors that tell
-- about hidden rows. Without the marks every answer is the same, only slower, so a managed server that forbids
-- this step still works.
DO $$
DECLARE
  marked regprocedure;
BEGIN
  FOR marked IN
    SELECT p.oid FROM pg_proc p
    WHERE NOT p.proleakproof
      AND p.oid IN (
        to_regprocedure('pg_catalog.textlike(text, text)'),
        to_regprocedure('pg_catalog.texticlike(text, text)'),
        to_regprocedure('pg_catalog.upper(text)'),
        to_regprocedure('pg_catalog.lower(text)'),
        to_regprocedure('pg_catalog.ts_match_vq(tsvector, tsquery)'),
        to_regprocedure('similarity_op(text, text)'),
        to_regprocedure('word_similarity_op(text, text)'))
  LOOP
    EXECUTE format('ALTER FUNCTION %s LEAKPROOF', marked);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'text search stays slow under row-level security: only a superuser may mark functions LEAKPROOF';
END $$;
