-- SPDX-License-Identifier: EUPL-1.2
--
-- Takes over the reference data from the daemon's files, in one transaction. The document:
--
-- {"format": "steun-reference/1",
--  "programmes": [{"id", "title_nl", "title_en", "opens": "YYYY-MM", "closes", "deadline_days",
--     "departments": [{"id", "title_nl", "title_en", "contact"}],
--     "action_lines": [{"id", "title_nl", "title_en", "budget": "40000000.00"}],
--     "terms": [{"vocabulary": "funding-line", "id", "title_nl", "title_en"}],
--     "items": [{"id", "title_nl", "title_en", "action_line", "budget", "withheld_ground", "funding",
--        "opens", "closes", "departments": ["VWS"], "fundings": ["gf-au"]}],
--     "allocations": [{"municipality", "item", "amount": "19135.00"}],
--     "rule_set": {"sha256": "<hex>", "sources": [{"path", "text"}]}}],
--  "municipalities": [{"code", "name", "province_code", "province", "population", "valid_from",
--     "valid_until"}],
--  "mergers": [{"date", "kind", "old_code", "old_name", "new_code", "new_name", "address_share"}],
--  "submitters": [{"id", "name", "may_all", "may_spending", "may_outreach", "municipalities": [...],
--     "programmes": [...]}],
--  "keys": [{"fingerprint": "<hex>", "submitter", "valid_from": "<UTC>", "valid_until"}],
--  "verify_keys": [{"id", "ed25519": "<base64>"}]}
--
-- What is not known is left out. Positions follow from the order. daemon/serve/reference.c writes it.
-- Rows that did not change are not written, so that a reload costs the record nothing.

CREATE FUNCTION steun.load_programmes(document jsonb) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.programme AS t (id, title_nl, title_en, opens, closes, deadline_days)
		SELECT p.id, p.title_nl, p.title_en, (p.opens || '-01')::date, (p.closes || '-01')::date,
				p.deadline_days
			FROM jsonb_to_recordset(document -> 'programmes')
				p(id text, title_nl text, title_en text, opens text, closes text, deadline_days integer)
		ON CONFLICT (id) DO UPDATE
			SET title_nl = excluded.title_nl, title_en = excluded.title_en, opens = excluded.opens,
				closes = excluded.closes, deadline_days = excluded.deadline_days, retired = false
			WHERE (t.title_nl, t.title_en, t.opens, t.closes, t.deadline_days, t.retired)
				IS DISTINCT FROM (excluded.title_nl, excluded.title_en, excluded.opens,
					excluded.closes, excluded.deadline_days, false);
	UPDATE steun.programme t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'programmes') p WHERE p ->> 'id' = t.id);

	INSERT INTO steun.department AS t (programme, id, position, title_nl, title_en, contact)
		SELECT p ->> 'id', d.value ->> 'id', d.position, d.value ->> 'title_nl',
				d.value ->> 'title_en', d.value ->> 'contact'
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'departments') WITH ORDINALITY d(value, position)
		ON CONFLICT (programme, id) DO UPDATE
			SET position = excluded.position, title_nl = excluded.title_nl,
				title_en = excluded.title_en, contact = excluded.contact, retired = false
			WHERE (t.position, t.title_nl, t.title_en, t.contact, t.retired)
				IS DISTINCT FROM (excluded.position, excluded.title_nl, excluded.title_en,
					excluded.contact, false);
	UPDATE steun.department t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'programmes') p
				CROSS JOIN jsonb_array_elements(p -> 'departments') d
				WHERE p ->> 'id' = t.programme AND d ->> 'id' = t.id);

	INSERT INTO steun.action_line AS t (programme, id, position, title_nl, title_en, budget)
		SELECT p ->> 'id', a.value ->> 'id', a.position, a.value ->> 'title_nl',
				a.value ->> 'title_en', (a.value ->> 'budget')::numeric
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'action_lines') WITH ORDINALITY a(value, position)
		ON CONFLICT (programme, id) DO UPDATE
			SET position = excluded.position, title_nl = excluded.title_nl,
				title_en = excluded.title_en, budget = excluded.budget, retired = false
			WHERE (t.position, t.title_nl, t.title_en, t.budget, t.retired)
				IS DISTINCT FROM (excluded.position, excluded.title_nl, excluded.title_en,
					excluded.budget, false);
	UPDATE steun.action_line t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'programmes') p
				CROSS JOIN jsonb_array_elements(p -> 'action_lines') a
				WHERE p ->> 'id' = t.programme AND a ->> 'id' = t.id);

	INSERT INTO steun.term AS t (programme, vocabulary, id, position, title_nl, title_en)
		SELECT p ->> 'id', v.value ->> 'vocabulary', v.value ->> 'id', v.position,
				v.value ->> 'title_nl', v.value ->> 'title_en'
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'terms') WITH ORDINALITY v(value, position)
		ON CONFLICT (programme, vocabulary, id) DO UPDATE
			SET position = excluded.position, title_nl = excluded.title_nl,
				title_en = excluded.title_en, retired = false
			WHERE (t.position, t.title_nl, t.title_en, t.retired)
				IS DISTINCT FROM (excluded.position, excluded.title_nl, excluded.title_en, false);
	UPDATE steun.term t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'programmes') p
				CROSS JOIN jsonb_array_elements(p -> 'terms') v
				WHERE p ->> 'id' = t.programme AND v ->> 'vocabulary' = t.vocabulary
					AND v ->> 'id' = t.id);
