-- What of a photograph is masked, as lists of points, for whoever sees the photograph: a mask binds those, too, who may
-- not read the region that it is. Points that are none cover everything.
CREATE FUNCTION catalogue_masks(which uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(CASE WHEN jsonb_typeof(r.points) = 'array' AND jsonb_array_length(r.points) > 1
           THEN r.points ELSE jsonb_build_array(jsonb_build_array(0, 0), jsonb_build_array(p.width, p.height)) END
           ORDER BY r.id), '[]'::jsonb)
  FROM catalogue_photoregion r JOIN catalogue_photo p ON p.id = r.photo_id
  WHERE p.id = which AND r.purpose = 'mask' AND r.voided_at IS NULL
    AND p.audience_id = ANY ((SELECT nullif(current_setting('app.audiences', true), '')::int[])::int[])
$$;
REVOKE ALL ON FUNCTION catalogue_masks(uuid) FROM public;
GRANT EXECUTE ON FUNCTION catalogue_masks(uuid) TO catalogue_app;
