-- SPDX-License-Identifier: EUPL-1.2
--
-- The record. It only grows: rows of submissions, findings, reports and lines are never changed
-- or deleted, but for the moment at which a report stops being the current one.
--
-- Municipality leads every large primary key, so that these tables can be partitioned or sharded by
-- it. That is why request ids, which are unique whatever the municipality, have a table of their own.
--
-- References of rows that come by the hundred are checked once a statement, in triggers with
-- transition tables, which costs a third of what a foreign key for each row does. They take no locks
-- either: what is referred to is never deleted and never changes its key (002-reference.sql).

CREATE TABLE steun.chain (
	municipality text COLLATE "C" REFERENCES steun.municipality,
	programme    text COLLATE "C" REFERENCES steun.programme,
	last_number  bigint NOT NULL DEFAULT 0 CHECK (last_number >= 0),
	last_hash    bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex')
		CHECK (octet_length(last_hash) = 32),
	PRIMARY KEY (municipality, programme)
) WITH (fillfactor = 60);
COMMENT ON TABLE steun.chain IS 'The head of each municipality''s chain of receipts; its row is the lock on the stream';
COMMENT ON COLUMN steun.chain.last_number IS 'Number of the last receipt; 0: none yet';
COMMENT ON COLUMN steun.chain.last_hash IS 'Entry hash of that receipt; 32 zero bytes: none yet';

CREATE TABLE steun.submission (
	municipality   text COLLATE "C" NOT NULL,
	programme      text COLLATE "C" NOT NULL,
	number         bigint NOT NULL CHECK (number >= 1),
	kind           text COLLATE "C" NOT NULL CHECK (kind IN ('spending', 'outreach')),
	period         date NOT NULL CHECK (date_part('day', period) = 1),
	revision       integer NOT NULL CHECK (revision BETWEEN 1 AND 9999),
	status         text COLLATE "C" NOT NULL
		CHECK (status IN ('provisional', 'final', 'withdrawn', 'unknown')),
	verdict        text COLLATE "C" NOT NULL
		CHECK (verdict IN ('accepted', 'accepted-with-warnings', 'rejected')),
	errors         integer NOT NULL CHECK (errors >= 0),
	warnings       integer NOT NULL CHECK (warnings >= 0),
	received_at    timestamptz NOT NULL,
	submitter      text COLLATE "C" NOT NULL,
	sender_key     bytea NOT NULL CHECK (octet_length(sender_key) = 32),
	request        uuid NOT NULL,
	ruleset_sha256 bytea NOT NULL CHECK (octet_length(ruleset_sha256) = 32),
	body_sha256    bytea NOT NULL CHECK (octet_length(body_sha256) = 32),
	previous_hash  bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
	entry_hash     bytea NOT NULL CHECK (octet_length(entry_hash) = 32),
	signature      bytea NOT NULL CHECK (octet_length(signature) = 64),
	signing_key    text COLLATE "C" NOT NULL,
	body           bytea COMPRESSION lz4 NOT NULL,
	receipt        text COMPRESSION lz4 NOT NULL,
	reply          text COMPRESSION lz4 NOT NULL,
	PRIMARY KEY (municipality, programme, number),
	CONSTRAINT submission_verdict
		CHECK ((verdict = 'rejected') = (errors > 0) AND (verdict = 'rejected' OR status <> 'unknown')),
	CONSTRAINT submission_chained
		CHECK (entry_hash = sha256(previous_hash || convert_to(receipt, 'UTF8')))
) WITH (toast_tuple_target = 4080);
COMMENT ON TABLE steun.submission IS 'Every SUBMIT that got a receipt, rejected ones too';
COMMENT ON COLUMN steun.submission.number IS 'Of the receipt in the municipality''s chain: from 1, without gaps';
COMMENT ON COLUMN steun.submission.period IS 'First day of the month reported on';
COMMENT ON COLUMN steun.submission.status IS 'As reported; unknown when it could not be read, and so rejected';
COMMENT ON COLUMN steun.submission.sender_key IS 'SHA-256 of the CURVE key that sent it';
COMMENT ON COLUMN steun.submission.request IS 'The client''s request id';
COMMENT ON COLUMN steun.submission.body IS 'The exact bytes received';
COMMENT ON COLUMN steun.submission.body_sha256 IS 'SHA-256 of body';
COMMENT ON COLUMN steun.submission.receipt IS 'The receipt, exactly as signed';
COMMENT ON COLUMN steun.submission.signature IS 'Ed25519 over receipt';
COMMENT ON COLUMN steun.submission.previous_hash IS 'Entry hash of the receipt before; zeros for the first';
COMMENT ON COLUMN steun.submission.entry_hash IS 'SHA-256 of previous_hash and receipt';
COMMENT ON COLUMN steun.submission.reply IS 'The RECEIPT body as sent, findings and contacts included';

