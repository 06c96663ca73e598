-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_month AS
	SELECT m.programme, m.period, m.spent, m.committed,
			sum(m.spent) OVER running AS spent_cumulative,
			sum(m.committed) OVER running AS committed_cumulative
		FROM (
			SELECT t.programme, t.period, sum(t.spent) AS spent, sum(t.committed) AS committed
				FROM steun.spending_total t
				WHERE t.lines > 0
				GROUP BY t.programme, t.period) m
		WINDOW running AS (PARTITION BY m.programme ORDER BY m.period);

COMMENT ON VIEW reporting.spending_by_month IS
	'Spending per month, each item once, with running sums (bestedingen per maand, ook cumulatief)';
COMMENT ON COLUMN reporting.spending_by_month.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_month.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_month.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_month.committed IS 'EUR committed in the month (verplicht), exact';
COMMENT ON COLUMN reporting.spending_by_month.spent_cumulative IS 'EUR spent up to and including the month';
COMMENT ON COLUMN reporting.spending_by_month.committed_cumulative IS 'EUR committed up to and including the month';
