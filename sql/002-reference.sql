-- SPDX-License-Identifier: EUPL-1.2
--
-- What may be reported and by whom: a mirror of the YAML files, which are the source. The daemon
-- loads them by steun.reference_load at start and at reload.
--
-- Rows are never deleted: the record refers to them. What left the files is retired. Because
-- nothing is deleted and no key changes, the record checks its references without locking them.

CREATE FUNCTION steun.refuse_change() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE EXCEPTION '% of steun.% is refused: the record keeps what it has', tg_op, tg_table_name
		USING ERRCODE = 'integrity_constraint_violation',
		      HINT = coalesce(tg_argv[0], 'Set "retired" instead of deleting.');
END
$$;
COMMENT ON FUNCTION steun.refuse_change() IS 'Trigger: this table does not allow this change';

CREATE TABLE steun.programme (
	id            text COLLATE "C" PRIMARY KEY,
	title_nl      text NOT NULL,
	title_en      text,
	opens         date NOT NULL,
	closes        date NOT NULL CHECK (closes >= opens),
	deadline_days integer NOT NULL CHECK (deadline_days >= 0),
	retired       boolean NOT NULL DEFAULT false,
	CHECK (date_part('day', opens) = 1 AND date_part('day', closes) = 1)
);
COMMENT ON TABLE steun.programme IS 'Programmes that may be reported on';
COMMENT ON COLUMN steun.programme.opens IS 'First day of the first period';
COMMENT ON COLUMN steun.programme.closes IS 'First day of the last period';
COMMENT ON COLUMN steun.programme.deadline_days IS 'A report is due this many days after its month ends';
COMMENT ON COLUMN steun.programme.retired IS 'No longer in the files; kept because the record refers to it';

CREATE TABLE steun.department (
	programme text COLLATE "C" REFERENCES steun.programme,
	id        text COLLATE "C",
	position  integer NOT NULL,
	title_nl  text NOT NULL,
	title_en  text,
	contact   text,
	retired   boolean NOT NULL DEFAULT false,
	PRIMARY KEY (programme, id)
);
COMMENT ON TABLE steun.department IS 'Departments that own items, each with its coordination point';
COMMENT ON COLUMN steun.department.contact IS 'A functional mailbox, never a person';

CREATE TABLE steun.action_line (
	programme text COLLATE "C" REFERENCES steun.programme,
	id        text COLLATE "C",
	position  integer NOT NULL,
	title_nl  text NOT NULL,
	title_en  text,
	budget    numeric(18,2),
	retired   boolean NOT NULL DEFAULT false,
	PRIMARY KEY (programme, id)
);
COMMENT ON TABLE steun.action_line IS 'Action lines of a programme';
COMMENT ON COLUMN steun.action_line.budget IS 'EUR; its own figure, not the sum of its items; NULL: not known';

-- Five vocabularies of one shape in one table: they are loaded, checked and retired alike.
CREATE TABLE steun.term (
	programme  text COLLATE "C" REFERENCES steun.programme,
	vocabulary text COLLATE "C" CHECK (vocabulary IN
		('funding-line', 'target-group', 'partner', 'domain', 'approach')),
	id         text COLLATE "C",
	position   integer NOT NULL,
	title_nl   text NOT NULL,
	title_en   text,
	retired    boolean NOT NULL DEFAULT false,
	PRIMARY KEY (programme, vocabulary, id)
);
COMMENT ON TABLE steun.term IS 'Vocabularies: funding lines, target groups, partners, domains, approaches';

CREATE TABLE steun.item (
	programme       text COLLATE "C" REFERENCES steun.programme,
	id              text COLLATE "C",
	position        integer NOT NULL,
	title_nl        text NOT NULL,
	title_en        text,
	action_line     text COLLATE "C",
	budget          numeric(18,2),
	withheld_ground text,
	funding         text COLLATE "C",
	opens           date NOT NULL,
	closes          date NOT NULL,
	retired         boolean NOT NULL DEFAULT false,
	PRIMARY KEY (programme, id),
	FOREIGN KEY (programme, action_line) REFERENCES steun.action_line
);
COMMENT ON TABLE steun.item IS 'What money is spent on: the items of a programme';
COMMENT ON COLUMN steun.item.action_line IS 'NULL for what belongs to no action line';
COMMENT ON COLUMN steun.item.budget IS 'EUR; NULL: not known, which is not zero';
COMMENT ON COLUMN steun.item.withheld_ground IS 'Ground in the Open Government Act on which publications withhold the budget';
COMMENT ON COLUMN steun.item.funding IS 'Usual funding line';

CREATE TABLE steun.item_department (
	programme  text COLLATE "C",
	item       text COLLATE "C",
	department text COLLATE "C",
	position   integer NOT NULL,
	PRIMARY KEY (programme, item, department),
	FOREIGN KEY (programme, item) REFERENCES steun.item,
	FOREIGN KEY (programme, department) REFERENCES steun.department
);
COMMENT ON TABLE steun.item_department IS 'Whose an item is; joint items have two rows';

CREATE TABLE steun.item_funding (
	programme text COLLATE "C",
	item      text COLLATE "C",
	funding   text COLLATE "C",
	PRIMARY KEY (programme, item, funding),
	FOREIGN KEY (programme, item) REFERENCES steun.item
);
COMMENT ON TABLE steun.item_funding IS 'Funding lines on which an item may be reported';

