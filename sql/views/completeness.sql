-- SPDX-License-Identifier: EUPL-1.2
-- Expected and received are each counted on their own, over the same municipalities, and meet in a few
-- rows a programme: the planner cannot go astray, however many reports there are.
CREATE OR REPLACE VIEW reporting.completeness AS
	WITH expected AS (
		SELECT g.id AS programme, s.period::date AS period, count(*) AS municipalities
			FROM steun.programme g
			CROSS JOIN LATERAL generate_series(g.opens::timestamp,
				least(g.closes::timestamp, date_trunc('month', now() AT TIME ZONE 'Europe/Amsterdam')
					- interval '1 month'),
				interval '1 month') s(period)
			JOIN steun.municipality m
				ON m.valid_from < s.period + interval '1 month'
					AND (m.valid_until IS NULL OR m.valid_until > s.period)
			GROUP BY g.id, s.period
	), received AS (
		SELECT r.programme, r.period, r.kind, count(*) AS reports,
				count(*) FILTER (WHERE r.is_nil) AS nil
			FROM steun.report r
			JOIN steun.municipality m
				ON m.code = r.municipality AND m.valid_from < r.period + interval '1 month'
					AND (m.valid_until IS NULL OR m.valid_until > r.period)
			WHERE r.recorded_until IS NULL AND r.status <> 'withdrawn'
			GROUP BY r.programme, r.period, r.kind
	)
	SELECT e.programme, e.period, k.kind, e.municipalities AS expected,
			coalesce(r.reports, 0) AS received, coalesce(r.nil, 0) AS nil,
			e.municipalities - coalesce(r.reports, 0) AS missing,
			round(100.0 * coalesce(r.reports, 0) / e.municipalities, 1) AS received_pct
		FROM expected e
		CROSS JOIN (VALUES ('spending' COLLATE "C"), ('outreach')) k(kind)
		LEFT JOIN received r
			ON r.programme = e.programme AND r.period = e.period AND r.kind = k.kind;

COMMENT ON VIEW reporting.completeness IS
	'Who reported, per month and kind, of the municipalities that existed on a day of the month; months that have ended (volledigheid)';
COMMENT ON COLUMN reporting.completeness.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.completeness.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.completeness.kind IS 'spending (besteding) or outreach (bereik)';
COMMENT ON COLUMN reporting.completeness.expected IS 'Municipalities that existed in the month (verwacht)';
COMMENT ON COLUMN reporting.completeness.received IS 'Of those, with an accepted report that is not withdrawn (ontvangen)';
COMMENT ON COLUMN reporting.completeness.nil IS 'Of those received: nothing to report (niets te melden)';
COMMENT ON COLUMN reporting.completeness.missing IS 'No report, or withdrawn (ontbreekt)';
COMMENT ON COLUMN reporting.completeness.received_pct IS 'received as a percentage of expected; never above 100';
