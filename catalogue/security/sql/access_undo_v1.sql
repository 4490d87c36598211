-- Takes the access rule away again; every function and trigger it made is named catalogue_…
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT polname, polrelid::regclass AS t FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
           WHERE c.relname LIKE 'catalogue\_%' LOOP
    EXECUTE format('DROP POLICY %I ON %s', r.polname, r.t);
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', r.t);
  END LOOP;
  FOR r IN SELECT tgname, tgrelid::regclass AS t FROM pg_trigger
           WHERE tgname LIKE 'catalogue\_%' AND NOT tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', r.tgname, r.t);
  END LOOP;
  FOR r IN SELECT oid::regprocedure AS f FROM pg_proc
           WHERE proname LIKE 'catalogue\_%' AND proname <> 'catalogue_key'
             AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', r.f);
  END LOOP;
  FOR r IN SELECT conname, conrelid::regclass AS t FROM pg_constraint
           WHERE conname IN ('component_part_of_its_maker', 'identification_part_of_its_maker',
             'component_parent_of_same_specimen', 'photo_component_of_same_specimen',
             'custodyevent_component_of_same_specimen') LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname);
  END LOOP;
  ALTER TABLE catalogue_component DROP CONSTRAINT IF EXISTS component_of_its_specimen;
END $$;
