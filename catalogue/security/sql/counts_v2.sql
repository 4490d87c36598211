-- Counts also what is undated or was made before the invasion: of these no control decides the class.
-- Under what one component counts: for all, its maker and its system, each facet with its value. What has none is not
-- counted. The maker's country, the kind of system and the CHPL tier follow from values here when they are read.
CREATE OR REPLACE FUNCTION catalogue_facets(
  c catalogue_component, of_system uuid, recovered_from date, recovered_to date, of_hs text, of_source uuid
) RETURNS TABLE (scope text, record uuid, facet text, value text)
LANGUAGE sql STABLE AS $$
  SELECT s.scope, s.record, f.facet, f.value
    FROM (VALUES ('all', '00000000-0000-0000-0000-000000000000'::uuid), ('maker', c.manufacturer_id), ('system', of_system)) s (scope, record)
    CROSS JOIN (VALUES
      ('system', of_system::text), ('manufacturer', c.manufacturer_id::text), ('kind', c.kind),
      ('marking_state', c.marking_state), ('category', c.category_id), ('marked_country', c.marked_country_id),
      ('grade', c.grade), ('authenticity', c.authenticity), ('confidence', c.confidence), ('hs', of_hs),
      ('source', of_source::text), ('made_year', catalogue_year(c.made_from, c.made_to)::text),
      ('recovery_year', catalogue_year(recovered_from, recovered_to)::text),
      ('dated', CASE WHEN c.made_from IS NULL AND c.made_to IS NULL THEN 'undated'
                     WHEN c.made_to < '2022-02-24' THEN 'before-invasion' END)) f (facet, value)
   WHERE s.record IS NOT NULL AND f.value <> ''
$$;