-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.spending_by_action_line AS
	SELECT t.programme, t.period, coalesce(a.id, i.id) AS action_line,
			coalesce(a.title_nl, i.title_nl) AS title_nl, coalesce(a.title_en, i.title_en) AS title_en,
			sum(t.spent) AS spent, sum(t.committed) AS committed
		FROM steun.spending_total t
		JOIN steun.item i ON i.programme = t.programme AND i.id = t.item
		LEFT JOIN steun.action_line a ON a.programme = i.programme AND a.id = i.action_line
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, coalesce(a.id, i.id), coalesce(a.title_nl, i.title_nl),
			coalesce(a.title_en, i.title_en);

COMMENT ON VIEW reporting.spending_by_action_line IS
	'Spending per action line and month; an item without one stands for itself (bestedingen per actielijn en maand)';
COMMENT ON COLUMN reporting.spending_by_action_line.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.spending_by_action_line.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.spending_by_action_line.action_line IS 'Action line (actielijn)';
COMMENT ON COLUMN reporting.spending_by_action_line.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.spending_by_action_line.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.spending_by_action_line.spent IS 'EUR spent in the month (besteed), exact';
COMMENT ON COLUMN reporting.spending_by_action_line.committed IS 'EUR committed in the month (verplicht), exact';
