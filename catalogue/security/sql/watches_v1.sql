-- Who watches which search, and when they last looked, is seen and written by that person alone, whatever their role.
CREATE POLICY reading ON catalogue_watch FOR SELECT TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY adding ON catalogue_watch FOR INSERT TO catalogue_app
  WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY changing ON catalogue_watch FOR UPDATE TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int))
  WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY removing ON catalogue_watch FOR DELETE TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_watch TO catalogue_app;
