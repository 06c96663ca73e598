-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.outreach_by_item AS
	SELECT t.programme, t.period, t.item, i.title_nl, i.title_en,
			sum(t.people_reached)::bigint AS people_reached,
			sum(t.contact_moments)::bigint AS contact_moments, sum(t.activities)::bigint AS activities
		FROM steun.outreach_total t
		JOIN steun.item i ON i.programme = t.programme AND i.id = t.item
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, t.item, i.title_nl, i.title_en;

COMMENT ON VIEW reporting.outreach_by_item IS
	'Outreach per item and month, current reports only (bereik per post en maand)';
COMMENT ON COLUMN reporting.outreach_by_item.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.outreach_by_item.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.outreach_by_item.item IS 'Item (post)';
COMMENT ON COLUMN reporting.outreach_by_item.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.outreach_by_item.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.outreach_by_item.people_reached IS 'People reached in the month (bereik); who was reached in two months counts in both';
COMMENT ON COLUMN reporting.outreach_by_item.contact_moments IS 'Contact moments in the month (contactmomenten)';
COMMENT ON COLUMN reporting.outreach_by_item.activities IS 'Activities in the month (activiteiten)';
