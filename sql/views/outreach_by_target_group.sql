-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.outreach_by_target_group AS
	SELECT t.programme, t.period, t.target_group, g.title_nl, g.title_en,
			sum(t.people_reached)::bigint AS people_reached,
			sum(t.contact_moments)::bigint AS contact_moments, sum(t.activities)::bigint AS activities
		FROM steun.outreach_total t
		JOIN steun.term g
			ON g.programme = t.programme AND g.vocabulary = 'target-group' AND g.id = t.target_group
		WHERE t.lines > 0
		GROUP BY t.programme, t.period, t.target_group, g.title_nl, g.title_en;

COMMENT ON VIEW reporting.outreach_by_target_group IS
	'Outreach per target group and month, current reports only (bereik per doelgroep en maand)';
COMMENT ON COLUMN reporting.outreach_by_target_group.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.outreach_by_target_group.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.outreach_by_target_group.target_group IS 'Target group (doelgroep)';
COMMENT ON COLUMN reporting.outreach_by_target_group.title_nl IS 'Its title in Dutch';
COMMENT ON COLUMN reporting.outreach_by_target_group.title_en IS 'Its title in English';
COMMENT ON COLUMN reporting.outreach_by_target_group.people_reached IS 'People reached in the month (bereik); who was reached in two months counts in both';
COMMENT ON COLUMN reporting.outreach_by_target_group.contact_moments IS 'Contact moments in the month (contactmomenten)';
COMMENT ON COLUMN reporting.outreach_by_target_group.activities IS 'Activities in the month (activiteiten)';