END
$$;
COMMENT ON FUNCTION steun.load_programmes(jsonb) IS
	'Part of steun.reference_load: programmes, departments, action lines, vocabularies';

CREATE FUNCTION steun.load_items(document jsonb) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.item AS t (programme, id, position, title_nl, title_en, action_line, budget,
			withheld_ground, funding, opens, closes)
		SELECT p ->> 'id', i.value ->> 'id', i.position, i.value ->> 'title_nl',
				i.value ->> 'title_en', i.value ->> 'action_line', (i.value ->> 'budget')::numeric,
				i.value ->> 'withheld_ground', i.value ->> 'funding',
				((i.value ->> 'opens') || '-01')::date, ((i.value ->> 'closes') || '-01')::date
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'items') WITH ORDINALITY i(value, position)
		ON CONFLICT (programme, id) DO UPDATE
			SET position = excluded.position, title_nl = excluded.title_nl,
				title_en = excluded.title_en, action_line = excluded.action_line,
				budget = excluded.budget, withheld_ground = excluded.withheld_ground,
				funding = excluded.funding, opens = excluded.opens, closes = excluded.closes,
				retired = false
			WHERE (t.position, t.title_nl, t.title_en, t.action_line, t.budget, t.withheld_ground,
					t.funding, t.opens, t.closes, t.retired)
				IS DISTINCT FROM (excluded.position, excluded.title_nl, excluded.title_en,
					excluded.action_line, excluded.budget, excluded.withheld_ground,
					excluded.funding, excluded.opens, excluded.closes, false);
	UPDATE steun.item t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'programmes') p
				CROSS JOIN jsonb_array_elements(p -> 'items') i
				WHERE p ->> 'id' = t.programme AND i ->> 'id' = t.id);

	-- Nothing refers to the rows below: they become what the files say. Those of programmes that
	-- left the files stay, as the programme does.
	DELETE FROM steun.item_department t
		USING jsonb_array_elements(document -> 'programmes') p
		WHERE t.programme = p ->> 'id' AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(p -> 'items') i
				WHERE i ->> 'id' = t.item AND i -> 'departments' ? t.department);
	INSERT INTO steun.item_department AS t (programme, item, department, position)
		SELECT p ->> 'id', i ->> 'id', d.id, d.position
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'items') i
			CROSS JOIN jsonb_array_elements_text(i -> 'departments') WITH ORDINALITY d(id, position)
		ON CONFLICT (programme, item, department) DO UPDATE SET position = excluded.position
			WHERE t.position <> excluded.position;

	DELETE FROM steun.item_funding t
		USING jsonb_array_elements(document -> 'programmes') p
		WHERE t.programme = p ->> 'id' AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(p -> 'items') i
				WHERE i ->> 'id' = t.item AND i -> 'fundings' ? t.funding);
	INSERT INTO steun.item_funding (programme, item, funding)
		SELECT p ->> 'id', i ->> 'id', f
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_array_elements(p -> 'items') i
			CROSS JOIN jsonb_array_elements_text(i -> 'fundings') f
		ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION steun.load_items(jsonb) IS 'Part of steun.reference_load: items and whose they are';

