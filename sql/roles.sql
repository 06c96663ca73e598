-- SPDX-License-Identifier: EUPL-1.2
--
-- The groups that rights are given to, and the owner of everything. A superuser runs this file once
-- for each database, connected to that database; running it again changes nothing.
--
-- Nobody logs in as a group. A login is made a member instead, for example:
--
--     CREATE ROLE steund LOGIN;              GRANT steun_daemon TO steund;
--     CREATE ROLE steund_migrate LOGIN;      GRANT steun_owner TO steund_migrate;

DO $$
DECLARE
	name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['steun_owner', 'steun_daemon', 'steun_auditor', 'steun_analyst',
		'steun_public']
	LOOP
		IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
			EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', name);
		END IF;
	END LOOP;
	EXECUTE pg_catalog.format('GRANT CONNECT, CREATE ON DATABASE %I TO steun_owner',
		pg_catalog.current_database());
	EXECUTE pg_catalog.format(
		'GRANT CONNECT ON DATABASE %I TO steun_daemon, steun_auditor, steun_analyst, steun_public',
		pg_catalog.current_database());
END
$$;

COMMENT ON ROLE steun_owner IS 'steun: owns every schema and object; migrations run as this role';
COMMENT ON ROLE steun_daemon IS 'steun: executes the functions of the daemon, and nothing else';
COMMENT ON ROLE steun_auditor IS 'steun: reads the whole record, and may run the checks';
COMMENT ON ROLE steun_analyst IS 'steun: reads the reporting views';
COMMENT ON ROLE steun_public IS 'steun: reads what may be published';
