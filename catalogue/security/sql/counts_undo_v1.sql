-- Takes back counts_v1.sql, but for what goes with its table.
DROP TRIGGER catalogue_count_added ON catalogue_component;
DROP TRIGGER catalogue_count_changed ON catalogue_component;
DROP TRIGGER catalogue_count_moved ON catalogue_specimen;
DROP TRIGGER catalogue_count_coded ON catalogue_part;
DROP FUNCTION catalogue_count_added();
DROP FUNCTION catalogue_count_changed();
DROP FUNCTION catalogue_count_moved();
DROP FUNCTION catalogue_count_coded();
DROP FUNCTION catalogue_count_again();
DROP FUNCTION catalogue_count_settled();
DROP FUNCTION catalogue_count_hold(uuid[]);
DROP FUNCTION catalogue_facets(catalogue_component, uuid, date, date, text, uuid);
DROP FUNCTION catalogue_year(date, date);
DROP POLICY reading ON catalogue_componentcount;
REVOKE SELECT ON catalogue_componentcount FROM catalogue_app;
