-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_department AS
	SELECT t.programme, t.period, d.department, t.item, n.departments > 1 AS is_joint,
			n.departments, sum(t.spent) AS spent, sum(t.committed) AS committed
		FROM steun.spending_total t
		JOIN steun.item_department d ON d.programme = t.programme AND d.item = t.item
		JOIN (
			SELECT x.programme, x.item, count(*) AS departments
				FROM steun.item_department x
				GROUP BY x.programme, x.item) n
			ON n.programme = t.programme AND n.item = t.item
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, d.department, t.item, n.departments;

COMMENT ON VIEW reporting.spending_by_department IS
	'Spending per department, item and month. A joint item stands under each of its departments, marked: for a total over departments take it once, or use spending_by_month (bestedingen per departement)';
COMMENT ON COLUMN reporting.spending_by_department.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_department.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_department.department IS 'Department (departement)';
COMMENT ON COLUMN reporting.spending_by_department.item IS 'Item (post)';
COMMENT ON COLUMN reporting.spending_by_department.is_joint IS 'The item stands under another department too (gezamenlijk)';
COMMENT ON COLUMN reporting.spending_by_department.departments IS 'Under how many departments the item stands';
COMMENT ON COLUMN reporting.spending_by_department.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_department.committed IS 'EUR committed in the month (verplicht), exact';
