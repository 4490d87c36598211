-- The projection as it was while one identification was accepted per component and agency.
CREATE OR REPLACE FUNCTION catalogue_project(components uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- LATERAL with LIMIT, so that each component looks up its own identification by index. A plain join may be
  -- planned for the table as it was before a large import, and then compares everything with everything.
  UPDATE catalogue_component c SET manufacturer_id = seen.manufacturer_id, part_id = seen.part_id
  FROM unnest(components) AS touched (id)
  LEFT JOIN LATERAL (
    SELECT i.manufacturer_id, i.part_id
      FROM catalogue_identification i JOIN catalogue_component own ON own.id = i.component_id
     WHERE i.component_id = touched.id AND i.owner_id = own.owner_id AND i.audience_id = own.audience_id
       AND i.state = 'accepted' AND i.voided_at IS NULL
     LIMIT 1) seen ON true
  WHERE c.id = touched.id
    AND (c.manufacturer_id, c.part_id) IS DISTINCT FROM (seen.manufacturer_id, seen.part_id)
$$;
