-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_funding AS
	SELECT t.programme, t.period, t.funding, f.title_nl, f.title_en, sum(t.spent) AS spent,
			sum(t.committed) AS committed
		FROM steun.spending_total t
		JOIN steun.term f
			ON f.programme = t.programme AND f.vocabulary = 'funding-line' AND f.id = t.funding
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, t.funding, f.title_nl, f.title_en;

COMMENT ON VIEW reporting.spending_by_funding IS
	'Spending per funding line and month (bestedingen per financieringslijn)';
COMMENT ON COLUMN reporting.spending_by_funding.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_funding.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_funding.funding IS 'Funding line (financieringslijn)';
COMMENT ON COLUMN reporting.spending_by_funding.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.spending_by_funding.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.spending_by_funding.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_funding.committed IS 'EUR committed in the month (verplicht), exact';
