-- As roles_v1.sql had it.
DROP TRIGGER catalogue_factors ON mfa_authenticator;
DROP TRIGGER catalogue_stays ON catalogue_user;
DROP FUNCTION catalogue_forget_factors(int);
DROP FUNCTION catalogue_count_factors();
DROP FUNCTION catalogue_user_stays();
DROP TABLE catalogue_cache;

DROP POLICY own ON account_emailaddress;
DROP POLICY own ON usersessions_usersession;
DROP POLICY own ON mfa_authenticator;
DROP POLICY keeping ON account_emailaddress;
DROP POLICY keeping ON usersessions_usersession;
DROP POLICY keeping ON mfa_authenticator;
ALTER TABLE account_emailaddress NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE usersessions_usersession NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE mfa_authenticator NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON account_emailaddress, usersessions_usersession, mfa_authenticator FROM catalogue_app;

REVOKE INSERT ON catalogue_agency FROM catalogue_app;
DROP POLICY adding ON catalogue_agency;
ALTER POLICY changing ON catalogue_agency
  USING (id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
ALTER POLICY reading ON catalogue_user
  USING (agency_id = (SELECT nullif(current_setting('app.agency', true), '')::int)
         OR (SELECT current_setting('app.gate', true)) = 'open');
ALTER POLICY entering ON catalogue_user
  USING ((SELECT current_setting('app.gate', true)) = 'open'
         OR agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
ALTER POLICY adding ON catalogue_user
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
ALTER POLICY reading ON catalogue_apikey
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
ALTER POLICY adding ON catalogue_apikey
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
ALTER POLICY changing ON catalogue_apikey
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int));
DROP FUNCTION catalogue_unattended(int);
DROP FUNCTION catalogue_at_home();

-- As audiences_v1.sql had it.
CREATE OR REPLACE FUNCTION catalogue_enter(
  who int, upto int, OUT user_id int, OUT agency_id int, OUT role text, OUT ceiling int
) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT u.id, u.agency_id, u.role, upto INTO user_id, agency_id, role, ceiling
    FROM catalogue_user u WHERE u.id = who AND u.is_active;
  IF user_id IS NULL THEN ceiling := 0; END IF;
  PERFORM set_config('app.user', coalesce(user_id::text, ''), true),
          set_config('app.agency', coalesce(agency_id::text, ''), true),
          set_config('app.ceiling', ceiling::text, true),
          set_config('app.writer', CASE WHEN role IN ('analyst', 'curator') THEN agency_id::text ELSE '' END, true),
          set_config('app.keeper', CASE WHEN role = 'administrator' THEN agency_id::text ELSE '' END, true);
  PERFORM catalogue_look();
  IF user_id IS NOT NULL THEN RETURN NEXT; END IF;
END $$;
