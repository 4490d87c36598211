-- Searches and collections that anybody with an account keeps for itself alone, beside what its agency's writers keep.

-- Whether the reader alone sees what has this audience. Volatile: a row's audience may be made by the statement that
-- writes the row, of which a stable function would see nothing.
CREATE FUNCTION catalogue_for_me_alone(which int) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM catalogue_audience
                  WHERE id = which AND readers = ARRAY[nullif(current_setting('app.user', true), '')::int])
$$;
REVOKE ALL ON FUNCTION catalogue_for_me_alone(int) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_for_me_alone(int) TO catalogue_app;

CREATE POLICY adding_alone ON catalogue_savedsearch FOR INSERT TO catalogue_app
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));
CREATE POLICY changing_alone ON catalogue_savedsearch FOR UPDATE TO catalogue_app
  USING (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id))
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));

CREATE POLICY adding_alone ON catalogue_collection FOR INSERT TO catalogue_app
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));
CREATE POLICY changing_alone ON catalogue_collection FOR UPDATE TO catalogue_app
  USING (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id))
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));

CREATE POLICY adding_alone ON catalogue_collectionitem FOR INSERT TO catalogue_app
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));
CREATE POLICY changing_alone ON catalogue_collectionitem FOR UPDATE TO catalogue_app
  USING (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id))
  WITH CHECK (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) AND catalogue_for_me_alone(audience_id));