CREATE TABLE steun.municipality (
	code          text COLLATE "C" PRIMARY KEY CHECK (code ~ '^GM[0-9]{4}$'),
	name          text NOT NULL,
	province_code text COLLATE "C" NOT NULL,
	province      text NOT NULL,
	population    bigint,
	valid_from    date NOT NULL,
	valid_until   date CHECK (valid_until > valid_from),
	retired       boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE steun.municipality IS 'Municipalities by CBS code, each with the time in which it existed';
COMMENT ON COLUMN steun.municipality.population IS 'NULL: not known';
COMMENT ON COLUMN steun.municipality.valid_until IS 'First day on which it is gone; NULL: it exists';

CREATE TABLE steun.merger (
	effective     date,
	old_code      text COLLATE "C",
	new_code      text COLLATE "C",
	kind          text NOT NULL CHECK (kind IN ('merge', 'absorb', 'split')),
	old_name      text NOT NULL,
	new_name      text NOT NULL,
	address_share numeric CHECK (address_share > 0 AND address_share <= 1),
	PRIMARY KEY (effective, old_code, new_code)
);
COMMENT ON TABLE steun.merger IS 'Which municipality became which, and when';
COMMENT ON COLUMN steun.merger.address_share IS 'Of a split: the share of addresses that went there';

CREATE TABLE steun.submitter (
	id            text COLLATE "C" PRIMARY KEY,
	name          text NOT NULL,
	may_all       boolean NOT NULL,
	may_spending  boolean NOT NULL,
	may_outreach  boolean NOT NULL,
	retired       boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE steun.submitter IS 'Who may send';
COMMENT ON COLUMN steun.submitter.may_all IS 'For every municipality';

CREATE TABLE steun.submitter_municipality (
	submitter    text COLLATE "C" REFERENCES steun.submitter,
	municipality text COLLATE "C" REFERENCES steun.municipality,
	PRIMARY KEY (submitter, municipality)
);
COMMENT ON TABLE steun.submitter_municipality IS 'For whom a submitter may send';

CREATE TABLE steun.submitter_programme (
	submitter text COLLATE "C" REFERENCES steun.submitter,
	programme text COLLATE "C" REFERENCES steun.programme,
	PRIMARY KEY (submitter, programme)
);
COMMENT ON TABLE steun.submitter_programme IS 'On which programmes a submitter may report';

CREATE TABLE steun.sender_key (
	fingerprint bytea PRIMARY KEY CHECK (octet_length(fingerprint) = 32),
	submitter   text COLLATE "C" NOT NULL REFERENCES steun.submitter,
	valid_from  timestamptz,
	valid_until timestamptz,
	retired     boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE steun.sender_key IS 'CURVE keys of submitters, by fingerprint';
COMMENT ON COLUMN steun.sender_key.fingerprint IS 'SHA-256 of the public key';

CREATE TABLE steun.allocation (
	municipality text COLLATE "C" REFERENCES steun.municipality,
	programme    text COLLATE "C",
	item         text COLLATE "C",
	amount       numeric(18,2) NOT NULL,
	PRIMARY KEY (municipality, programme, item),
	FOREIGN KEY (programme, item) REFERENCES steun.item
);
COMMENT ON TABLE steun.allocation IS 'What each municipality received, as far as known';
COMMENT ON COLUMN steun.allocation.amount IS 'EUR';

CREATE TABLE steun.rule_set (
	sha256    bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
	programme text COLLATE "C" NOT NULL REFERENCES steun.programme,
	loaded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE steun.rule_set IS 'Every rule set that ever judged here';
COMMENT ON COLUMN steun.rule_set.sha256 IS 'Over the texts of its files, one after another by path';
COMMENT ON COLUMN steun.rule_set.loaded_at IS 'First loaded';

CREATE TABLE steun.rule_source (
	sha256   bytea REFERENCES steun.rule_set,
	position integer,
	path     text NOT NULL,
	source   text NOT NULL,
	PRIMARY KEY (sha256, position)
);
COMMENT ON TABLE steun.rule_source IS 'The files of a rule set, as they were';

CREATE TABLE steun.verify_key (
	id         text COLLATE "C" PRIMARY KEY,
	ed25519    bytea NOT NULL CHECK (octet_length(ed25519) = 32),
	first_used timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE steun.verify_key IS 'Public keys with which receipts were signed';

-- The mirror grows and changes, but what the record may refer to keeps its key for ever.
DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['programme', 'department', 'action_line', 'term', 'item',
		'municipality', 'submitter', 'sender_key', 'rule_set', 'rule_source', 'verify_key']
	LOOP
		EXECUTE format('CREATE TRIGGER refuse_delete BEFORE DELETE OR TRUNCATE ON steun.%I '
			'FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change()', name);
	END LOOP;
END
$$;
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF id ON steun.programme
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('Keys never change.');
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF programme, vocabulary, id ON steun.term
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('Keys never change.');
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF programme, id ON steun.item
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('Keys never change.');
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF code ON steun.municipality
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('Keys never change.');
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF id ON steun.submitter
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('Keys never change.');
CREATE TRIGGER refuse_new_key BEFORE UPDATE OF fingerprint, submitter ON steun.sender_key
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('A key stays whose it was.');
CREATE TRIGGER refuse_update BEFORE UPDATE ON steun.rule_set
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('A rule set is what it was.');
CREATE TRIGGER refuse_update BEFORE UPDATE ON steun.rule_source
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('A rule set is what it was.');
CREATE TRIGGER refuse_update BEFORE UPDATE ON steun.verify_key
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('A key is what it was.');

INSERT INTO steun.migration (file, version) VALUES ('002-reference.sql', 2);
