-- SPDX-License-Identifier: EUPL-1.2
CREATE OR REPLACE VIEW admin.rule_texts AS
	SELECT r.programme, encode(r.sha256, 'hex') AS ruleset_sha256, r.loaded_at, t.position, t.path AS file,
			t.source
		FROM steun.rule_set r
		JOIN steun.rule_source t ON t.sha256 = r.sha256;

COMMENT ON VIEW admin.rule_texts IS
	'The exact texts of every rule set that ever judged here, to be found by the hash in a receipt';
COMMENT ON COLUMN admin.rule_texts.programme IS 'Programme that the rules are of';
COMMENT ON COLUMN admin.rule_texts.ruleset_sha256 IS
	'As receipts have it: SHA-256 of the texts, one after another by position, in UTF-8';
COMMENT ON COLUMN admin.rule_texts.loaded_at IS 'When the daemon first had these rules';
COMMENT ON COLUMN admin.rule_texts.position IS 'Place of the file among those of its set, from 1';
COMMENT ON COLUMN admin.rule_texts.file IS 'Name of the file, without its folder';
COMMENT ON COLUMN admin.rule_texts.source IS 'Its text';

GRANT SELECT ON admin.rule_texts TO steun_auditor;
