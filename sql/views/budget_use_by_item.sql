-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.budget_use_by_item AS
	SELECT i.programme, i.id AS item, i.title_nl, i.title_en, i.action_line, i.position, i.budget,
			coalesce(t.spent, 0.00) AS spent, coalesce(t.committed, 0.00) AS committed,
			round(100 * coalesce(t.spent, 0.00) / nullif(i.budget, 0), 1) AS used_pct,
			i.withheld_ground
		FROM steun.item i
		LEFT JOIN (
			SELECT x.programme, x.item, sum(x.spent) AS spent, sum(x.committed) AS committed
				FROM steun.spending_total x
				GROUP BY x.programme, x.item) t
			ON t.programme = i.programme AND t.item = i.id;

COMMENT ON VIEW reporting.budget_use_by_item IS
	'What was spent and committed of each item''s budget, over the whole programme; items without reports too (budgetuitputting per post)';
COMMENT ON COLUMN reporting.budget_use_by_item.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.budget_use_by_item.item IS 'Item (post)';
COMMENT ON COLUMN reporting.budget_use_by_item.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.budget_use_by_item.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.budget_use_by_item.action_line IS 'Its action line (actielijn); NULL: none';
COMMENT ON COLUMN reporting.budget_use_by_item.position IS 'Its place in the programme';
COMMENT ON COLUMN reporting.budget_use_by_item.budget IS 'EUR; NULL: not known, which is not zero (budget)';
COMMENT ON COLUMN reporting.budget_use_by_item.spent IS 'EUR spent over all months (besteed)';
COMMENT ON COLUMN reporting.budget_use_by_item.committed IS 'EUR committed over all months (verplicht)';
COMMENT ON COLUMN reporting.budget_use_by_item.used_pct IS 'spent as a percentage of budget; NULL: budget not known';
COMMENT ON COLUMN reporting.budget_use_by_item.withheld_ground IS 'Ground on which publications withhold the budget (Woo-grond)';
