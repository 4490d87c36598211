-- What the application's role may touch beyond the handled tables. Lists, because "ALL TABLES" would grant
-- too much.
GRANT USAGE ON SCHEMA public TO catalogue_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO catalogue_app;
GRANT SELECT ON catalogue_installation, catalogue_hscode, catalogue_chpltier, django_migrations,
  django_content_type TO catalogue_app;
GRANT INSERT, UPDATE ON catalogue_hscode, catalogue_chpltier TO catalogue_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO catalogue_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
  procrastinate_workers TO catalogue_app;

-- Audiences: a reader knows those that include the reader. Rows are made by catalogue_audience() alone.
CREATE POLICY reading ON catalogue_audience FOR SELECT TO catalogue_app
  USING (id = ANY ((SELECT nullif(current_setting('app.audiences', true), '')::int[])::int[]));
GRANT SELECT ON catalogue_audience TO catalogue_app;

-- Agencies are named on the records they own; an administrator changes the own one.
CREATE POLICY reading ON catalogue_agency FOR SELECT TO catalogue_app USING (true);
CREATE POLICY changing ON catalogue_agency FOR UPDATE TO catalogue_app
  USING (id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
GRANT SELECT, UPDATE ON catalogue_agency TO catalogue_app;

-- People are seen within their agency, and by the sign-in door while it looks one up.
CREATE POLICY reading ON catalogue_user FOR SELECT TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.agency', true), '')::int)
         OR (SELECT current_setting('app.gate', true)) = 'open');
CREATE POLICY entering ON catalogue_user FOR UPDATE TO catalogue_app
  USING ((SELECT current_setting('app.gate', true)) = 'open'
         OR agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
CREATE POLICY adding ON catalogue_user FOR INSERT TO catalogue_app
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
GRANT SELECT, INSERT, UPDATE ON catalogue_user TO catalogue_app;

-- Keys are seen and made by their agency's administrators, and seen by the user they sign in.
CREATE POLICY reading ON catalogue_apikey FOR SELECT TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
CREATE POLICY adding ON catalogue_apikey FOR INSERT TO catalogue_app
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
CREATE POLICY changing ON catalogue_apikey FOR UPDATE TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
GRANT SELECT, INSERT, UPDATE ON catalogue_apikey TO catalogue_app;
