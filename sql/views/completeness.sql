-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.completeness AS
	SELECT p.programme, p.period, p.kind, count(*) AS expected, count(r.municipality) AS received,
			count(*) FILTER (WHERE r.is_nil) AS nil, count(*) - count(r.municipality) AS missing,
			round(100.0 * count(r.municipality) / count(*), 1) AS received_pct
		FROM (
			SELECT g.id AS programme, s.period::date AS period, k.kind COLLATE "C" AS kind
				FROM steun.programme g
				CROSS JOIN LATERAL generate_series(g.opens::timestamp,
					least(g.closes, (date_trunc('month', now()) - interval '1 month')::date)::timestamp,
					interval '1 month') s(period)
				CROSS JOIN (VALUES ('spending'), ('outreach')) k(kind)) p
		JOIN steun.municipality m
			ON m.valid_from < (p.period + interval '1 month')::date
				AND (m.valid_until IS NULL OR m.valid_until > p.period)
		LEFT JOIN steun.report r
			ON r.municipality = m.code AND r.programme = p.programme AND r.kind = p.kind
				AND r.period = p.period AND r.recorded_until IS NULL AND r.status <> 'withdrawn'
		GROUP BY p.programme, p.period, p.kind;

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
