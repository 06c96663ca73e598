-- SPDX-License-Identifier: EUPL-1.2
--
-- What the daemon asks between batches: PING, STATUS and RECALL.

CREATE FUNCTION steun.today() RETURNS date
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
	BEGIN ATOMIC
		SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date;
	END;
COMMENT ON FUNCTION steun.today() IS 'The date at the ministry, by which deadlines are counted';

CREATE FUNCTION steun.deadline(period date, deadline_days integer) RETURNS date
	LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
	BEGIN ATOMIC
		SELECT (period + interval '1 month')::date - 1 + deadline_days;
	END;
COMMENT ON FUNCTION steun.deadline(date, integer) IS 'The last day on which a report about a period is on time';

CREATE FUNCTION steun.ping() RETURNS text
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean THEN
		RAISE EXCEPTION 'the database can only be read' USING ERRCODE = 'read_only_sql_transaction';
	END IF;
	PERFORM FROM steun.programme;
	RETURN 'pong';
END
$$;
COMMENT ON FUNCTION steun.ping() IS 'Answers when the record can be read and written';

CREATE FUNCTION steun.recall(submitter text, request text) RETURNS text
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer text;
BEGIN
	-- A row that can be seen need not have reached the standby yet: its own commit may have been
	-- cut short there. Locking the chain's row makes this transaction one that has something to
	-- commit, and its commit waits for everything written before it.
	SELECT s.reply INTO answer
		FROM steun.request q
		JOIN steun.submission s
			ON s.municipality = q.municipality AND s.programme = q.programme AND s.number = q.number
		JOIN steun.chain c
			ON c.municipality = q.municipality AND c.programme = q.programme
		WHERE q.submitter = recall.submitter AND q.request = recall.request::uuid
		FOR KEY SHARE OF c;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION steun.recall(text, text) IS
	'The RECEIPT body once given for a request, or nothing';

CREATE FUNCTION steun.status(programme text, municipality text, first_period text, last_period text)
	RETURNS text
	LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	entries text;
BEGIN
	SELECT string_agg(json_strip_nulls(row_to_json(e))::text, ',' ORDER BY e.period, e.kind DESC)
		INTO entries
		FROM (
			SELECT to_char(p.period, 'YYYY-MM') AS period, k.kind,
					steun.deadline(p.period::date, g.deadline_days) AS deadline,
					CASE WHEN r.status = 'withdrawn' THEN 'withdrawn'
						WHEN r.is_nil THEN 'nil'
						WHEN r.revision IS NOT NULL THEN 'accepted'
						WHEN s.number IS NOT NULL THEN 'rejected'
						WHEN steun.deadline(p.period::date, g.deadline_days) < steun.today() THEN 'missing'
						ELSE 'not-due' END AS state,
					coalesce(r.revision, s.revision) AS revision,
					coalesce(r.status, s.status) AS status,
					coalesce(r.verdict, s.verdict) AS verdict,
					g.id || '/' || m.code || '/' || coalesce(r.number, s.number) AS receipt,
					coalesce(r.open_warnings, s.open_warnings) AS open_warnings
				FROM steun.programme g
				JOIN steun.municipality m ON m.code = status.municipality
				CROSS JOIN LATERAL generate_series(
					greatest(g.opens, (first_period || '-01')::date)::timestamp,
					least(g.closes, (last_period || '-01')::date)::timestamp,
					interval '1 month') p(period)
				CROSS JOIN (VALUES ('spending'), ('outreach')) k(kind)
				LEFT JOIN steun.report r
					ON r.municipality = m.code AND r.programme = g.id AND r.kind = k.kind
						AND r.period = p.period::date AND r.recorded_until IS NULL
				LEFT JOIN LATERAL (
					SELECT x.number, x.revision, x.status, x.verdict,
							(SELECT count(*) FROM steun.finding f
								WHERE f.municipality = x.municipality AND f.programme = x.programme
									AND f.number = x.number AND f.severity = 'warning'
									AND f.explanation IS NULL) AS open_warnings
						FROM steun.submission x
						WHERE r.number IS NULL AND x.municipality = m.code AND x.programme = g.id
							AND x.kind = k.kind AND x.period = p.period::date
						ORDER BY x.number DESC
						LIMIT 1) s ON true
				WHERE g.id = status.programme
					AND m.valid_from < (p.period + interval '1 month')::date
					AND (m.valid_until IS NULL OR m.valid_until > p.period::date)
		) e;
	RETURN '{"municipality":' || to_json(municipality) || ',"entries":[' || coalesce(entries, '')
		|| ']}';
END
$$;
COMMENT ON FUNCTION steun.status(text, text, text, text) IS
	'Body of STATUS: where each period and kind of a municipality stands';

GRANT EXECUTE ON FUNCTION steun.ping(), steun.recall(text, text),
	steun.status(text, text, text, text) TO steun_daemon;

INSERT INTO steun.migration (file, version) VALUES ('005-queries.sql', 5);
