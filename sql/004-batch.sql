-- SPDX-License-Identifier: EUPL-1.2
--
-- What the daemon does with a batch of submissions, in one explicit transaction:
--
--     first round trip    BEGIN; lock_chains; read_submissions; read_history
--     (the daemon judges)
--     second round trip   store_submissions; store_findings; store_spending; store_outreach;
--                         store_totals; COMMIT
--
-- Arrays hold one element a submission (or a line, or a finding), so that the cost of a statement is
-- shared. The functions are PL/pgSQL for two reasons: each statement inside sees what was
-- committed before it began, so what is read after a lock is what the lock protects; and plans are kept.
--
-- Kept plans are made when the tables are empty, and must be right when they are large. So every
-- look-up is a LATERAL query behind OFFSET 0, which the planner does not join freely, and the
-- functions run with sequential scans and hash and merge joins discouraged (at the end of this
-- file): a batch of a hundred is a hundred probes of a key, whatever the statistics say. What
-- is discouraged looks dear where it cannot be avoided, hence no compiling of such plans (jit). The
-- server would rather plan anew for each batch, as it cannot see that nothing depends on the values:
-- that would be a millisecond a batch, however small, hence plan_cache_mode.
--
-- Rows to be inserted are unnested in the select list, array by array: unnest() of many arrays in FROM
-- keeps all rows in a tuplestore first.

CREATE FUNCTION steun.lock_chains(municipalities text[], programmes text[]) RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- New chains come before any lock is taken, and both in key order: no two batches can wait
	-- for each other.
	INSERT INTO steun.chain (municipality, programme)
		SELECT DISTINCT w.municipality COLLATE "C", w.programme COLLATE "C"
			FROM unnest(municipalities, programmes) w(municipality, programme)
			WHERE NOT EXISTS (SELECT FROM steun.chain c
				WHERE c.municipality = w.municipality AND c.programme = w.programme OFFSET 0)
			ORDER BY 1, 2
		ON CONFLICT DO NOTHING;
	PERFORM FROM (
			SELECT DISTINCT u.municipality COLLATE "C" AS municipality, u.programme COLLATE "C" AS programme
				FROM unnest(municipalities, programmes) u(municipality, programme)
				ORDER BY 1, 2) w
		CROSS JOIN LATERAL (
			SELECT FROM steun.chain c
				WHERE c.municipality = w.municipality AND c.programme = w.programme
				FOR NO KEY UPDATE) locked;
END
$$;
COMMENT ON FUNCTION steun.lock_chains(text[], text[]) IS
	'Locks the chains of a batch until its transaction ends';

CREATE FUNCTION steun.read_submissions(
	municipalities text[], programmes text[], kinds text[], periods text[], revisions integer[],
	submitters text[], requests uuid[], body_hashes bytea[])
	RETURNS TABLE (
		ordinal           integer,
		last_number       bigint,
		last_hash         bytea,
		reply             text,
		is_conflict       boolean,
		accepted_revision integer,
		accepted_status   text,
		province_code     text)
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT w.ordinal::integer, c.last_number, c.last_hash,
			coalesce(by_request.reply, by_content.reply),
			same.body_sha256 IS NOT NULL AND same.body_sha256 <> w.body_sha256,
			latest.revision, latest.status::text, m.province_code::text
		FROM unnest(municipalities, programmes, kinds, periods, revisions, submitters, requests,
				body_hashes) WITH ORDINALITY
			w(municipality, programme, kind, period, revision, submitter, request, body_sha256, ordinal)
		LEFT JOIN LATERAL (
			SELECT x.last_number, x.last_hash
				FROM steun.chain x
				WHERE x.municipality = w.municipality AND x.programme = w.programme
				OFFSET 0) c ON true
		LEFT JOIN LATERAL (
			SELECT s.reply
				FROM steun.request x
				CROSS JOIN LATERAL (
					SELECT y.reply
						FROM steun.submission y
						WHERE y.municipality = x.municipality AND y.programme = x.programme
							AND y.number = x.number
						OFFSET 0) s
				WHERE x.submitter = w.submitter AND x.request = w.request
				OFFSET 0) by_request ON true
		LEFT JOIN LATERAL (
			SELECT x.revision, x.status
				FROM steun.report x
				WHERE x.municipality = w.municipality AND x.programme = w.programme
					AND x.kind = w.kind AND x.period = (w.period || '-01')::date
					AND x.recorded_until IS NULL
				OFFSET 0) latest ON true
		LEFT JOIN LATERAL (
			SELECT x.municipality, x.programme, x.number, x.body_sha256
				FROM steun.report x
				WHERE x.municipality = w.municipality AND x.programme = w.programme
					AND x.kind = w.kind AND x.period = (w.period || '-01')::date
					AND x.revision = w.revision
				OFFSET 0) same ON true
		LEFT JOIN LATERAL (
			SELECT x.reply
				FROM steun.submission x
				WHERE x.municipality = same.municipality AND x.programme = same.programme
					AND x.number = same.number AND same.body_sha256 = w.body_sha256
				OFFSET 0) by_content ON true
		LEFT JOIN LATERAL (
			SELECT x.province_code FROM steun.municipality x WHERE x.code = w.municipality OFFSET 0) m
			ON true
		ORDER BY w.ordinal;
