-- Organisations with everything they have acquired, own, or continue under a new name, at any remove, as far as
-- the reader sees the relations. In a succession the subject is the earlier firm ("Maxim was acquired by Analog
-- Devices"); in owning, branches and brands it is the one above.
WITH RECURSIVE members AS (
  SELECT unnest(%s::uuid[]) AS id
  UNION
  SELECT CASE WHEN r.object_id = m.id THEN r.subject_id ELSE r.object_id END
    FROM members m
    JOIN catalogue_organisationrelation r
      ON (r.object_id = m.id AND r.kind_id IN ('acquired', 'merged', 'renamed', 'succeeded'))
      OR (r.subject_id = m.id AND r.kind_id IN ('owns', 'branch', 'brand'))
   WHERE r.voided_at IS NULL
)
SELECT id FROM members
