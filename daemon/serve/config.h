/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's own configuration, steund.yaml: one table of keys, bounds and defaults, described
 * for people in steund.yaml(5). Paths in it are relative to the folder that the file stands in.
 */
#ifndef SERVE_CONFIG_H
#define SERVE_CONFIG_H

#include "yaml/bind.h"

#define CONFIG_PATH_DEFAULT "/etc/steund/steund.yaml"
#define CONFIG_LISTEN_DEFAULT "tcp://*:5871"

struct config_database {
	const char *conninfo;
	int64_t connections;
	int64_t deadline_seconds;
};

struct config_keys {
	const char *curve;             /* path of the server's certificate with its secret */
	const char *receipt;           /* path of the key that signs receipts */
	struct texts earlier_receipts; /* base64 public keys that signed before */
};

struct config_files {
	const char *programmes; /* folder of *.yaml */
	const char *rules;      /* folder of *.yaml */
	const char *submitters; /* folder of *.yaml */
	const char *municipalities;
	const char *mergers;
	const char *allocations; /* folder of <programme>.csv */
};

struct config_limits {
	int64_t requests_per_minute;
	int64_t handshakes_per_minute;
	int64_t waiting_reports;
	int64_t waiting_bytes;
	int64_t stopping_seconds;
};

struct config {
	const char *path;
	const char *const *listen;
	size_t listen_count;
	const char *time_zone;
	int log_level; /* index into config_log_levels */
	struct config_database database;
	struct config_keys keys;
	struct config_files files;
	struct config_limits limits;
};

extern const char *const config_log_levels[]; /* "error", "warning", "info", "debug", NULL */

/*
 * Reads the file at `path`. False when there was a mistake; then *ret_config still holds what could
 * be read and the defaults of the rest, so that the files it names can be looked at as well.
 * All memory is the arena's.
 */
bool config_load(struct arena *arena, const char *path, struct config *ret_config,
	struct mistakes *mistakes);

/*
 * The path of a key. systemd hands keys over as credentials: when $CREDENTIALS_DIRECTORY holds a
 * file of the same name, that one is meant, so that one configuration serves the unit and people.
 */
const char *config_key_path(struct arena *arena, const char *path);

/* The name of the first setting that takes effect at the next start only and differs, or NULL. */
const char *config_fixed_difference(const struct config *running, const struct config *wanted);

#endif
