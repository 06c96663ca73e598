-- SPDX-License-Identifier: EUPL-1.2
--
-- The four schemas, who may enter them, and the list of what was applied.
--
-- `steund migrate` runs the numbered files as steun_owner, each once, each in one transaction. With
-- psql the same is: psql -1 -c 'SET ROLE steun_owner' -f 001-schemas.sql, and so on in order. A file
-- notes itself in steun.migration; steund adds its checksum. Landed files are never edited.

CREATE SCHEMA steun;
CREATE SCHEMA reporting;
CREATE SCHEMA open_data;
CREATE SCHEMA admin;

COMMENT ON SCHEMA steun IS 'The record: what was received, what was answered, what it adds up to';
COMMENT ON SCHEMA reporting IS 'Views for analysts: stable names, documented columns';
COMMENT ON SCHEMA open_data IS 'What may be published';
COMMENT ON SCHEMA admin IS 'Checks and housekeeping';

GRANT USAGE ON SCHEMA steun TO steun_daemon, steun_auditor;
GRANT USAGE ON SCHEMA reporting TO steun_analyst, steun_auditor;
GRANT USAGE ON SCHEMA open_data TO steun_public, steun_analyst, steun_auditor;
GRANT USAGE ON SCHEMA admin TO steun_auditor;

-- From here on rights follow from the schema an object is made in. Functions start with none.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA steun GRANT SELECT ON TABLES TO steun_auditor;
ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO steun_analyst, steun_auditor;
ALTER DEFAULT PRIVILEGES IN SCHEMA open_data
	GRANT SELECT ON TABLES TO steun_public, steun_analyst, steun_auditor;
ALTER DEFAULT PRIVILEGES IN SCHEMA admin GRANT EXECUTE ON FUNCTIONS TO steun_auditor;

CREATE TABLE steun.migration (
	file       text COLLATE "C" PRIMARY KEY,
	version    integer,
	sha256     bytea CHECK (octet_length(sha256) = 32),
	applied_at timestamptz NOT NULL DEFAULT now(),
	applied_by text NOT NULL DEFAULT session_user
);
COMMENT ON TABLE steun.migration IS 'The files of sql/ that this database has had';
COMMENT ON COLUMN steun.migration.file IS 'Name below sql/, for example 001-schemas.sql';
COMMENT ON COLUMN steun.migration.version IS 'Number of a migration; NULL for a view''s file';
COMMENT ON COLUMN steun.migration.sha256 IS
	'Checksum of the file; NULL until steund migrate has seen a file that was run by hand';
COMMENT ON COLUMN steun.migration.applied_at IS 'When it was last run';
COMMENT ON COLUMN steun.migration.applied_by IS 'The login that ran it';

CREATE FUNCTION steun.schema_version() RETURNS integer
	LANGUAGE sql STABLE SECURITY DEFINER
	BEGIN ATOMIC
		SELECT pg_catalog.max(m.version) FROM steun.migration m;
	END;
COMMENT ON FUNCTION steun.schema_version() IS
	'The last migration applied; the daemon serves no other version than its own';
GRANT EXECUTE ON FUNCTION steun.schema_version() TO steun_daemon;

INSERT INTO steun.migration (file, version) VALUES ('001-schemas.sql', 1);
