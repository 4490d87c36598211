-- Takes back kept_alone_v1.sql.
DROP POLICY adding_alone ON catalogue_savedsearch;
DROP POLICY changing_alone ON catalogue_savedsearch;
DROP POLICY adding_alone ON catalogue_collection;
DROP POLICY changing_alone ON catalogue_collection;
DROP POLICY adding_alone ON catalogue_collectionitem;
DROP POLICY changing_alone ON catalogue_collectionitem;
DROP FUNCTION catalogue_for_me_alone(int);
