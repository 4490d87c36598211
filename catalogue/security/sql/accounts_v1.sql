-- Accounts, their second factors and sessions, and who may do what with them.

-- What the sign-in door counts, shared by all processes: attempts by address and name, one-time codes already used.
CREATE UNLOGGED TABLE catalogue_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX catalogue_cache_expires ON catalogue_cache (expires);
GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue_cache TO catalogue_app;

-- Whether the session's administrator is of the agency that runs this installation.
CREATE FUNCTION catalogue_at_home() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM catalogue_agency
                  WHERE is_home AND id = nullif(current_setting('app.keeper', true), '')::int)
$$;

-- An agency in which nobody has signed in yet is looked after by the home agency's administrators.
CREATE FUNCTION catalogue_unattended(which int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM catalogue_user WHERE agency_id = which AND NOT is_service AND last_login IS NOT NULL)
$$;
REVOKE ALL ON FUNCTION catalogue_unattended(int) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_unattended(int) TO catalogue_app;

-- As before; and whoever looks around is no longer on the way in (app.entering is set by the sign-in door).
CREATE OR REPLACE FUNCTION catalogue_enter(
  who int, upto int, OUT user_id int, OUT agency_id int, OUT role text, OUT ceiling int
) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT u.id, u.agency_id, u.role, upto INTO user_id, agency_id, role, ceiling
    FROM catalogue_user u WHERE u.id = who AND u.is_active;
  IF user_id IS NULL THEN ceiling := 0; END IF;
  PERFORM set_config('app.user', coalesce(user_id::text, ''), true),
          set_config('app.entering', '', true),
          set_config('app.agency', coalesce(agency_id::text, ''), true),
          set_config('app.ceiling', ceiling::text, true),
          set_config('app.writer', CASE WHEN role IN ('analyst', 'curator') THEN agency_id::text ELSE '' END, true),
          set_config('app.keeper', CASE WHEN role = 'administrator' THEN agency_id::text ELSE '' END, true);
  PERFORM catalogue_look();
  IF user_id IS NOT NULL THEN RETURN NEXT; END IF;
END $$;

-- Agencies are added by the home agency's administrators.
CREATE POLICY adding ON catalogue_agency FOR INSERT TO catalogue_app
  WITH CHECK (NOT is_home AND (SELECT catalogue_at_home()));
DROP POLICY changing ON catalogue_agency;
CREATE POLICY changing ON catalogue_agency FOR UPDATE TO catalogue_app
  USING (id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR ((SELECT catalogue_at_home()) AND catalogue_unattended(id)));
GRANT INSERT ON catalogue_agency TO catalogue_app;

-- People are seen within their agency, by the sign-in door while it looks one up, and by themselves while they sign in.
DROP POLICY reading ON catalogue_user;
CREATE POLICY reading ON catalogue_user FOR SELECT TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.agency', true), '')::int)
         OR id = (SELECT nullif(current_setting('app.entering', true), '')::int)
         OR (SELECT current_setting('app.gate', true)) = 'open'
         OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));
DROP POLICY entering ON catalogue_user;
CREATE POLICY entering ON catalogue_user FOR UPDATE TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR id IN ((SELECT nullif(current_setting('app.user', true), '')::int),
                   (SELECT nullif(current_setting('app.entering', true), '')::int))
         OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));
DROP POLICY adding ON catalogue_user;
CREATE POLICY adding ON catalogue_user FOR INSERT TO catalogue_app
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
              OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));

-- One changes one's own name and password; who one is and what one may do is the administrators' to say.
CREATE FUNCTION catalogue_user_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'catalogue_app' AND (
    NEW.factors IS DISTINCT FROM OLD.factors
    OR ROW(NEW.id, NEW.username, NEW.examiner, NEW.is_service)
       IS DISTINCT FROM ROW(OLD.id, OLD.username, OLD.examiner, OLD.is_service)
    OR (ROW(NEW.agency_id, NEW.role, NEW.is_active, NEW.needs_second_factor)
          IS DISTINCT FROM ROW(OLD.agency_id, OLD.role, OLD.is_active, OLD.needs_second_factor)
        AND NOT coalesce(OLD.agency_id = nullif(current_setting('app.keeper', true), '')::int
                         OR (catalogue_at_home() AND catalogue_unattended(OLD.agency_id)), false))) THEN
    RAISE EXCEPTION 'an account is changed by its administrators' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER catalogue_stays BEFORE UPDATE ON catalogue_user
  FOR EACH ROW EXECUTE FUNCTION catalogue_user_stays();

-- Keys are seen, made and revoked by their agency's administrators and by the person they act as.
DROP POLICY reading ON catalogue_apikey;
CREATE POLICY reading ON catalogue_apikey FOR SELECT TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR user_id = (SELECT nullif(current_setting('app.user', true), '')::int)
         OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));
DROP POLICY adding ON catalogue_apikey;
CREATE POLICY adding ON catalogue_apikey FOR INSERT TO catalogue_app
  WITH CHECK (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
              OR (user_id = (SELECT nullif(current_setting('app.user', true), '')::int)
                  AND agency_id = (SELECT nullif(current_setting('app.agency', true), '')::int))
              OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));
DROP POLICY changing ON catalogue_apikey;
CREATE POLICY changing ON catalogue_apikey FOR UPDATE TO catalogue_app
  USING (agency_id = (SELECT nullif(current_setting('app.keeper', true), '')::int)
         OR user_id = (SELECT nullif(current_setting('app.user', true), '')::int)
         OR ((SELECT catalogue_at_home()) AND catalogue_unattended(agency_id)));

-- Second factors and sessions are nobody's but the person's, signed in or on the way.
CREATE POLICY own ON mfa_authenticator TO catalogue_app
  USING (user_id IN ((SELECT nullif(current_setting('app.user', true), '')::int),
                     (SELECT nullif(current_setting('app.entering', true), '')::int)));
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO catalogue_app;
CREATE POLICY own ON usersessions_usersession TO catalogue_app
  USING (user_id IN ((SELECT nullif(current_setting('app.user', true), '')::int),
                     (SELECT nullif(current_setting('app.entering', true), '')::int)));
GRANT SELECT, INSERT, UPDATE, DELETE ON usersessions_usersession TO catalogue_app;

-- The library asks for addresses of mail; there are none.
CREATE POLICY own ON account_emailaddress FOR SELECT TO catalogue_app
  USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::int));
GRANT SELECT ON account_emailaddress TO catalogue_app;

-- Which kinds of second factors a person has stands in the account, where administrators see it and history keeps it.
CREATE FUNCTION catalogue_count_factors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE who int := CASE TG_OP WHEN 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
  UPDATE catalogue_user SET factors = ARRAY(
    SELECT type::text FROM mfa_authenticator WHERE user_id = who ORDER BY type, id) WHERE id = who;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_factors AFTER INSERT OR DELETE ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION catalogue_count_factors();

-- An administrator takes all second factors off a person of the agency, and learns nothing of them.
CREATE FUNCTION catalogue_forget_factors(who int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM mfa_authenticator f USING catalogue_user u
   WHERE f.user_id = who AND u.id = who AND u.agency_id = nullif(current_setting('app.keeper', true), '')::int
$$;
REVOKE ALL ON FUNCTION catalogue_forget_factors(int) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_forget_factors(int) TO catalogue_app;