END
$$;
COMMENT ON FUNCTION steun.read_submissions(text[], text[], text[], text[], integer[], text[], uuid[],
	bytea[]) IS 'For each submission of a batch: was it answered before, what was accepted, where its chain stands';

CREATE FUNCTION steun.read_history(
	ordinals integer[], municipalities text[], programmes text[], kinds text[], periods text[])
	RETURNS TABLE (
		ordinal       integer,
		kind          text,
		period        text,
		revision      integer,
		status        text,
		is_nil        boolean,
		province_code text,
		lines_text    text)
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- A report is read from its text, not from its lines: a row a report, not fourteen.
	RETURN QUERY
	SELECT w.ordinal, r.kind::text, to_char(r.period, 'YYYY-MM'), r.revision, r.status::text, r.is_nil,
			r.province_code::text, r.lines_text::text
		FROM unnest(ordinals, municipalities, programmes, kinds, periods)
			w(ordinal, municipality, programme, kind, period)
		CROSS JOIN LATERAL (
			SELECT (w.period || '-01')::date AS period, (left(w.period, 4) || '-01-01')::date AS first_day,
					(left(w.period, 4) || '-12-01')::date AS last_month
				OFFSET 0) d
		CROSS JOIN LATERAL (
			(SELECT x.kind, x.period, x.revision, x.status, x.is_nil, x.province_code, x.lines_text
				FROM steun.report x
				WHERE x.municipality = w.municipality AND x.programme = w.programme
					AND x.kind = w.kind
					AND x.period >= least(d.first_day, (
						SELECT y.period
							FROM steun.report y
							WHERE y.municipality = w.municipality AND y.programme = w.programme
								AND y.kind = w.kind AND y.period < d.period
								AND y.recorded_until IS NULL AND y.status <> 'withdrawn'
							ORDER BY y.period DESC
							LIMIT 1))
					AND x.period <= d.last_month
					AND x.recorded_until IS NULL AND x.status <> 'withdrawn')
			UNION ALL
			(SELECT x.kind, x.period, x.revision, x.status, x.is_nil, x.province_code, x.lines_text
				FROM steun.report x
				WHERE x.municipality = w.municipality AND x.programme = w.programme
					AND x.kind = CASE w.kind WHEN 'spending' THEN 'outreach' ELSE 'spending' END
					AND x.period = d.period
					AND x.recorded_until IS NULL AND x.status <> 'withdrawn')) r
		ORDER BY w.ordinal;
END
$$;
COMMENT ON FUNCTION steun.read_history(integer[], text[], text[], text[], text[]) IS
	'For each report of a batch: the current ones of its year, the one before, and the other kind''s';

