-- SPDX-License-Identifier: EUPL-1.2
--
-- Checks that must find nothing, ever.

CREATE FUNCTION admin.check_totals()
	RETURNS TABLE (
		total         text,
		programme     text,
		period        date,
		item          text,
		term          text,
		province_code text,
		kept          numeric[],
		counted       numeric[])
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT 'spending', coalesce(c.programme, t.programme)::text, coalesce(c.period, t.period),
			coalesce(c.item, t.item)::text, coalesce(c.funding, t.funding)::text,
			coalesce(c.province_code, t.province_code)::text, t.kept, c.counted
		FROM (
			SELECT r.programme, r.period, l.item, l.funding, r.province_code,
					ARRAY[count(*), sum(l.spent), sum(l.committed)] AS counted
				FROM steun.report r
				JOIN steun.spending l USING (municipality, programme, period, number)
				WHERE r.kind = 'spending' AND r.recorded_until IS NULL AND r.status <> 'withdrawn'
				GROUP BY r.programme, r.period, l.item, l.funding, r.province_code) c
		FULL JOIN (
			SELECT x.programme, x.period, x.item, x.funding, x.province_code,
					ARRAY[x.lines, x.spent, x.committed] AS kept
				FROM steun.spending_total x) t
			USING (programme, period, item, funding, province_code)
		WHERE coalesce(t.kept, ARRAY[0, 0, 0]) <> coalesce(c.counted, ARRAY[0, 0, 0])
	UNION ALL
	SELECT 'outreach', coalesce(c.programme, t.programme)::text, coalesce(c.period, t.period),
			coalesce(c.item, t.item)::text, coalesce(c.target_group, t.target_group)::text,
			coalesce(c.province_code, t.province_code)::text, t.kept, c.counted
		FROM (
			SELECT r.programme, r.period, l.item, l.target_group, r.province_code,
					ARRAY[count(*), sum(l.people_reached), sum(l.contact_moments),
						sum(l.activities)]::numeric[] AS counted
				FROM steun.report r
				JOIN steun.outreach l USING (municipality, programme, period, number)
				WHERE r.kind = 'outreach' AND r.recorded_until IS NULL AND r.status <> 'withdrawn'
				GROUP BY r.programme, r.period, l.item, l.target_group, r.province_code) c
		FULL JOIN (
			SELECT x.programme, x.period, x.item, x.target_group, x.province_code,
					ARRAY[x.lines, x.people_reached, x.contact_moments,
						x.activities]::numeric[] AS kept
				FROM steun.outreach_total x) t
			USING (programme, period, item, target_group, province_code)
		WHERE coalesce(t.kept, ARRAY[0, 0, 0, 0]) <> coalesce(c.counted, ARRAY[0, 0, 0, 0]);
END
$$;
COMMENT ON FUNCTION admin.check_totals() IS
	'Totals that are not exactly what the current lines add up to (lines first, then the figures): no row, ever';

CREATE FUNCTION admin.check_record() RETURNS TABLE (problem text)
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT format('%s/%s/%s: accepted, but there is no report', s.programme, s.municipality, s.number)
		FROM steun.submission s
		WHERE s.verdict <> 'rejected' AND NOT EXISTS (SELECT FROM steun.report r
			WHERE r.municipality = s.municipality AND r.programme = s.programme
				AND r.kind = s.kind AND r.period = s.period AND r.revision = s.revision
				AND r.number = s.number)
	UNION ALL
	SELECT format('%s/%s/%s: a report without the accepted submission it came by', r.programme,
			r.municipality, r.number)
		FROM steun.report r
		WHERE NOT EXISTS (SELECT FROM steun.submission s
			WHERE s.municipality = r.municipality AND s.programme = r.programme
				AND s.number = r.number AND s.verdict = r.verdict
				AND s.body_sha256 = r.body_sha256)
	UNION ALL
	SELECT format('%s/%s/%s: the text of its lines is not what the lines say', r.programme,
			r.municipality, r.number)
		FROM steun.report r
		LEFT JOIN (
			SELECT x.municipality, x.programme, x.period, x.number, string_agg(concat_ws(E'\t', x.item,
					x.funding, x.spent, x.committed,
					replace(replace(replace(coalesce(x.ref, ''), '\', '\\'), E'\t', '\t'), E'\n', '\n'))
					|| E'\n', '' ORDER BY x.line) AS lines_text
				FROM steun.spending x
				GROUP BY x.municipality, x.programme, x.period, x.number
			UNION ALL
			SELECT x.municipality, x.programme, x.period, x.number, string_agg(concat_ws(E'\t', x.item,
					x.target_group, x.people_reached, x.contact_moments, x.activities,
					coalesce(x.approach, ''), array_to_string(x.partners, ','),
					array_to_string(x.domains, ','),
					replace(replace(replace(coalesce(x.ref, ''), '\', '\\'), E'\t', '\t'), E'\n', '\n'))
					|| E'\n', '' ORDER BY x.line)
				FROM steun.outreach x
				GROUP BY x.municipality, x.programme, x.period, x.number) l
			ON l.municipality = r.municipality AND l.programme = r.programme
				AND l.period = r.period AND l.number = r.number
		WHERE r.lines_text <> coalesce(l.lines_text, '')
	UNION ALL
	SELECT format('%s/%s/%s: %s findings were told, %s are stored', s.programme, s.municipality,
			s.number, s.errors + s.warnings, coalesce(f.findings, 0))
		FROM steun.submission s
		LEFT JOIN (SELECT x.municipality, x.programme, x.number, count(*) AS findings
			FROM steun.finding x
			GROUP BY x.municipality, x.programme, x.number) f
			ON f.municipality = s.municipality AND f.programme = s.programme
				AND f.number = s.number
		WHERE coalesce(f.findings, 0) <> s.errors + s.warnings
	UNION ALL
	SELECT format('%s/%s/%s: its request id does not lead to it', s.programme, s.municipality,
			s.number)
		FROM steun.submission s
		WHERE NOT EXISTS (SELECT FROM steun.request q
			WHERE q.submitter = s.submitter AND q.request = s.request
				AND q.municipality = s.municipality AND q.programme = s.programme
				AND q.number = s.number)
	UNION ALL
	SELECT format('%s/%s %s %s revision %s: the times in which revisions were current do not meet',
			r.programme, r.municipality, r.kind, to_char(r.period, 'YYYY-MM'), r.revision)
		FROM (SELECT x.*, lead(x.recorded_from) OVER (
				PARTITION BY x.municipality, x.programme, x.kind, x.period
				ORDER BY x.revision) AS next_from
			FROM steun.report x) r
		WHERE r.recorded_until IS DISTINCT FROM r.next_from;
END
$$;
COMMENT ON FUNCTION admin.check_record() IS
	'Rows of the record that do not belong together, as sentences: no row, ever';

INSERT INTO steun.migration (file, version) VALUES ('007-admin.sql', 7);
