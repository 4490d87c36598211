-- Pairs of organisations that bear the same number of a register or the same name, or names of one country that are close.
-- The placeholder says that a record stands for itself. Names are compared by their keys of three letters and more.
WITH firms AS (
  SELECT a.id, a.name, a.key, a.country_id, a.owner_id FROM catalogue_organisation a WHERE a.voided_at IS NULL AND {a}
), named AS (
  SELECT id, key, name AS text FROM firms WHERE length(key) > 2
  UNION
  SELECT n.organisation_id, n.key, n.text FROM catalogue_organisationname n JOIN firms f ON f.id = n.organisation_id
   WHERE n.voided_at IS NULL AND length(n.key) > 2
), pairs AS (
  SELECT i.organisation_id AS one, j.organisation_id AS other, 'identifier' AS code, i.scheme_id || ' ' || i.value AS agrees
    FROM catalogue_organisationidentifier i
    JOIN catalogue_organisationidentifier j
      ON j.scheme_id = i.scheme_id AND j.key = i.key AND j.organisation_id > i.organisation_id AND j.key <> ''
     AND coalesce(i.country_id, '') = coalesce(j.country_id, '')
   WHERE i.voided_at IS NULL AND j.voided_at IS NULL
  UNION ALL
  SELECT m.id, n.id, 'name', n.text FROM named m JOIN named n ON n.key = m.key AND n.id > m.id
  UNION ALL
  SELECT f.id, g.id, 'close', f.name || ' – ' || g.name
    FROM firms f
    JOIN firms g ON g.country_id = f.country_id AND left(g.key, 4) = left(f.key, 4) AND g.id > f.id AND g.key <> f.key
   WHERE length(f.key) > 5 AND similarity(f.key, g.key) > 0.6
)
SELECT p.one, p.other, p.code, p.agrees
  FROM pairs p
  JOIN firms f ON f.id = p.one
  JOIN firms g ON g.id = p.other
 WHERE %(agency)s IN (f.owner_id, g.owner_id)
   AND NOT EXISTS (SELECT FROM catalogue_apart x WHERE x.organisation_id = p.one AND x.other_organisation_id = p.other
                      AND x.owner_id = %(agency)s AND x.voided_at IS NULL)
 ORDER BY p.code DESC, p.one DESC
 LIMIT %(most)s
