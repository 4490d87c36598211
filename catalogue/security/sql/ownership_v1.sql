-- To whom a maker belonged, day by day, as far as the reader sees the relations (security_invoker: their policies are
-- the reader's). An organisation without a row here has always been its own; one with rows has them for all days, each
-- from `from_day` up to but without `to_day`. `owner_id` is the top of the chain on those days, and never a merged record.
--
-- A change of hands counts from the last day on which it may have happened, an end from the first: what counts as owned
-- is certain. An undated change counts from the day it was recorded; an undated ownership, branch or brand has always
-- been so. Of two owners at a time the later is taken, and whoever holds half or less is none. Selling a line or spinning
-- off a firm says nothing of what the seller made. Firms that own each other in a ring count as the eldest record of it.
-- The first day of all is that of parts without a date: no relation holds yet, merged records alone are one.
CREATE VIEW catalogue_owned WITH (security_invoker = true) AS
WITH RECURSIVE merged AS (
  SELECT o.id, c.id AS into_id, ARRAY[o.id, c.id] AS path
    FROM catalogue_organisation o
    JOIN catalogue_organisation c ON c.id = o.canonical_id AND c.voided_at IS NULL
   WHERE o.canonical_id IS NOT NULL
  UNION ALL
  SELECT m.id, c.id, m.path || c.id
    FROM merged m
    JOIN catalogue_organisation o ON o.id = m.into_id
    JOIN catalogue_organisation c ON c.id = o.canonical_id AND c.voided_at IS NULL
   WHERE NOT c.id = ANY (m.path)
), stands AS (
  SELECT DISTINCT ON (id) id, into_id FROM merged ORDER BY id, cardinality(path) DESC
), related AS (
  SELECT r.id, r.kind_id IN ('owns', 'branch', 'brand') AS downwards, coalesce(s.into_id, r.subject_id) AS subject,
         coalesce(t.into_id, r.object_id) AS object, coalesce(r.since_to, r.since_from) AS since,
         coalesce(r.until_from, r.until_to) AS until, r.created_at
    FROM catalogue_organisationrelation r
    LEFT JOIN stands s ON s.id = r.subject_id
    LEFT JOIN stands t ON t.id = r.object_id
   WHERE r.voided_at IS NULL AND coalesce(r.share, 100) > 50
     AND r.kind_id IN ('acquired', 'merged', 'renamed', 'succeeded', 'owns', 'branch', 'brand')
), changes AS (
  SELECT r.id, e.child, e.parent, coalesce(r.until, DATE '9999-12-31') AS to_day,
         coalesce(r.since, CASE WHEN r.downwards THEN DATE '0001-01-02' ELSE (r.created_at AT TIME ZONE 'UTC')::date END)
           AS from_day
    FROM related r
   CROSS JOIN LATERAL (
     SELECT CASE WHEN r.downwards THEN r.object ELSE r.subject END AS child,
            CASE WHEN r.downwards THEN r.subject ELSE r.object END AS parent
   ) e
    JOIN catalogue_organisation p ON p.id = e.parent AND p.voided_at IS NULL
   WHERE e.child <> e.parent
), days AS (
  SELECT child, from_day AS day FROM changes UNION SELECT child, to_day FROM changes
), pieces AS (
  SELECT child, day AS from_day, lead(day) OVER (PARTITION BY child ORDER BY day) AS to_day FROM days
), parents AS (
  SELECT DISTINCT ON (p.child, p.from_day) p.child, c.parent, p.from_day, p.to_day
    FROM pieces p
    JOIN changes c ON c.child = p.child AND c.from_day <= p.from_day AND p.to_day <= c.to_day
   ORDER BY p.child, p.from_day, c.from_day DESC, c.id DESC
), walk AS (
  SELECT child AS id, parent AS owner_id, from_day, to_day, ARRAY[child, parent] AS path, false AS closed FROM parents
  UNION ALL
  SELECT w.id,
         CASE WHEN n.ring THEN (SELECT x FROM unnest(w.path[array_position(w.path, p.parent):]) x ORDER BY x LIMIT 1)
              ELSE p.parent END,
         greatest(w.from_day, p.from_day), least(w.to_day, p.to_day), w.path || p.parent, n.ring
    FROM walk w
    JOIN parents p ON p.child = w.owner_id AND p.from_day < w.to_day AND w.from_day < p.to_day
   CROSS JOIN LATERAL (SELECT p.parent = ANY (w.path) AS ring) n
   WHERE NOT w.closed
), bounds AS (
  SELECT id, from_day AS day FROM walk UNION SELECT id, to_day FROM walk
  UNION SELECT id, DATE '0001-01-01' FROM walk UNION SELECT id, DATE '9999-12-31' FROM walk
), spans AS (
  SELECT id, day AS from_day, lead(day) OVER (PARTITION BY id ORDER BY day) AS to_day FROM bounds
), tops AS (
  SELECT DISTINCT ON (s.id, s.from_day) s.id, coalesce(w.owner_id, s.id) AS owner_id, s.from_day, s.to_day
    FROM spans s
    LEFT JOIN walk w ON w.id = s.id AND w.from_day <= s.from_day AND s.to_day <= w.to_day
   WHERE s.to_day IS NOT NULL
   ORDER BY s.id, s.from_day, cardinality(w.path) DESC NULLS LAST
)
SELECT id AS organisation_id, owner_id, from_day, to_day FROM tops
UNION ALL
SELECT s.id, coalesce(t.owner_id, s.into_id), coalesce(t.from_day, DATE '0001-01-01'), coalesce(t.to_day, DATE '9999-12-31')
  FROM stands s
  LEFT JOIN tops t ON t.id = s.into_id;

GRANT SELECT ON catalogue_owned TO catalogue_app;
