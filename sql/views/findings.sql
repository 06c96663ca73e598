-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW reporting.findings AS
	SELECT s.programme, s.period, s.municipality, m.name AS municipality_name, m.province, s.kind,
			s.revision, s.programme || '/' || s.municipality || '/' || s.number AS receipt,
			s.verdict, r.number IS NOT NULL AS is_current, f.rule, f.severity, f.line, f.ref, f.path,
			f.value, f.expected, f.message_nl, f.message_en, f.explanation,
			f.explanation IS NOT NULL AS is_explained
		FROM steun.finding f
		JOIN steun.submission s
			ON s.municipality = f.municipality AND s.programme = f.programme AND s.number = f.number
		JOIN steun.municipality m ON m.code = s.municipality
		LEFT JOIN steun.report r
			ON r.municipality = s.municipality AND r.programme = s.programme AND r.kind = s.kind
				AND r.period = s.period AND r.number = s.number AND r.recorded_until IS NULL;

COMMENT ON VIEW reporting.findings IS
	'What every submission was told, rejected ones too, with what the municipality answered (bevindingen en toelichtingen)';
COMMENT ON COLUMN reporting.findings.programme IS 'Programme (programma)';
COMMENT ON COLUMN reporting.findings.period IS 'First day of the month reported on (maand)';
COMMENT ON COLUMN reporting.findings.municipality IS 'CBS code (gemeentecode)';
COMMENT ON COLUMN reporting.findings.municipality_name IS 'Its name (gemeente)';
COMMENT ON COLUMN reporting.findings.province IS 'Its province (provincie)';
COMMENT ON COLUMN reporting.findings.kind IS 'spending (besteding) or outreach (bereik)';
COMMENT ON COLUMN reporting.findings.revision IS 'Revision of the report (revisie)';
COMMENT ON COLUMN reporting.findings.receipt IS 'Number of the receipt that told it (ontvangstbewijs)';
COMMENT ON COLUMN reporting.findings.verdict IS
	'Of the submission: accepted-with-warnings (aanvaard met signalen) or rejected (afgekeurd)';
COMMENT ON COLUMN reporting.findings.is_current IS
	'True when it is about the report in force; false for what was rejected or replaced';
COMMENT ON COLUMN reporting.findings.rule IS
	'Rule (regel); S-... is about the form of the report, which no rule decides';
COMMENT ON COLUMN reporting.findings.severity IS
	'error (fout), which blocks, or warning (signaal); a warning that must be answered is an error until it is';
COMMENT ON COLUMN reporting.findings.line IS 'Line of the report, from 1 (regelnummer); NULL: the report as a whole';
COMMENT ON COLUMN reporting.findings.ref IS 'The municipality''s own reference of the line (referentie)';
COMMENT ON COLUMN reporting.findings.path IS 'JSON pointer into the report';
COMMENT ON COLUMN reporting.findings.value IS 'What was reported there (staat er)';
COMMENT ON COLUMN reporting.findings.expected IS 'What was expected (verwacht)';
COMMENT ON COLUMN reporting.findings.message_nl IS 'What it says, in Dutch';
COMMENT ON COLUMN reporting.findings.message_en IS 'What it says, in English';
COMMENT ON COLUMN reporting.findings.explanation IS
	'The municipality''s answer, as it was written (toelichting); NULL: none';
COMMENT ON COLUMN reporting.findings.is_explained IS 'There is an answer (toegelicht)';
