-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.budget_use_by_action_line AS
	SELECT i.programme, coalesce(a.id, i.id) AS action_line,
			coalesce(a.title_nl, i.title_nl) AS title_nl, coalesce(a.title_en, i.title_en) AS title_en,
			CASE WHEN a.id IS NULL THEN min(i.budget) ELSE min(a.budget) END AS budget,
			coalesce(sum(t.spent), 0.00) AS spent, coalesce(sum(t.committed), 0.00) AS committed,
			round(100 * coalesce(sum(t.spent), 0.00)
				/ nullif(CASE WHEN a.id IS NULL THEN min(i.budget) ELSE min(a.budget) END, 0), 1) AS used_pct
		FROM steun.item i
		LEFT JOIN steun.action_line a ON a.programme = i.programme AND a.id = i.action_line
		LEFT JOIN (
			SELECT x.programme, x.item, sum(x.spent) AS spent, sum(x.committed) AS committed
				FROM steun.spending_total x
				GROUP BY x.programme, x.item) t
			ON t.programme = i.programme AND t.item = i.id
		GROUP BY i.programme, a.id, coalesce(a.id, i.id), coalesce(a.title_nl, i.title_nl),
			coalesce(a.title_en, i.title_en);

COMMENT ON VIEW reporting.budget_use_by_action_line IS
	'What was spent and committed of each action line''s own budget, which is not the sum of its items; an item without an action line stands for itself (budgetuitputting per actielijn)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.action_line IS 'Action line (actielijn)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.budget_use_by_action_line.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.budget_use_by_action_line.budget IS 'EUR; NULL: not known, which is not zero (budget)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.spent IS 'EUR spent over all months (besteed)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.committed IS 'EUR committed over all months (verplicht)';
COMMENT ON COLUMN reporting.budget_use_by_action_line.used_pct IS 'spent as a percentage of budget; NULL: budget not known';
