-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_municipality AS
	SELECT l.programme, l.period, l.municipality, m.name AS municipality_name, m.province, l.item,
			l.funding, l.spent, l.committed, r.status, r.revision
		FROM steun.report r
		JOIN steun.spending l
			ON l.municipality = r.municipality AND l.programme = r.programme AND l.period = r.period
				AND l.number = r.number
		JOIN steun.municipality m ON m.code = l.municipality
		WHERE r.kind = 'spending' AND r.recorded_until IS NULL AND r.status <> 'withdrawn';

COMMENT ON VIEW reporting.spending_by_municipality IS
	'Spending per municipality, item, funding line and month, current reports only (bestedingen per gemeente)';
COMMENT ON COLUMN reporting.spending_by_municipality.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_municipality.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_municipality.municipality IS 'CBS code (gemeentecode)';
COMMENT ON COLUMN reporting.spending_by_municipality.municipality_name IS 'Its name (gemeente)';
COMMENT ON COLUMN reporting.spending_by_municipality.province IS 'Its province (provincie)';
COMMENT ON COLUMN reporting.spending_by_municipality.item IS 'Item (post)';
COMMENT ON COLUMN reporting.spending_by_municipality.funding IS 'Funding line (financiering)';
COMMENT ON COLUMN reporting.spending_by_municipality.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_municipality.committed IS 'EUR committed in the month (verplicht), exact';
COMMENT ON COLUMN reporting.spending_by_municipality.status IS 'provisional (voorlopig) or final (definitief)';
COMMENT ON COLUMN reporting.spending_by_municipality.revision IS 'Revision of the report that tells so';
