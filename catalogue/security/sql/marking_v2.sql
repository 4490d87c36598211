-- A marking is an observation: once read it is not altered. A wrong one is voided and recorded anew. That of a component
-- which a published record reports is a quotation, and follows the text that it quotes.
DROP TRIGGER catalogue_marking ON catalogue_component;
CREATE TRIGGER catalogue_marking BEFORE UPDATE OF marking ON catalogue_component
  FOR EACH ROW WHEN (OLD.marking <> '' AND NEW.marking IS DISTINCT FROM OLD.marking
    AND NOT (OLD.basis = 'reported' AND NEW.published_text IS DISTINCT FROM OLD.published_text)
    AND coalesce(current_setting('app.erasing', true), '') = '')
  EXECUTE FUNCTION catalogue_marking_stays();
