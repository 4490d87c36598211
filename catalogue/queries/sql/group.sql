-- Organisations with everything they have acquired or own, at any remove, as far as the reader sees the relations.
-- A relation reads subject → object: Analog Devices acquired Maxim Integrated.
WITH RECURSIVE members AS (
  SELECT unnest(%s::uuid[]) AS id
  UNION
  SELECT r.object_id FROM catalogue_organisationrelation r JOIN members m ON m.id = r.subject_id
   WHERE r.kind_id IN ('acquired', 'owns', 'merged', 'brand', 'branch') AND r.voided_at IS NULL
)
SELECT id FROM members
