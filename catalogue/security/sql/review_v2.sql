-- Reviewed evidence changes only by an amendment: a change whose reason stands in its history. It is enforced once a
-- statement, over its rows; the argument joins these (`f`) with the specimen (`s`) they belong to.
CREATE OR REPLACE FUNCTION catalogue_reviewed_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  -- Handling is no evidence; a component's maker, part and confidence follow an opinion.
  unsaid CONSTANT text[] := '{version,declared_id,audience_id,updated_at,manufacturer_id,part_id,confidence}';
  altered text := CASE TG_OP WHEN 'UPDATE' THEN
    'AND EXISTS (SELECT FROM stale o WHERE o.id = f.id AND to_jsonb(o) - $1 <> to_jsonb(f) - $1)' ELSE '' END;
  found boolean;
BEGIN
  IF coalesce(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'reason', '') <> ''
     OR coalesce(current_setting('app.erasing', true), '') <> '' THEN
    RETURN NULL;
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT FROM fresh f %s WHERE s.review = ''reviewed'' %s)', TG_ARGV[0], altered)
    INTO found USING unsaid;
  IF found THEN
    RAISE EXCEPTION 'reviewed evidence changes only with a reason' USING ERRCODE = 'CA009';
  END IF;
  RETURN NULL;
END $$;