CREATE FUNCTION steun.load_municipalities(document jsonb) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.municipality AS t (code, name, province_code, province, population, valid_from,
			valid_until)
		SELECT m.code, m.name, m.province_code, m.province, m.population, m.valid_from, m.valid_until
			FROM jsonb_to_recordset(document -> 'municipalities')
				m(code text, name text, province_code text, province text, population bigint,
					valid_from date, valid_until date)
		ON CONFLICT (code) DO UPDATE
			SET name = excluded.name, province_code = excluded.province_code,
				province = excluded.province, population = excluded.population,
				valid_from = excluded.valid_from, valid_until = excluded.valid_until, retired = false
			WHERE (t.name, t.province_code, t.province, t.population, t.valid_from, t.valid_until,
					t.retired)
				IS DISTINCT FROM (excluded.name, excluded.province_code, excluded.province,
					excluded.population, excluded.valid_from, excluded.valid_until, false);
	UPDATE steun.municipality t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'municipalities') m
				WHERE m ->> 'code' = t.code);

	DELETE FROM steun.merger t
		WHERE NOT EXISTS (
			SELECT FROM jsonb_to_recordset(document -> 'mergers')
				m(date date, old_code text, new_code text)
				WHERE (m.date, m.old_code, m.new_code) = (t.effective, t.old_code, t.new_code));
	INSERT INTO steun.merger AS t (effective, old_code, new_code, kind, old_name, new_name,
			address_share)
		SELECT m.date, m.old_code, m.new_code, m.kind, m.old_name, m.new_name, m.address_share
			FROM jsonb_to_recordset(document -> 'mergers')
				m(date date, kind text, old_code text, old_name text, new_code text, new_name text,
					address_share numeric)
		ON CONFLICT (effective, old_code, new_code) DO UPDATE
			SET kind = excluded.kind, old_name = excluded.old_name, new_name = excluded.new_name,
				address_share = excluded.address_share
			WHERE (t.kind, t.old_name, t.new_name, t.address_share)
				IS DISTINCT FROM (excluded.kind, excluded.old_name, excluded.new_name,
					excluded.address_share);

	DELETE FROM steun.allocation t
		USING jsonb_array_elements(document -> 'programmes') p
		WHERE t.programme = p ->> 'id' AND NOT EXISTS (
			SELECT FROM jsonb_to_recordset(p -> 'allocations') a(municipality text, item text)
				WHERE (a.municipality, a.item) = (t.municipality, t.item));
	INSERT INTO steun.allocation AS t (municipality, programme, item, amount)
		SELECT a.municipality, p ->> 'id', a.item, a.amount
			FROM jsonb_array_elements(document -> 'programmes') p
			CROSS JOIN jsonb_to_recordset(p -> 'allocations')
				a(municipality text, item text, amount numeric)
		ON CONFLICT (municipality, programme, item) DO UPDATE SET amount = excluded.amount
			WHERE t.amount <> excluded.amount;
END
$$;
COMMENT ON FUNCTION steun.load_municipalities(jsonb) IS
	'Part of steun.reference_load: municipalities, mergers, allocations';

CREATE FUNCTION steun.load_submitters(document jsonb) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO steun.submitter AS t (id, name, may_all, may_spending, may_outreach)
		SELECT s.id, s.name, s.may_all, s.may_spending, s.may_outreach
			FROM jsonb_to_recordset(document -> 'submitters')
				s(id text, name text, may_all boolean, may_spending boolean, may_outreach boolean)
		ON CONFLICT (id) DO UPDATE
			SET name = excluded.name, may_all = excluded.may_all,
				may_spending = excluded.may_spending, may_outreach = excluded.may_outreach,
				retired = false
			WHERE (t.name, t.may_all, t.may_spending, t.may_outreach, t.retired)
				IS DISTINCT FROM (excluded.name, excluded.may_all, excluded.may_spending,
					excluded.may_outreach, false);
	UPDATE steun.submitter t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'submitters') s WHERE s ->> 'id' = t.id);

	DELETE FROM steun.submitter_municipality t
		WHERE NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'submitters') s
				WHERE s ->> 'id' = t.submitter AND s -> 'municipalities' ? t.municipality);
	INSERT INTO steun.submitter_municipality (submitter, municipality)
		SELECT s ->> 'id', m
			FROM jsonb_array_elements(document -> 'submitters') s
			CROSS JOIN jsonb_array_elements_text(s -> 'municipalities') m
		ON CONFLICT DO NOTHING;

	DELETE FROM steun.submitter_programme t
		WHERE NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'submitters') s
				WHERE s ->> 'id' = t.submitter AND s -> 'programmes' ? t.programme);
	INSERT INTO steun.submitter_programme (submitter, programme)
		SELECT s ->> 'id', p
			FROM jsonb_array_elements(document -> 'submitters') s
			CROSS JOIN jsonb_array_elements_text(s -> 'programmes') p
		ON CONFLICT DO NOTHING;

	INSERT INTO steun.sender_key AS t (fingerprint, submitter, valid_from, valid_until)
		SELECT decode(k.fingerprint, 'hex'), k.submitter, k.valid_from, k.valid_until
			FROM jsonb_to_recordset(document -> 'keys')
				k(fingerprint text, submitter text, valid_from timestamptz, valid_until timestamptz)
		ON CONFLICT (fingerprint) DO NOTHING;
	IF EXISTS (SELECT FROM jsonb_to_recordset(document -> 'keys') k(fingerprint text, submitter text)
			JOIN steun.sender_key t ON t.fingerprint = decode(k.fingerprint, 'hex')
			WHERE t.submitter <> k.submitter) THEN
		RAISE EXCEPTION 'a key in the submitters'' files belonged to another submitter before'
			USING ERRCODE = 'integrity_constraint_violation',
			      HINT = 'Give the new submitter a key of its own: the record tells senders by their keys.';
	END IF;
	UPDATE steun.sender_key t
		SET valid_from = k.valid_from, valid_until = k.valid_until, retired = false
		FROM jsonb_to_recordset(document -> 'keys')
			k(fingerprint text, valid_from timestamptz, valid_until timestamptz)
		WHERE t.fingerprint = decode(k.fingerprint, 'hex')
			AND (t.valid_from, t.valid_until, t.retired)
				IS DISTINCT FROM (k.valid_from, k.valid_until, false);
	UPDATE steun.sender_key t SET retired = true
		WHERE NOT t.retired AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(document -> 'keys') k
				WHERE k ->> 'fingerprint' = encode(t.fingerprint, 'hex'));
