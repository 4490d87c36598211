-- Component.manufacturer and .part project the accepted identification of the component's own agency, and only
-- when every reader of the component may see it, that is, when both have the same audience. Several are accepted
-- when one was hidden from the other's author; the one recorded last stands.
CREATE OR REPLACE FUNCTION catalogue_project(components uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  -- LATERAL with LIMIT, so that each component looks up its own identification by index. A plain join may be
  -- planned for the table as it was before a large import, and then compares everything with everything. For
  -- the same reason it is not ordered by id alone: the planner would walk that index.
  UPDATE catalogue_component c SET manufacturer_id = seen.manufacturer_id, part_id = seen.part_id
  FROM unnest(components) AS touched (id)
  LEFT JOIN LATERAL (
    SELECT i.manufacturer_id, i.part_id
      FROM catalogue_identification i JOIN catalogue_component own ON own.id = i.component_id
     WHERE i.component_id = touched.id AND i.owner_id = own.owner_id AND i.audience_id = own.audience_id
       AND i.state = 'accepted' AND i.voided_at IS NULL
     ORDER BY i.created_at DESC, i.id DESC
     LIMIT 1) seen ON true
  WHERE c.id = touched.id
    AND (c.manufacturer_id, c.part_id) IS DISTINCT FROM (seen.manufacturer_id, seen.part_id)
$$;

-- Nobody else writes the two columns.
CREATE OR REPLACE FUNCTION catalogue_projection_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    NEW.manufacturer_id := NULL;
    NEW.part_id := NULL;
  ELSE
    NEW.manufacturer_id := OLD.manufacturer_id;
    NEW.part_id := OLD.part_id;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER catalogue_a_projection ON catalogue_component;
CREATE TRIGGER catalogue_a_projection BEFORE INSERT OR UPDATE OF manufacturer_id, part_id ON catalogue_component
  FOR EACH ROW EXECUTE FUNCTION catalogue_projection_stays();