CREATE TABLE steun.request (
	submitter    text COLLATE "C",
	request      uuid,
	municipality text COLLATE "C" NOT NULL,
	programme    text COLLATE "C" NOT NULL,
	number       bigint NOT NULL,
	PRIMARY KEY (submitter, request)
);
COMMENT ON TABLE steun.request IS 'Which receipt answered which request: what makes sending again harmless';

CREATE TABLE steun.finding (
	municipality text COLLATE "C",
	programme    text COLLATE "C",
	number       bigint,
	position     integer,
	rule         text COLLATE "C" NOT NULL,
	severity     text COLLATE "C" NOT NULL CHECK (severity IN ('error', 'warning')),
	line         integer CHECK (line >= 1),
	path         text,
	ref          text,
	value        text,
	expected     text,
	message_nl   text NOT NULL,
	message_en   text NOT NULL,
	explanation  text,
	PRIMARY KEY (municipality, programme, number, position)
);
COMMENT ON TABLE steun.finding IS 'What a submission was told, in the order it was told';
COMMENT ON COLUMN steun.finding.number IS 'Of the submission''s receipt';
COMMENT ON COLUMN steun.finding.line IS 'Of the report; NULL: the report as a whole';
COMMENT ON COLUMN steun.finding.path IS 'JSON pointer into the report';
COMMENT ON COLUMN steun.finding.ref IS 'The submitter''s own reference of the line';
COMMENT ON COLUMN steun.finding.explanation IS 'The submitter''s answer to a warning';
CREATE INDEX finding_rule ON steun.finding (programme, rule);

