-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_province AS
	SELECT t.programme, t.period, t.province_code, p.province, t.item, sum(t.spent) AS spent,
			sum(t.committed) AS committed
		FROM steun.spending_total t
		-- A name that is spelled in two ways must not count an amount twice.
		LEFT JOIN (
			SELECT x.province_code, min(x.province) AS province
				FROM steun.municipality x
				GROUP BY x.province_code) p
			ON p.province_code = t.province_code
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, t.province_code, p.province, t.item;

COMMENT ON VIEW reporting.spending_by_province IS
	'Spending per province, item and month (bestedingen per provincie)';
COMMENT ON COLUMN reporting.spending_by_province.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_province.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_province.province_code IS 'CBS code of the province';
COMMENT ON COLUMN reporting.spending_by_province.province IS 'Its name (provincie)';
COMMENT ON COLUMN reporting.spending_by_province.item IS 'Item (post)';
COMMENT ON COLUMN reporting.spending_by_province.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_province.committed IS 'EUR committed in the month (verplicht), exact';
