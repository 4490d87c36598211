DROP POLICY unmasked ON catalogue_regionreading;
DROP FUNCTION catalogue_masked(uuid);
DROP FUNCTION catalogue_surrounds(jsonb);
