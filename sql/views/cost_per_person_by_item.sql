-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.cost_per_person_by_item AS
	SELECT i.programme, i.id AS item, i.title_nl, i.title_en, i.position, s.spent, o.people_reached,
			round(s.spent / nullif(o.people_reached, 0), 2) AS cost_per_person
		FROM steun.item i
		LEFT JOIN (
			SELECT x.programme, x.item, sum(x.spent) AS spent
				FROM steun.spending_total x
				WHERE x.lines > 0
				GROUP BY x.programme, x.item) s
			ON s.programme = i.programme AND s.item = i.id
		LEFT JOIN (
			SELECT x.programme, x.item, sum(x.people_reached)::bigint AS people_reached
				FROM steun.outreach_total x
				WHERE x.lines > 0
				GROUP BY x.programme, x.item) o
			ON o.programme = i.programme AND o.item = i.id
		WHERE s.item IS NOT NULL OR o.item IS NOT NULL;

COMMENT ON VIEW reporting.cost_per_person_by_item IS
	'Spending per person reached, per item over the whole programme, from reports of both kinds (kosten per bereikte persoon)';
COMMENT ON COLUMN reporting.cost_per_person_by_item.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.cost_per_person_by_item.item IS 'Item (post)';
COMMENT ON COLUMN reporting.cost_per_person_by_item.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.cost_per_person_by_item.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.cost_per_person_by_item.position IS 'Its place in the programme';
COMMENT ON COLUMN reporting.cost_per_person_by_item.spent IS 'EUR spent over all months; NULL: no spending was reported';
COMMENT ON COLUMN reporting.cost_per_person_by_item.people_reached IS 'People reached, added up over all months; NULL: no outreach was reported';
COMMENT ON COLUMN reporting.cost_per_person_by_item.cost_per_person IS 'EUR per person reached, to the cent; NULL: one of the two is not known, or nobody was reached';
