-- The interned audience as it was while one that another transaction had made stayed unseen.
CREATE OR REPLACE FUNCTION catalogue_audience(of_level int, of_agencies int[], of_readers int[]) RETURNS int
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
