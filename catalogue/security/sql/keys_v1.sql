-- The comparison key of a name, number or marking: compatibility forms resolved (Unicode NFKC), capitals,
-- Cyrillic and Greek letters that look like Latin ones folded to them (Unicode UTS #39 confusables),
-- then letters and digits only. It is for finding; what was read is never altered.
-- PL/pgSQL, not SQL: an inlined body would be compared by the planner instead of the stored column.
CREATE OR REPLACE FUNCTION catalogue_key(input text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF input = '' THEN RETURN ''; END IF;
  RETURN regexp_replace(
    translate(upper(normalize(input, NFKC)),
      'АВЕЁКМНОРСТУХІЇЈЅԚԜҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ',
      'ABEEKMHOPCTYXIIJSQWYIABEZHIKMNOPTYX'),
    '[^[:alnum:]]+', '', 'g');
END $$;
