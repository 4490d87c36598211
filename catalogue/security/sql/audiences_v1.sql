INSERT INTO catalogue_installation (id, uid, name) VALUES (1, gen_random_uuid(), 'This catalogue');
SELECT setval(pg_get_serial_sequence('catalogue_installation', 'id'), 1);

-- Audiences: who may see a record, interned. 1 is CLEAR, 2 is GREEN, 3 is nobody. Levels: TLP 2.0, 0 CLEAR … 4 RED.
INSERT INTO catalogue_audience (id, level, agencies, readers) OVERRIDING SYSTEM VALUE
VALUES (1, 0, NULL, NULL), (2, 1, NULL, NULL), (3, 4, '{}', '{}');
SELECT setval(pg_get_serial_sequence('catalogue_audience', 'id'), 16);

-- May the person (user, agency, ceiling) see what this audience may see? The one rule of reading.
CREATE FUNCTION catalogue_may_see(
  level smallint, agencies int[], readers int[], viewer int, viewer_agency int, ceiling int
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT level <= ceiling
     AND (level = 0 OR viewer IS NOT NULL)
     AND (agencies IS NULL OR viewer_agency = ANY (agencies))
     AND (readers IS NULL OR viewer = ANY (readers))
$$;

-- Sets the audiences that the session's viewer may see, for this transaction.
CREATE FUNCTION catalogue_look() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT set_config('app.audiences', coalesce(array_agg(id ORDER BY id), '{}')::text, true)
  FROM catalogue_audience
  WHERE catalogue_may_see(level, agencies, readers,
    nullif(current_setting('app.user', true), '')::int,
    nullif(current_setting('app.agency', true), '')::int,
    coalesce(nullif(current_setting('app.ceiling', true), '')::int, 0))
$$;

-- The interned audience of a level, agencies and readers; a new one is at once visible to a viewer it names.
CREATE FUNCTION catalogue_audience(of_level int, of_agencies int[], of_readers int[]) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found int;
  a int[] := (SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(of_agencies) x);
  r int[] := (SELECT array_agg(DISTINCT x ORDER BY x) FROM unnest(of_readers) x);
BEGIN
  IF of_level NOT BETWEEN 0 AND 4
     OR (of_level < 2 AND (of_agencies IS NOT NULL OR of_readers IS NOT NULL))
     OR (of_level IN (2, 3) AND of_agencies IS NULL) OR (of_level = 4 AND of_readers IS NULL) THEN
    RAISE EXCEPTION 'audience of level % needs other agencies or readers', of_level USING ERRCODE = 'CA002';
  END IF;
  IF (of_agencies IS NOT NULL AND a IS NULL) OR (of_readers IS NOT NULL AND r IS NULL)
     OR (a IS NOT NULL AND r IS NOT NULL AND NOT EXISTS (
           SELECT FROM catalogue_user u WHERE u.id = ANY (r) AND u.agency_id = ANY (a))) THEN
    RAISE EXCEPTION 'nobody could see this record' USING ERRCODE = 'CA001';
  END IF;
  SELECT id INTO found FROM catalogue_audience
   WHERE level = of_level AND agencies IS NOT DISTINCT FROM a AND readers IS NOT DISTINCT FROM r;
  IF found IS NULL THEN
    INSERT INTO catalogue_audience (level, agencies, readers) VALUES (of_level, a, r)
    ON CONFLICT DO NOTHING RETURNING id INTO found;
    IF found IS NULL THEN  -- made by another transaction between the two statements
      SELECT id INTO STRICT found FROM catalogue_audience
       WHERE level = of_level AND agencies IS NOT DISTINCT FROM a AND readers IS NOT DISTINCT FROM r;
    END IF;
    PERFORM catalogue_look();
  END IF;
  RETURN found;
END $$;

-- Who may see both: the audience of what is bounded by two records. No reader in common is refused, except where a
-- row follows another's change: an agency narrows its record at once, whatever others have hung on it, and must not
-- learn of it by being refused. What hangs on it is then seen by nobody, until that changes again.
CREATE FUNCTION catalogue_meet(one int, other int, or_nobody boolean DEFAULT false) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  nobody CONSTANT int := 3;
  p catalogue_audience; q catalogue_audience; a int[]; r int[];
BEGIN
  IF one = other OR other = 1 THEN RETURN one; END IF;
  IF one = 1 THEN RETURN other; END IF;
  SELECT * INTO STRICT p FROM catalogue_audience WHERE id = one;
  SELECT * INTO STRICT q FROM catalogue_audience WHERE id = other;
  a := CASE WHEN p.agencies IS NULL THEN q.agencies WHEN q.agencies IS NULL THEN p.agencies
            ELSE ARRAY(SELECT unnest(p.agencies) INTERSECT SELECT unnest(q.agencies)) END;
  r := CASE WHEN p.readers IS NULL THEN q.readers WHEN q.readers IS NULL THEN p.readers
            ELSE ARRAY(SELECT unnest(p.readers) INTERSECT SELECT unnest(q.readers)) END;
  IF or_nobody AND (a = '{}' OR r = '{}' OR (a IS NOT NULL AND r IS NOT NULL AND NOT EXISTS (
       SELECT FROM catalogue_user u WHERE u.id = ANY (r) AND u.agency_id = ANY (a)))) THEN
    RETURN nobody;
  END IF;
  RETURN catalogue_audience(greatest(p.level, q.level), a, r);
END $$;

-- Opens the door for a signed-in user, or for nobody (NULL). Answers who that is; no row when the
-- account is closed. The settings end with the transaction.
CREATE FUNCTION catalogue_enter(
  who int, upto int, OUT user_id int, OUT agency_id int, OUT role text, OUT ceiling int
) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT u.id, u.agency_id, u.role, upto INTO user_id, agency_id, role, ceiling
    FROM catalogue_user u WHERE u.id = who AND u.is_active;
  IF user_id IS NULL THEN ceiling := 0; END IF;
  PERFORM set_config('app.user', coalesce(user_id::text, ''), true),
          set_config('app.agency', coalesce(agency_id::text, ''), true),
          set_config('app.ceiling', ceiling::text, true),
          set_config('app.writer', CASE WHEN role IN ('analyst', 'curator') THEN agency_id::text ELSE '' END, true),
          set_config('app.keeper', CASE WHEN role = 'administrator' THEN agency_id::text ELSE '' END, true);
  PERFORM catalogue_look();
  IF user_id IS NOT NULL THEN RETURN NEXT; END IF;
END $$;

-- The same for a key, by the SHA-256 of its text: it must exist, run, and belong to an open account.
CREATE FUNCTION catalogue_enter_key(
  of_digest bytea, OUT user_id int, OUT agency_id int, OUT role text, OUT ceiling int
) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  k record;
BEGIN
  SELECT a.id, a.user_id, a.ceiling, a.last_used_at INTO k FROM catalogue_apikey a
   WHERE a.digest = of_digest AND a.revoked_at IS NULL AND a.expires_at > now();
  IF NOT FOUND THEN RETURN; END IF;
  -- Once an hour is enough to see which keys are in use, and keeps reading from writing.
  IF k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 hour' THEN
    UPDATE catalogue_apikey SET last_used_at = now() WHERE id = k.id;
  END IF;
  RETURN QUERY SELECT * FROM catalogue_enter(k.user_id::int, k.ceiling::int);
END $$;
REVOKE ALL ON FUNCTION catalogue_enter_key(bytea) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_enter_key(bytea) TO catalogue_app;

-- People outside their agency: examiner code and agency, nothing else.
CREATE FUNCTION catalogue_examiner(who int) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.code || '-' || u.examiner FROM catalogue_user u JOIN catalogue_agency a ON a.id = u.agency_id WHERE u.id = who
$$;
