-- SPDX-License-Identifier: EUPL-1.2
-- Of reporting.findings, which migrate makes before it: files go by name.
CREATE OR REPLACE VIEW reporting.findings_by_rule AS
	SELECT f.programme, f.rule, f.period, f.kind, count(*) AS told,
			count(DISTINCT f.municipality) AS municipalities,
			count(*) FILTER (WHERE f.severity = 'error') AS errors,
			count(*) FILTER (WHERE f.is_current AND NOT f.is_explained) AS open_warnings,
			count(*) FILTER (WHERE f.is_current AND f.is_explained) AS explained_warnings
		FROM reporting.findings f
		GROUP BY f.programme, f.rule, f.period, f.kind;

COMMENT ON VIEW reporting.findings_by_rule IS
	'How often each rule spoke, per month and kind, and how many of its warnings stand open or are explained (bevindingen per regel)';
COMMENT ON COLUMN reporting.findings_by_rule.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.findings_by_rule.rule IS
	'Rule (regel); S-... is about the form of the report, which no rule decides';
COMMENT ON COLUMN reporting.findings_by_rule.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.findings_by_rule.kind IS 'spending (besteding) or outreach (bereik)';
COMMENT ON COLUMN reporting.findings_by_rule.told IS
	'Findings in all submissions: rejected, replaced and current (gemeld)';
COMMENT ON COLUMN reporting.findings_by_rule.municipalities IS 'Municipalities that were told (gemeenten)';
COMMENT ON COLUMN reporting.findings_by_rule.errors IS 'Of those told: the ones that blocked (fouten)';
COMMENT ON COLUMN reporting.findings_by_rule.open_warnings IS
	'Warnings about reports in force that nobody has answered (openstaande signalen)';
COMMENT ON COLUMN reporting.findings_by_rule.explained_warnings IS
	'Warnings about reports in force that were answered (toegelichte signalen)';