CREATE FUNCTION steun.store_submissions(
	municipalities text[], programmes text[], numbers bigint[], kinds text[], periods text[],
	revisions integer[], statuses text[], nils boolean[], verdicts text[], errors integer[],
	warnings integer[], open_warnings integer[], received_ats timestamptz[], submitters text[],
	sender_keys bytea[], requests uuid[], ruleset_hashes bytea[], body_hashes bytea[],
	previous_hashes bytea[], entry_hashes bytea[], signatures bytea[], signing_keys text[],
	bodies bytea[], receipts text[], replies text[], province_codes text[], lines_texts text[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	moved bigint;
BEGIN
	UPDATE steun.chain c
		SET last_number = n.number, last_hash = n.entry_hash
		FROM unnest(municipalities, programmes, numbers, previous_hashes, entry_hashes)
			n(municipality, programme, number, previous_hash, entry_hash)
		CROSS JOIN LATERAL (
			SELECT x.ctid AS place
				FROM steun.chain x
				WHERE x.municipality = n.municipality AND x.programme = n.programme
					AND x.last_number = n.number - 1 AND x.last_hash = n.previous_hash
				OFFSET 0) head
		WHERE c.ctid = head.place;
	GET DIAGNOSTICS moved = ROW_COUNT;
	IF moved <> cardinality(numbers) THEN
		RAISE EXCEPTION 'the head of a chain is not where this batch read it'
			USING ERRCODE = 'serialization_failure';
	END IF;

	INSERT INTO steun.submission (municipality, programme, number, kind, period, revision, status,
			verdict, errors, warnings, received_at, submitter, sender_key, request, ruleset_sha256,
			body_sha256, previous_hash, entry_hash, signature, signing_key, body, receipt, reply)
		SELECT n.municipality, n.programme, n.number, n.kind, (n.period || '-01')::date, n.revision,
				n.status, n.verdict, n.errors, n.warnings,
				n.received_at, n.submitter, n.sender_key, n.request, n.ruleset_sha256,
				n.body_sha256, n.previous_hash, n.entry_hash, n.signature, n.signing_key,
				n.body, n.receipt, n.reply
			FROM (
				SELECT unnest(municipalities) AS municipality, unnest(programmes) AS programme,
					unnest(numbers) AS number, unnest(kinds) AS kind, unnest(periods) AS period,
					unnest(revisions) AS revision, unnest(statuses) AS status,
					unnest(verdicts) AS verdict, unnest(errors) AS errors,
					unnest(warnings) AS warnings, unnest(received_ats) AS received_at,
					unnest(submitters) AS submitter, unnest(sender_keys) AS sender_key,
					unnest(requests) AS request, unnest(ruleset_hashes) AS ruleset_sha256,
					unnest(body_hashes) AS body_sha256, unnest(previous_hashes) AS previous_hash,
					unnest(entry_hashes) AS entry_hash, unnest(signatures) AS signature,
					unnest(signing_keys) AS signing_key, unnest(bodies) AS body,
					unnest(receipts) AS receipt, unnest(replies) AS reply) n;

	INSERT INTO steun.request (submitter, request, municipality, programme, number)
		SELECT n.submitter, n.request, n.municipality, n.programme, n.number
			FROM unnest(submitters, requests, municipalities, programmes, numbers)
				n(submitter, request, municipality, programme, number);

	-- The clock is read under the lock, and never runs backwards within a stream.
	UPDATE steun.report r
		SET recorded_until = greatest(clock_timestamp(), r.recorded_from + interval '1 microsecond')
		FROM unnest(municipalities, programmes, kinds, periods, verdicts)
			n(municipality, programme, kind, period, verdict)
		CROSS JOIN LATERAL (
			SELECT x.ctid AS place
				FROM steun.report x
				WHERE x.municipality = n.municipality AND x.programme = n.programme
					AND x.kind = n.kind AND x.period = (n.period || '-01')::date
					AND x.recorded_until IS NULL
				OFFSET 0) replaced
		WHERE r.ctid = replaced.place AND n.verdict <> 'rejected';

	INSERT INTO steun.report (municipality, programme, kind, period, revision, number, replaces,
			status, is_nil, verdict, open_warnings, province_code, body_sha256, recorded_from,
			lines_text)
		SELECT n.municipality, n.programme, n.kind, (n.period || '-01')::date, n.revision, n.number,
				old.number, n.status, n.is_nil, n.verdict, n.open_warnings, n.province_code,
				n.body_sha256, coalesce(old.recorded_until, clock_timestamp()), n.lines_text
			FROM unnest(municipalities, programmes, kinds, periods, revisions, numbers, statuses,
					nils, verdicts, open_warnings, body_hashes, province_codes, lines_texts)
				n(municipality, programme, kind, period, revision, number, status, is_nil, verdict,
					open_warnings, body_sha256, province_code, lines_text)
			LEFT JOIN LATERAL (
				SELECT r.number, r.recorded_until
					FROM steun.report r
					WHERE r.municipality = n.municipality AND r.programme = n.programme
						AND r.kind = n.kind AND r.period = (n.period || '-01')::date
					ORDER BY r.revision DESC
					LIMIT 1) old ON true
			WHERE n.verdict <> 'rejected';
END
$$;
COMMENT ON FUNCTION steun.store_submissions IS
	'Stores the submissions of a batch with their receipts, and the accepted ones as reports';

CREATE FUNCTION steun.store_findings(
	municipalities text[], programmes text[], numbers bigint[], positions integer[], rules text[],
	severities text[], lines integer[], paths text[], refs text[], found_values text[],
	expecteds text[], messages_nl text[], messages_en text[], explanations text[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.finding (municipality, programme, number, position, rule, severity, line, path,
			ref, value, expected, message_nl, message_en, explanation)
		SELECT unnest(municipalities), unnest(programmes), unnest(numbers), unnest(positions),
			unnest(rules), unnest(severities), unnest(lines), unnest(paths), unnest(refs),
			unnest(found_values), unnest(expecteds), unnest(messages_nl), unnest(messages_en),
			unnest(explanations);
END
$$;
COMMENT ON FUNCTION steun.store_findings IS 'Stores what the submissions of a batch were told';

CREATE FUNCTION steun.store_spending(
	municipalities text[], programmes text[], periods text[], numbers bigint[], lines integer[],
	items text[], fundings text[], spents text[], committeds text[], refs text[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.spending (municipality, programme, period, number, line, item, funding, spent,
			committed, ref)
		SELECT n.municipality, n.programme, (n.period || '-01')::date, n.number, n.line, n.item,
				n.funding, n.spent::numeric, n.committed::numeric, n.ref
			FROM (
				SELECT unnest(municipalities) AS municipality, unnest(programmes) AS programme,
					unnest(periods) AS period, unnest(numbers) AS number, unnest(lines) AS line,
					unnest(items) AS item, unnest(fundings) AS funding, unnest(spents) AS spent,
					unnest(committeds) AS committed, unnest(refs) AS ref) n;
END
$$;
COMMENT ON FUNCTION steun.store_spending IS 'Stores the lines of a batch''s accepted spending reports';

CREATE FUNCTION steun.store_outreach(
	municipalities text[], programmes text[], periods text[], numbers bigint[], lines integer[],
	items text[], target_groups text[], people_reacheds integer[], contact_momentss integer[],
	activitiess integer[], approaches text[], partners text[], domains text[], refs text[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- Arrays of arrays are rectangles in SQL: a line's partners and domains come as one text
	-- each, ids separated by commas, which ids cannot hold.
	INSERT INTO steun.outreach (municipality, programme, period, number, line, item, target_group,
			people_reached, contact_moments, activities, approach, partners, domains, ref)
		SELECT n.municipality, n.programme, (n.period || '-01')::date, n.number, n.line, n.item,
				n.target_group, n.people_reached, n.contact_moments, n.activities, n.approach,
				string_to_array(n.partners, ','), string_to_array(n.domains, ','), n.ref
			FROM (
				SELECT unnest(municipalities) AS municipality, unnest(programmes) AS programme,
					unnest(periods) AS period, unnest(numbers) AS number, unnest(lines) AS line,
					unnest(items) AS item, unnest(target_groups) AS target_group,
					unnest(people_reacheds) AS people_reached,
					unnest(contact_momentss) AS contact_moments, unnest(activitiess) AS activities,
					unnest(approaches) AS approach, unnest(partners) AS partners,
					unnest(domains) AS domains, unnest(refs) AS ref) n;
END
$$;
COMMENT ON FUNCTION steun.store_outreach IS 'Stores the lines of a batch''s accepted outreach reports';

CREATE FUNCTION steun.store_totals(
	programmes text[], kinds text[], periods text[], items text[], terms text[],
	province_codes text[], lines bigint[], spents text[], committeds text[], people_reacheds bigint[],
	contact_momentss bigint[], activitiess bigint[])
	RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- Every batch adds to the same few rows. They come added up, and are touched last, in key
	-- order, spending before outreach, each once: locks are short and never cross.
	INSERT INTO steun.spending_total AS t (programme, period, item, funding, province_code, lines,
			spent, committed)
		SELECT n.programme, (n.period || '-01')::date, n.item, n.term, n.province_code, n.lines,
				n.spent::numeric, n.committed::numeric
			FROM unnest(programmes, kinds, periods, items, terms, province_codes, lines, spents,
					committeds)
				n(programme, kind, period, item, term, province_code, lines, spent, committed)
			WHERE n.kind = 'spending'
			ORDER BY n.programme COLLATE "C", n.period COLLATE "C", n.item COLLATE "C",
				n.term COLLATE "C", n.province_code COLLATE "C"
		ON CONFLICT (programme, period, item, funding, province_code) DO UPDATE
			SET lines = t.lines + excluded.lines, spent = t.spent + excluded.spent,
				committed = t.committed + excluded.committed;

	INSERT INTO steun.outreach_total AS t (programme, period, item, target_group, province_code, lines,
			people_reached, contact_moments, activities)
		SELECT n.programme, (n.period || '-01')::date, n.item, n.term, n.province_code, n.lines,
				n.people_reached, n.contact_moments, n.activities
			FROM unnest(programmes, kinds, periods, items, terms, province_codes, lines,
					people_reacheds, contact_momentss, activitiess)
				n(programme, kind, period, item, term, province_code, lines, people_reached,
					contact_moments, activities)
			WHERE n.kind = 'outreach'
			ORDER BY n.programme COLLATE "C", n.period COLLATE "C", n.item COLLATE "C",
				n.term COLLATE "C", n.province_code COLLATE "C"
		ON CONFLICT (programme, period, item, target_group, province_code) DO UPDATE
			SET lines = t.lines + excluded.lines,
				people_reached = t.people_reached + excluded.people_reached,
				contact_moments = t.contact_moments + excluded.contact_moments,
				activities = t.activities + excluded.activities;

	-- Consumers hear which totals moved when, and only if, the transaction commits.
	PERFORM pg_notify('steun_totals', moved.programme || ' ' || moved.kind || ' ' || moved.period)
		FROM (SELECT DISTINCT n.programme, n.kind, n.period
			FROM unnest(programmes, kinds, periods) n(programme, kind, period)) moved;
END
$$;
COMMENT ON FUNCTION steun.store_totals IS
	'Adds what the accepted reports of a batch change to the totals, already added up';

DO $$
DECLARE
	hot regprocedure;
BEGIN
	FOR hot IN SELECT p.oid
		FROM pg_proc p
		WHERE p.pronamespace = 'steun'::regnamespace
			AND p.proname IN ('lock_chains', 'read_submissions', 'read_history', 'store_submissions',
				'store_findings', 'store_spending', 'store_outreach', 'store_totals')
	LOOP
		EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off SET enable_hashjoin = off '
			'SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan', hot);
	END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION
	steun.lock_chains,
	steun.read_submissions,
	steun.read_history,
	steun.store_submissions,
	steun.store_findings,
	steun.store_spending,
	steun.store_outreach,
	steun.store_totals
TO steun_daemon;

INSERT INTO steun.migration (file, version) VALUES ('004-batch.sql', 4);
