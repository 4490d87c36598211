-- What somebody is sending is seen by that person alone, whatever their role; it is no record of the catalogue yet.
CREATE POLICY reading ON catalogue_upload FOR SELECT TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY adding ON catalogue_upload FOR INSERT TO catalogue_app
  WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::int)
    AND agency_id = (SELECT nullif(current_setting('app.writer', true), '')::int));
CREATE POLICY changing ON catalogue_upload FOR UPDATE TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int))
  WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY removing ON catalogue_upload FOR DELETE TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_upload TO catalogue_app;

-- Whether any file that is evidence still stands for these bytes, whoever's it is and whoever may see it.
CREATE FUNCTION catalogue_file_in_use(of_sha256 text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM catalogue_evidencefile f WHERE f.sha256 = of_sha256 AND NOT EXISTS (
    SELECT FROM catalogue_erasure e
     WHERE e.noun = 'evidencefile' AND e.record = f.id AND e.done_at IS NOT NULL AND 'file_name' = ANY (e.columns)))
$$;
REVOKE ALL ON FUNCTION catalogue_file_in_use(text) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_file_in_use(text) TO catalogue_app;

-- A file's component is of the same specimen.
ALTER TABLE catalogue_evidencefile ADD CONSTRAINT evidencefile_component_of_same_specimen
  FOREIGN KEY (component_id, specimen_id) REFERENCES catalogue_component (id, specimen_id) DEFERRABLE INITIALLY DEFERRED;
