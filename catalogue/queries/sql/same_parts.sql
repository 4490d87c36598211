-- Pairs of parts with the same number, however separated, and makers that are one today or were merged.
-- The placeholder says that a record stands for itself.
WITH numbered AS (
  SELECT a.id, a.key, a.number AS text, a.manufacturer_id, a.owner_id
    FROM catalogue_part a WHERE a.voided_at IS NULL AND {a} AND length(a.key) > 2
  UNION
  SELECT a.id, n.key, n.text, a.manufacturer_id, a.owner_id
    FROM catalogue_partnumber n JOIN catalogue_part a ON a.id = n.part_id
   WHERE n.voided_at IS NULL AND n.kind IN ('mpn', 'orderable', 'former') AND a.voided_at IS NULL AND {a}
     AND length(n.key) > 2
), owned AS MATERIALIZED (
  SELECT organisation_id, owner_id FROM catalogue_owned WHERE from_day <= %(day)s AND %(day)s < to_day
)
SELECT m.id, n.id, 'number', n.text
  FROM numbered m
  JOIN numbered n ON n.key = m.key AND n.id > m.id
  LEFT JOIN owned o ON o.organisation_id = m.manufacturer_id
  LEFT JOIN owned p ON p.organisation_id = n.manufacturer_id
 WHERE coalesce(o.owner_id, m.manufacturer_id) = coalesce(p.owner_id, n.manufacturer_id)
   AND %(agency)s IN (m.owner_id, n.owner_id)
   AND NOT EXISTS (SELECT FROM catalogue_apart x WHERE x.part_id = m.id AND x.other_part_id = n.id
                      AND x.owner_id = %(agency)s AND x.voided_at IS NULL)
 ORDER BY m.id DESC
 LIMIT %(most)s
