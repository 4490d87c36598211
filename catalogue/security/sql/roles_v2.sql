-- Functions that run as their owner see past every policy. Nobody may call them but the application's role, and that
-- role only those that its code calls; the rest are steps of these or of triggers.
REVOKE ALL ON FUNCTION catalogue_look(), catalogue_meet(int, int, boolean), catalogue_audience(int, int[], int[]),
  catalogue_enter(int, int), catalogue_examiner(int), catalogue_erase(uuid), catalogue_bytes_in_use(text) FROM public;

-- A record's handling is chosen.
GRANT EXECUTE ON FUNCTION catalogue_audience(int, int[], int[]) TO catalogue_app;
-- A transaction begins with its reader, by account or by key.
GRANT EXECUTE ON FUNCTION catalogue_enter(int, int) TO catalogue_app;
GRANT EXECUTE ON FUNCTION catalogue_enter_key(bytea) TO catalogue_app;
-- People of another agency are shown by their examiner code.
GRANT EXECUTE ON FUNCTION catalogue_examiner(int) TO catalogue_app;
-- A second curator carries out an erasure; a photograph's bytes stay on the shelf while another one stands for them.
GRANT EXECUTE ON FUNCTION catalogue_erase(uuid) TO catalogue_app;
GRANT EXECUTE ON FUNCTION catalogue_bytes_in_use(text) TO catalogue_app;