END
$$;
COMMENT ON FUNCTION steun.load_submitters(jsonb) IS
	'Part of steun.reference_load: submitters, what they may send, their keys';

CREATE FUNCTION steun.load_proofs(document jsonb) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	WITH added AS (
		INSERT INTO steun.rule_set (sha256, programme)
			SELECT decode(p -> 'rule_set' ->> 'sha256', 'hex'), p ->> 'id'
				FROM jsonb_array_elements(document -> 'programmes') p
				WHERE p ? 'rule_set'
			ON CONFLICT DO NOTHING
			RETURNING sha256
	)
	INSERT INTO steun.rule_source (sha256, position, path, source)
		SELECT a.sha256, s.position, s.value ->> 'path', s.value ->> 'text'
			FROM added a
			JOIN jsonb_array_elements(document -> 'programmes') p
				ON p -> 'rule_set' ->> 'sha256' = encode(a.sha256, 'hex')
			CROSS JOIN jsonb_array_elements(p -> 'rule_set' -> 'sources')
				WITH ORDINALITY s(value, position);

	INSERT INTO steun.verify_key (id, ed25519)
		SELECT k ->> 'id', decode(k ->> 'ed25519', 'base64')
			FROM jsonb_array_elements(document -> 'verify_keys') k
		ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION steun.load_proofs(jsonb) IS
	'Part of steun.reference_load: rule sets with their texts, keys that verify receipts';

CREATE FUNCTION steun.reference_load(document text) RETURNS text
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	content jsonb := document::jsonb;
BEGIN
	IF content ->> 'format' IS DISTINCT FROM 'steun-reference/1' THEN
		RAISE EXCEPTION 'not a document steun-reference/1' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	-- Two daemons that start together load one after the other.
	PERFORM pg_advisory_xact_lock(hashtextextended('steun.reference_load', 0));
	PERFORM steun.load_programmes(content);
	PERFORM steun.load_items(content);
	PERFORM steun.load_municipalities(content);
	PERFORM steun.load_submitters(content);
	PERFORM steun.load_proofs(content);
	-- Autovacuum never analyses tables of a few rows, and the planner takes them for hundreds: views
	-- that answer in milliseconds would take seconds, compiled for a flood that never comes.
	ANALYZE steun.programme, steun.department, steun.action_line, steun.term, steun.item,
		steun.item_department, steun.item_funding, steun.municipality, steun.merger, steun.allocation;
	RETURN 'loaded';
END
$$;
COMMENT ON FUNCTION steun.reference_load(text) IS
	'Makes the reference tables what the daemon''s files say; nothing that the record refers to goes';
GRANT EXECUTE ON FUNCTION steun.reference_load(text) TO steun_daemon;

INSERT INTO steun.migration (file, version) VALUES ('006-reference-load.sql', 6);
