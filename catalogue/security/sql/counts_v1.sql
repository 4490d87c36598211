-- How the components in force divide by what lists narrow them by, kept as they change. A row of catalogue_componentcount
-- is one step; the sum of the steps is the count. Each is added in the transaction of the change it belongs to and no row
-- is altered, so that the sum is exact for every reader, and writers neither wait for each other nor block.
CREATE POLICY reading ON catalogue_componentcount FOR SELECT TO catalogue_app
  USING (audience_id = ANY ((SELECT nullif(current_setting('app.audiences', true), '')::int[])::int[]));
GRANT SELECT ON catalogue_componentcount TO catalogue_app;

-- The year in which both days lie.
CREATE FUNCTION catalogue_year(first date, last date) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN extract(year FROM first) = extract(year FROM last) THEN extract(year FROM first)::int END
$$;

-- Under what one component counts: for all, its maker and its system, each facet with its value. What has none is not
-- counted. The maker's country, the kind of system and the CHPL tier follow from values here when they are read.
CREATE FUNCTION catalogue_facets(
  c catalogue_component, of_system uuid, recovered_from date, recovered_to date, of_hs text, of_source uuid
) RETURNS TABLE (scope text, record uuid, facet text, value text)
LANGUAGE sql STABLE AS $$
  SELECT s.scope, s.record, f.facet, f.value
    FROM (VALUES ('all', '00000000-0000-0000-0000-000000000000'::uuid), ('maker', c.manufacturer_id), ('system', of_system)) s (scope, record)
    CROSS JOIN (VALUES
      ('system', of_system::text), ('manufacturer', c.manufacturer_id::text), ('kind', c.kind),
      ('marking_state', c.marking_state), ('category', c.category_id), ('marked_country', c.marked_country_id),
      ('grade', c.grade), ('authenticity', c.authenticity), ('confidence', c.confidence), ('hs', of_hs),
      ('source', of_source::text), ('made_year', catalogue_year(c.made_from, c.made_to)::text),
      ('recovery_year', catalogue_year(recovered_from, recovered_to)::text)) f (facet, value)
   WHERE s.record IS NOT NULL AND f.value <> ''
$$;

-- Waits while somebody moves what these components count under (a specimen's system or date, a part's HS code), and has
-- them wait until this transaction has ended. Sixty-four locks stand for all specimens and parts.
CREATE FUNCTION catalogue_count_hold(records uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(1128351564, h.lock)
     FROM (SELECT DISTINCT hashtext(r::text) & 63 AS lock FROM unnest(records) r WHERE r IS NOT NULL ORDER BY 1) h;
END $$;
REVOKE ALL ON FUNCTION catalogue_count_hold(uuid[]) FROM public;

-- After every statement on components: what it changed of their counts, as one step for each value. Statements within
-- this one count for themselves, hence the rows as they were and are in this statement, and not as they are by now.
CREATE FUNCTION catalogue_count_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM catalogue_count_hold(array_agg(n.specimen_id) || array_agg(n.part_id)) FROM now_so n;
  INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows)
  SELECT n.audience_id, f.scope, f.record, f.facet, f.value, count(*)
    FROM now_so n JOIN catalogue_specimen s ON s.id = n.specimen_id
    LEFT JOIN catalogue_part p ON p.id = n.part_id
    LEFT JOIN catalogue_publishedrecord r ON r.id = n.published_record_id
   CROSS JOIN LATERAL catalogue_facets(ROW(n.*)::catalogue_component, s.system_id, s.recovered_from, s.recovered_to,
                                       p.hs_id, r.source_id) f
   WHERE n.voided_at IS NULL GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_count_added AFTER INSERT ON catalogue_component
  REFERENCING NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION catalogue_count_added();

CREATE FUNCTION catalogue_count_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed uuid[];
BEGIN
  SELECT array_agg(n.id) INTO changed FROM now_so n JOIN then_so t ON t.id = n.id
   WHERE (n.audience_id, n.voided_at IS NULL, n.specimen_id, n.manufacturer_id, n.part_id, n.published_record_id, n.kind,
          n.marking_state, n.category_id, n.marked_country_id, n.grade, n.authenticity, n.confidence, n.made_from,
          n.made_to)
         IS DISTINCT FROM
         (t.audience_id, t.voided_at IS NULL, t.specimen_id, t.manufacturer_id, t.part_id, t.published_record_id, t.kind,
          t.marking_state, t.category_id, t.marked_country_id, t.grade, t.authenticity, t.confidence, t.made_from,
          t.made_to);
  IF changed IS NULL THEN RETURN NULL; END IF;
  PERFORM catalogue_count_hold(array_agg(x.specimen_id) || array_agg(x.part_id))
     FROM (SELECT specimen_id, part_id, id FROM now_so UNION ALL SELECT specimen_id, part_id, id FROM then_so) x
    WHERE x.id = ANY (changed);
  INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows)
  SELECT (x.c).audience_id, f.scope, f.record, f.facet, f.value, sum(x.step)
    FROM (SELECT 1 AS step, ROW(n.*)::catalogue_component AS c FROM now_so n WHERE n.id = ANY (changed)
          UNION ALL
          SELECT -1, ROW(t.*)::catalogue_component FROM then_so t WHERE t.id = ANY (changed)) x
    JOIN catalogue_specimen s ON s.id = (x.c).specimen_id
    LEFT JOIN catalogue_part p ON p.id = (x.c).part_id
    LEFT JOIN catalogue_publishedrecord r ON r.id = (x.c).published_record_id
   CROSS JOIN LATERAL catalogue_facets(x.c, s.system_id, s.recovered_from, s.recovered_to, p.hs_id, r.source_id) f
   WHERE (x.c).voided_at IS NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(x.step) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_count_changed AFTER UPDATE ON catalogue_component
  REFERENCING OLD TABLE AS then_so NEW TABLE AS now_so
  FOR EACH STATEMENT EXECUTE FUNCTION catalogue_count_changed();

