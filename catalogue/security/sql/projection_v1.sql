-- Component.manufacturer and .part project the accepted identification of the component's own agency, and only
-- when every reader of the component may see it, that is, when both have the same audience.
CREATE FUNCTION catalogue_project(components uuid[]) RETURNS void
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
REVOKE ALL ON FUNCTION catalogue_project(uuid[]) FROM public;

-- After every statement on identifications, for all their components at once.
CREATE FUNCTION catalogue_identified() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM catalogue_project(array_agg(DISTINCT component_id)) FROM touched HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_projected_added AFTER INSERT ON catalogue_identification
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION catalogue_identified();
CREATE TRIGGER catalogue_projected_changed AFTER UPDATE ON catalogue_identification
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION catalogue_identified();

-- A component's own audience may have become equal to its identification's without touching that.
CREATE FUNCTION catalogue_component_seen_anew() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM catalogue_project(array_agg(n.id)) FROM now_so n JOIN then_so t USING (id)
   WHERE n.audience_id <> t.audience_id HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_seen_anew AFTER UPDATE ON catalogue_component
  REFERENCING OLD TABLE AS then_so NEW TABLE AS now_so
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_component_seen_anew();

-- Nobody else writes the two columns.
CREATE FUNCTION catalogue_projection_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER catalogue_a_projection BEFORE INSERT OR UPDATE OF manufacturer_id, part_id ON catalogue_component
  FOR EACH ROW EXECUTE FUNCTION catalogue_projection_stays();
