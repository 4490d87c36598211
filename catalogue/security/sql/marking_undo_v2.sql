DROP TRIGGER catalogue_marking ON catalogue_component;
CREATE TRIGGER catalogue_marking BEFORE UPDATE OF marking ON catalogue_component
  FOR EACH ROW WHEN (OLD.marking <> '' AND NEW.marking IS DISTINCT FROM OLD.marking
    AND coalesce(current_setting('app.erasing', true), '') = '')
  EXECUTE FUNCTION catalogue_marking_stays();
