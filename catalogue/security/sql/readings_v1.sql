-- The upright box around a region's points; null for points that are none.
CREATE FUNCTION catalogue_surrounds(points jsonb) RETURNS box
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN jsonb_typeof(points) = 'array' THEN (
    SELECT box(point(min((at ->> 0)::float), min((at ->> 1)::float)), point(max((at ->> 0)::float), max((at ->> 1)::float)))
      FROM jsonb_array_elements(points) at) END
$$;

-- Whether a mask touches a region, be the mask hidden from the reader or not. What cannot be told counts as masked.
CREATE FUNCTION catalogue_masked(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM catalogue_photoregion r WHERE r.id = which
           AND r.audience_id = ANY ((SELECT nullif(current_setting('app.audiences', true), '')::int[])::int[]))
    OR EXISTS (SELECT FROM catalogue_photoregion r JOIN catalogue_photoregion m ON m.photo_id = r.photo_id
        WHERE r.id = which AND m.purpose = 'mask' AND m.voided_at IS NULL
          AND coalesce(catalogue_surrounds(r.points) && catalogue_surrounds(m.points), true))
$$;
REVOKE ALL ON FUNCTION catalogue_masked(uuid) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_masked(uuid) TO catalogue_app;

-- A reading is taken off the original. What lies under a mask other agencies are not shown, hence not its words either,
-- from the moment the mask is drawn; that binds the history of a reading too, which asks whether the reading is seen.
CREATE POLICY unmasked ON catalogue_regionreading AS RESTRICTIVE FOR SELECT TO catalogue_app
  USING (owner_id = (SELECT nullif(current_setting('app.agency', true), '')::int) OR NOT catalogue_masked(region_id));