CREATE TABLE steun.report (
	municipality   text COLLATE "C",
	programme      text COLLATE "C",
	kind           text COLLATE "C",
	period         date,
	revision       integer,
	number         bigint NOT NULL,
	replaces       bigint,
	status         text COLLATE "C" NOT NULL,
	is_nil         boolean NOT NULL,
	verdict        text COLLATE "C" NOT NULL CHECK (verdict <> 'rejected'),
	open_warnings  integer NOT NULL CHECK (open_warnings >= 0),
	province_code  text COLLATE "C" NOT NULL,
	body_sha256    bytea NOT NULL,
	recorded_from  timestamptz NOT NULL,
	recorded_until timestamptz CHECK (recorded_until > recorded_from),
	lines_text     text COLLATE "C" NOT NULL DEFAULT '',
	PRIMARY KEY (municipality, programme, kind, period, revision)
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX report_current ON steun.report (municipality, programme, kind, period)
	WHERE recorded_until IS NULL;
COMMENT ON TABLE steun.report IS 'Accepted revisions, with the time in which each was the current one';
COMMENT ON COLUMN steun.report.number IS 'Of the submission''s receipt';
COMMENT ON COLUMN steun.report.replaces IS 'Number of the report that was current before; NULL: the first';
COMMENT ON COLUMN steun.report.status IS 'provisional, final, or withdrawn: as if never sent';
COMMENT ON COLUMN steun.report.open_warnings IS 'Warnings without an explanation';
COMMENT ON COLUMN steun.report.province_code IS 'Of the municipality when recorded: where its figures were added up';
COMMENT ON COLUMN steun.report.recorded_until IS 'NULL: this is the current revision';
COMMENT ON COLUMN steun.report.lines_text IS
	'Its lines once more, fields separated by tabs: history is read from here (admin.check_record compares)';

CREATE TABLE steun.spending (
	municipality text COLLATE "C",
	programme    text COLLATE "C",
	period       date,
	number       bigint,
	line         integer CHECK (line >= 1),
	item         text COLLATE "C" NOT NULL,
	funding      text COLLATE "C" NOT NULL,
	spent        numeric(14,2) NOT NULL,
	committed    numeric(14,2) NOT NULL,
	ref          text,
	PRIMARY KEY (municipality, programme, period, number, line)
);
COMMENT ON TABLE steun.spending IS 'Lines of accepted spending reports, of every revision';
COMMENT ON COLUMN steun.spending.number IS 'Of the report, in the municipality''s chain';
COMMENT ON COLUMN steun.spending.spent IS 'EUR, exact';
COMMENT ON COLUMN steun.spending.committed IS 'EUR, exact';
COMMENT ON COLUMN steun.spending.ref IS 'The submitter''s own reference';

CREATE TABLE steun.outreach (
	municipality    text COLLATE "C",
	programme       text COLLATE "C",
	period          date,
	number          bigint,
	line            integer CHECK (line >= 1),
	item            text COLLATE "C" NOT NULL,
	target_group    text COLLATE "C" NOT NULL,
	people_reached  integer NOT NULL CHECK (people_reached >= 0),
	contact_moments integer NOT NULL CHECK (contact_moments >= 0),
	activities      integer NOT NULL CHECK (activities >= 0),
	approach        text COLLATE "C",
	partners        text[] COLLATE "C" NOT NULL,
	domains         text[] COLLATE "C" NOT NULL,
	ref             text,
	PRIMARY KEY (municipality, programme, period, number, line)
);
COMMENT ON TABLE steun.outreach IS 'Lines of accepted outreach reports, of every revision';
COMMENT ON COLUMN steun.outreach.number IS 'Of the report, in the municipality''s chain';
COMMENT ON COLUMN steun.outreach.ref IS 'The submitter''s own reference';

CREATE TABLE steun.spending_total (
	programme     text COLLATE "C",
	period        date,
	item          text COLLATE "C",
	funding       text COLLATE "C",
	province_code text COLLATE "C",
	lines         bigint NOT NULL,
	spent         numeric NOT NULL,
	committed     numeric NOT NULL,
	PRIMARY KEY (programme, period, item, funding, province_code)
) WITH (fillfactor = 50);
COMMENT ON TABLE steun.spending_total IS
	'What current spending lines add up to; kept in the transaction that accepts a report';
COMMENT ON COLUMN steun.spending_total.lines IS 'How many lines, so how many municipalities; 0: it was all withdrawn';

CREATE TABLE steun.outreach_total (
	programme       text COLLATE "C",
	period          date,
	item            text COLLATE "C",
	target_group    text COLLATE "C",
	province_code   text COLLATE "C",
	lines           bigint NOT NULL,
	people_reached  bigint NOT NULL,
	contact_moments bigint NOT NULL,
	activities      bigint NOT NULL,
	PRIMARY KEY (programme, period, item, target_group, province_code)
) WITH (fillfactor = 50);
COMMENT ON TABLE steun.outreach_total IS
	'What current outreach lines add up to; kept in the transaction that accepts a report';
COMMENT ON COLUMN steun.outreach_total.lines IS 'How many lines, so how many municipalities; 0: it was all withdrawn';

-- Integrity, looked for once a statement ------------------------------------------------------
--
-- OFFSET 0 keeps the planner from turning a look-up into a join over the whole table, which it would
-- like to do while it has no statistics yet: each is one probe of a key (see 004-batch.sql).

CREATE FUNCTION steun.check_submissions() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM added n
		WHERE NOT EXISTS (SELECT FROM steun.chain c
				WHERE c.municipality = n.municipality AND c.programme = n.programme OFFSET 0)
			OR NOT EXISTS (SELECT FROM steun.sender_key k
				WHERE k.fingerprint = n.sender_key AND k.submitter = n.submitter OFFSET 0)
			OR NOT EXISTS (SELECT FROM steun.rule_set r
				WHERE r.sha256 = n.ruleset_sha256 AND r.programme = n.programme OFFSET 0)
			OR NOT EXISTS (SELECT FROM steun.verify_key v WHERE v.id = n.signing_key OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'submission %/%/% refers to a chain, sender key, rule set or signing key that is not known',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'foreign_key_violation', TABLE = 'submission';
	END IF;
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM added n
		WHERE CASE n.number WHEN 1 THEN n.previous_hash <> decode(repeat('00', 32), 'hex')
			ELSE NOT EXISTS (SELECT FROM steun.submission p
				WHERE p.municipality = n.municipality AND p.programme = n.programme
					AND p.number = n.number - 1 AND p.entry_hash = n.previous_hash OFFSET 0) END
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'submission %/%/% does not continue its chain',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_continues', TABLE = 'submission';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION steun.check_submissions() IS 'Trigger: references and continuity of the chain';
CREATE TRIGGER check_added AFTER INSERT ON steun.submission
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION steun.check_submissions();

CREATE FUNCTION steun.check_reports() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM added n
		WHERE NOT EXISTS (SELECT FROM steun.submission s
			WHERE s.municipality = n.municipality AND s.programme = n.programme
				AND s.number = n.number AND s.kind = n.kind AND s.period = n.period
				AND s.revision = n.revision AND s.status = n.status
				AND s.verdict = n.verdict AND s.body_sha256 = n.body_sha256 OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'report %/%/% is not the submission of that number',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'foreign_key_violation', TABLE = 'report';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION steun.check_reports() IS 'Trigger: a report is an accepted submission';
CREATE TRIGGER check_added AFTER INSERT ON steun.report
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION steun.check_reports();

CREATE FUNCTION steun.check_findings() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM (SELECT DISTINCT a.municipality, a.programme, a.number FROM added a) n
		WHERE NOT EXISTS (SELECT FROM steun.submission s
			WHERE s.municipality = n.municipality AND s.programme = n.programme
				AND s.number = n.number OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'finding of a submission %/%/% that is not there',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'foreign_key_violation', TABLE = 'finding';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION steun.check_findings() IS 'Trigger: a finding belongs to a submission';
CREATE TRIGGER check_added AFTER INSERT ON steun.finding
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION steun.check_findings();

CREATE FUNCTION steun.check_spending() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM (SELECT DISTINCT a.municipality, a.programme, a.period, a.number FROM added a) n
		WHERE NOT EXISTS (SELECT FROM steun.report r
			WHERE r.municipality = n.municipality AND r.programme = n.programme
				AND r.kind = 'spending' AND r.period = n.period AND r.number = n.number
				AND r.status <> 'withdrawn' AND NOT r.is_nil OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'spending line of a report %/%/% that is not there, or has no lines',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'foreign_key_violation', TABLE = 'spending';
	END IF;
	SELECT n.programme, n.item, n.funding INTO bad
		FROM (SELECT DISTINCT a.programme, a.item, a.funding FROM added a) n
		WHERE NOT EXISTS (SELECT FROM steun.item i
				WHERE i.programme = n.programme AND i.id = n.item OFFSET 0)
			OR NOT EXISTS (SELECT FROM steun.term t WHERE t.programme = n.programme
				AND t.vocabulary = 'funding-line' AND t.id = n.funding OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'spending on item % by funding line %: programme % knows no such thing',
			bad.item, bad.funding, bad.programme
			USING ERRCODE = 'foreign_key_violation', TABLE = 'spending';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION steun.check_spending() IS 'Trigger: lines belong to a report and name what exists';
CREATE TRIGGER check_added AFTER INSERT ON steun.spending
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION steun.check_spending();

CREATE FUNCTION steun.check_outreach() RETURNS trigger
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bad record;
BEGIN
	SELECT n.municipality, n.programme, n.number INTO bad
		FROM (SELECT DISTINCT a.municipality, a.programme, a.period, a.number FROM added a) n
		WHERE NOT EXISTS (SELECT FROM steun.report r
			WHERE r.municipality = n.municipality AND r.programme = n.programme
				AND r.kind = 'outreach' AND r.period = n.period AND r.number = n.number
				AND r.status <> 'withdrawn' AND NOT r.is_nil OFFSET 0)
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'outreach line of a report %/%/% that is not there, or has no lines',
			bad.programme, bad.municipality, bad.number
			USING ERRCODE = 'foreign_key_violation', TABLE = 'outreach';
	END IF;
	SELECT n.programme, n.vocabulary, n.id INTO bad
		FROM (SELECT DISTINCT a.programme, t.vocabulary, t.id
			FROM added a, LATERAL (
				VALUES ('item', a.item), ('target-group', a.target_group), ('approach', a.approach)
				UNION ALL SELECT 'partner', p FROM unnest(a.partners) p
				UNION ALL SELECT 'domain', d FROM unnest(a.domains) d) t(vocabulary, id)
			WHERE t.id IS NOT NULL) n
		WHERE CASE n.vocabulary WHEN 'item'
			THEN NOT EXISTS (SELECT FROM steun.item i
				WHERE i.programme = n.programme AND i.id = n.id OFFSET 0)
			ELSE NOT EXISTS (SELECT FROM steun.term t WHERE t.programme = n.programme
				AND t.vocabulary = n.vocabulary AND t.id = n.id OFFSET 0) END
		LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'outreach with % %: programme % knows no such thing',
			bad.vocabulary, bad.id, bad.programme
			USING ERRCODE = 'foreign_key_violation', TABLE = 'outreach';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION steun.check_outreach() IS 'Trigger: lines belong to a report and name what exists';
CREATE TRIGGER check_added AFTER INSERT ON steun.outreach
	REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION steun.check_outreach();

-- The record only grows -----------------------------------------------------------------------

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['submission', 'request', 'finding', 'spending', 'outreach'] LOOP
		EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON steun.%I '
			'FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change(%L)', name,
			'The record only grows.');
	END LOOP;
END
$$;
CREATE TRIGGER refuse_delete BEFORE DELETE OR TRUNCATE ON steun.report
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('The record only grows.');
CREATE TRIGGER refuse_delete BEFORE DELETE OR TRUNCATE ON steun.chain
	FOR EACH STATEMENT EXECUTE FUNCTION steun.refuse_change('The record only grows.');
CREATE TRIGGER refuse_change BEFORE UPDATE OF municipality, programme, kind, period, revision, number,
	replaces, status, is_nil, verdict, open_warnings, province_code, body_sha256, recorded_from, lines_text
	ON steun.report FOR EACH STATEMENT
	EXECUTE FUNCTION steun.refuse_change('Only recorded_until is ever set, and once.');
CREATE TRIGGER refuse_second_end BEFORE UPDATE ON steun.report
	FOR EACH ROW WHEN (old.recorded_until IS NOT NULL)
	EXECUTE FUNCTION steun.refuse_change('Only recorded_until is ever set, and once.');

INSERT INTO steun.migration (file, version) VALUES ('003-record.sql', 3);
