-- Open to everybody again, as PostgreSQL makes functions; catalogue_enter_key was closed before.
GRANT EXECUTE ON FUNCTION catalogue_look(), catalogue_meet(int, int, boolean), catalogue_audience(int, int[], int[]),
  catalogue_enter(int, int), catalogue_examiner(int), catalogue_erase(uuid), catalogue_bytes_in_use(text) TO public;
REVOKE EXECUTE ON FUNCTION catalogue_audience(int, int[], int[]), catalogue_enter(int, int), catalogue_examiner(int),
  catalogue_erase(uuid), catalogue_bytes_in_use(text) FROM catalogue_app;