-- A specimen is of another system, or was recovered at another time: its components count under that. It comes before
-- the components follow a change of its audience (triggers run by name), while they still count as before.
CREATE FUNCTION catalogue_count_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1128351564, hashtext(NEW.id::text) & 63);
  INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows)
  SELECT c.audience_id, f.scope, f.record, f.facet, f.value, sum(x.step)
    FROM catalogue_component c
    LEFT JOIN catalogue_part p ON p.id = c.part_id
    LEFT JOIN catalogue_publishedrecord r ON r.id = c.published_record_id
   CROSS JOIN (VALUES (-1, OLD.system_id, OLD.recovered_from, OLD.recovered_to),
                      (1, NEW.system_id, NEW.recovered_from, NEW.recovered_to)) x (step, system_id, since, until)
   CROSS JOIN LATERAL catalogue_facets(c, x.system_id, x.since, x.until, p.hs_id, r.source_id) f
   WHERE c.specimen_id = NEW.id AND c.voided_at IS NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(x.step) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_count_moved AFTER UPDATE ON catalogue_specimen FOR EACH ROW
  WHEN (OLD.system_id IS DISTINCT FROM NEW.system_id OR OLD.recovered_from IS DISTINCT FROM NEW.recovered_from
        OR OLD.recovered_to IS DISTINCT FROM NEW.recovered_to)
  EXECUTE FUNCTION catalogue_count_moved();

-- A part has another HS code.
CREATE FUNCTION catalogue_count_coded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1128351564, hashtext(NEW.id::text) & 63);
  INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows)
  SELECT c.audience_id, f.scope, f.record, f.facet, f.value, sum(x.step)
    FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id
   CROSS JOIN (VALUES (-1, OLD.hs_id), (1, NEW.hs_id)) x (step, hs_id)
   CROSS JOIN LATERAL catalogue_facets(c, s.system_id, NULL, NULL, x.hs_id, NULL) f
   WHERE c.part_id = NEW.id AND c.voided_at IS NULL AND f.facet = 'hs'
   GROUP BY 1, 2, 3, 4, 5 HAVING sum(x.step) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER catalogue_count_coded AFTER UPDATE ON catalogue_part FOR EACH ROW
  WHEN (OLD.hs_id IS DISTINCT FROM NEW.hs_id) EXECUTE FUNCTION catalogue_count_coded();

-- Makes one row of the many that have the same value. Sums stay as they are at every moment; one does it at a time.
CREATE FUNCTION catalogue_count_settled() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(1128351565, 0) THEN RETURN 0; END IF;
  WITH touched AS MATERIALIZED (
    SELECT DISTINCT audience_id, scope, record, facet, value FROM catalogue_componentcount WHERE NOT settled
  ), taken AS (
    DELETE FROM catalogue_componentcount c USING touched t
     WHERE c.scope = t.scope AND c.record = t.record AND c.audience_id = t.audience_id
       AND c.facet = t.facet AND c.value = t.value
    RETURNING c.audience_id, c.scope, c.record, c.facet, c.value, c.rows
  ), kept AS (
    INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows, settled)
    SELECT audience_id, scope, record, facet, value, sum(rows), true FROM taken
     GROUP BY 1, 2, 3, 4, 5 HAVING sum(rows) <> 0
  )
  SELECT count(*) INTO gone FROM taken;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION catalogue_count_settled() FROM public;
GRANT EXECUTE ON FUNCTION catalogue_count_settled() TO catalogue_app;

-- Counts everything anew, for a table that was filled with triggers off. Nobody writes components meanwhile.
CREATE FUNCTION catalogue_count_again() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE catalogue_specimen, catalogue_part, catalogue_component IN SHARE MODE;
  DELETE FROM catalogue_componentcount;
  INSERT INTO catalogue_componentcount (audience_id, scope, record, facet, value, rows, settled)
  SELECT c.audience_id, f.scope, f.record, f.facet, f.value, count(*), true
    FROM catalogue_component c JOIN catalogue_specimen s ON s.id = c.specimen_id
    LEFT JOIN catalogue_part p ON p.id = c.part_id
    LEFT JOIN catalogue_publishedrecord r ON r.id = c.published_record_id
   CROSS JOIN LATERAL catalogue_facets(c, s.system_id, s.recovered_from, s.recovered_to, p.hs_id, r.source_id) f
   WHERE c.voided_at IS NULL GROUP BY 1, 2, 3, 4, 5;
END $$;
REVOKE ALL ON FUNCTION catalogue_count_again() FROM public;
