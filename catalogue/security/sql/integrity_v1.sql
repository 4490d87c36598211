-- Rules that span rows and tables, so that no way of writing can break them.

CREATE FUNCTION catalogue_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history of % can be added to, not removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- A part is never of a different maker than the component or identification that names it.
ALTER TABLE catalogue_component ADD CONSTRAINT component_part_of_its_maker
  FOREIGN KEY (part_id, manufacturer_id) REFERENCES catalogue_part (id, manufacturer_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalogue_identification ADD CONSTRAINT identification_part_of_its_maker
  FOREIGN KEY (part_id, manufacturer_id) REFERENCES catalogue_part (id, manufacturer_id) DEFERRABLE INITIALLY DEFERRED;

-- A component's parent, photographs and custody are of the same specimen.
ALTER TABLE catalogue_component ADD CONSTRAINT component_of_its_specimen UNIQUE (id, specimen_id);
ALTER TABLE catalogue_component ADD CONSTRAINT component_parent_of_same_specimen
  FOREIGN KEY (parent_id, specimen_id) REFERENCES catalogue_component (id, specimen_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalogue_photo ADD CONSTRAINT photo_component_of_same_specimen
  FOREIGN KEY (component_id, specimen_id) REFERENCES catalogue_component (id, specimen_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE catalogue_custodyevent ADD CONSTRAINT custodyevent_component_of_same_specimen
  FOREIGN KEY (component_id, specimen_id) REFERENCES catalogue_component (id, specimen_id) DEFERRABLE INITIALLY DEFERRED;

-- Components form a tree.
CREATE FUNCTION catalogue_component_tree() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Moves within one specimen wait for each other: two at once could close a ring that neither sees.
  PERFORM FROM catalogue_specimen WHERE id = NEW.specimen_id FOR UPDATE;
  IF EXISTS (
    WITH RECURSIVE up AS (
      SELECT id, parent_id FROM catalogue_component WHERE id = NEW.parent_id
      UNION SELECT c.id, c.parent_id FROM catalogue_component c JOIN up ON c.id = up.parent_id)
    SELECT FROM up WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'a component cannot lie inside itself' USING ERRCODE = 'CA003';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_tree AFTER UPDATE OF parent_id ON catalogue_component
  FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL AND OLD.parent_id IS DISTINCT FROM NEW.parent_id)
  EXECUTE FUNCTION catalogue_component_tree();

-- Identifiers of one piece only where the row is one piece.
CREATE FUNCTION catalogue_identifier_of_one() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM catalogue_component WHERE id = NEW.component_id AND quantity = 1 FOR SHARE;
  IF NOT FOUND AND NEW.voided_at IS NULL THEN
    RAISE EXCEPTION 'serial numbers need a component of quantity 1' USING ERRCODE = 'CA004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_of_one AFTER INSERT OR UPDATE OF component_id, voided_at ON catalogue_componentidentifier
  FOR EACH ROW EXECUTE FUNCTION catalogue_identifier_of_one();
CREATE FUNCTION catalogue_quantity_with_identifiers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM catalogue_componentidentifier WHERE component_id = NEW.id AND voided_at IS NULL) THEN
    RAISE EXCEPTION 'serial numbers need a component of quantity 1' USING ERRCODE = 'CA004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_quantity AFTER UPDATE OF quantity ON catalogue_component
  FOR EACH ROW WHEN (NEW.quantity IS DISTINCT FROM 1 AND OLD.quantity IS DISTINCT FROM NEW.quantity)
  EXECUTE FUNCTION catalogue_quantity_with_identifiers();

-- A marking is an observation: once read it is not altered. A wrong one is voided and recorded anew.
CREATE FUNCTION catalogue_marking_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a marking is never altered' USING ERRCODE = 'CA005';
END $$;
CREATE TRIGGER catalogue_marking BEFORE UPDATE OF marking ON catalogue_component
  FOR EACH ROW WHEN (OLD.marking <> '' AND NEW.marking IS DISTINCT FROM OLD.marking
    AND coalesce(current_setting('app.erasing', true), '') = '')
  EXECUTE FUNCTION catalogue_marking_stays();

-- Custody is a chain that can only grow.
CREATE FUNCTION catalogue_custody_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'custody is added to, never altered' USING ERRCODE = 'CA006';
END $$;
CREATE TRIGGER catalogue_custody BEFORE UPDATE OF kind, happened_at, zone, giver, receiver, place, seals, purpose,
  specimen_id, component_id ON catalogue_custodyevent
  FOR EACH ROW WHEN (coalesce(current_setting('app.erasing', true), '') = '')
  EXECUTE FUNCTION catalogue_custody_stays();
