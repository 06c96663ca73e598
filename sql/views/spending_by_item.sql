-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_item AS
	SELECT t.programme, t.period, t.item, i.title_nl, i.title_en, i.action_line,
			sum(t.spent) AS spent, sum(t.committed) AS committed
		FROM steun.spending_total t
		JOIN steun.item i ON i.programme = t.programme AND i.id = t.item
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, t.item, i.title_nl, i.title_en, i.action_line;

COMMENT ON VIEW reporting.spending_by_item IS
	'Spending per item and month, current reports only (bestedingen per post en maand)';
COMMENT ON COLUMN reporting.spending_by_item.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_item.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_item.item IS 'Item (post)';
COMMENT ON COLUMN reporting.spending_by_item.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.spending_by_item.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.spending_by_item.action_line IS 'Its action line (actielijn); NULL: none';
COMMENT ON COLUMN reporting.spending_by_item.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_item.committed IS 'EUR committed in the month (verplicht), exact';
