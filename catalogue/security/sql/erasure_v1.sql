-- Carries out an erasure that another curator of the same agency asked for: the named columns of one record, now
-- and in its history, become "[erased]". Nothing else in the catalogue can alter history.
CREATE FUNCTION catalogue_erase(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  e catalogue_erasure;
  me int := nullif(current_setting('app.user', true), '')::int;
  records text; events text; kind text; erased text; the_column text; held boolean;
BEGIN
  SELECT * INTO e FROM catalogue_erasure WHERE id = which AND done_at IS NULL AND voided_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no erasure is waiting under %', which USING ERRCODE = 'CA007';
  END IF;
  IF me IS NULL OR me = e.created_by_id OR (
       SELECT count(*) FROM catalogue_user u
        WHERE u.id IN (me, e.created_by_id) AND u.agency_id = e.owner_id AND u.role = 'curator' AND u.is_active) <> 2 THEN
    RAISE EXCEPTION 'an erasure takes two curators of the agency' USING ERRCODE = 'CA008';
  END IF;
  records := 'catalogue_' || e.noun;
  events := records || 'event';
  IF to_regclass(quote_ident(events)) IS NULL OR e.noun = 'erasure' THEN
    RAISE EXCEPTION 'no records of kind %', e.noun USING ERRCODE = 'CA007';
  END IF;
  EXECUTE format('SELECT true FROM %I WHERE id = $1 AND owner_id = $2 FOR UPDATE', records) INTO held USING e.record, e.owner_id;
  IF held IS NULL THEN
    RAISE EXCEPTION 'no record of the agency under %', e.record USING ERRCODE = 'CA007';
  END IF;
  PERFORM set_config('app.erasing', 'true', true);
  FOREACH the_column IN ARRAY e.columns LOOP
    SELECT data_type INTO kind FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = records AND column_name = the_column AND is_generated = 'NEVER';
    erased := CASE kind WHEN 'text' THEN '[erased]' WHEN 'jsonb' THEN '{"erased": true}' END;
    IF erased IS NULL THEN
      RAISE EXCEPTION 'column % of % holds no text that can be erased', the_column, e.noun USING ERRCODE = 'CA007';
    END IF;
    EXECUTE format('UPDATE %I SET %I = $1::%s WHERE id = $2', records, the_column, kind) USING erased, e.record;
    PERFORM set_config('pgtrigger.ignore', coalesce((
      SELECT array_agg(tgname)::text FROM pg_trigger
       WHERE tgrelid = to_regclass(quote_ident(events)) AND tgname LIKE 'pgtrigger\_append\_only%'), '{}'), true);
    EXECUTE format('UPDATE %I SET %I = $1::%s WHERE pgh_obj_id = $2', events, the_column, kind) USING erased, e.record;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
  END LOOP;
  PERFORM set_config('app.erasing', '', true);
  UPDATE catalogue_erasure SET done_at = now(), done_by_id = me WHERE id = e.id;
END $$;

-- Whether any photograph still stands for these bytes, whoever's it is and whoever may see it.
CREATE FUNCTION catalogue_bytes_in_use(of_sha256 text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM catalogue_photo p WHERE p.sha256 = of_sha256 AND NOT EXISTS (
    SELECT FROM catalogue_erasure e
     WHERE e.noun = 'photo' AND e.record = p.id AND e.done_at IS NOT NULL AND 'file_name' = ANY (e.columns)))
$$;
