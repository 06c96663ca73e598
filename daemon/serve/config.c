/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/config.h"

#include "base/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const config_log_levels[] = {"error", "warning", "info", "debug", NULL};

/* The file as the table binds it; what callers see has its paths resolved. */
struct config_text {
	const struct node *node;
	struct texts listen;
	const char *time_zone;
	int log_level;
	struct config_database database;
	struct config_keys keys;
	struct config_files files;
	struct config_limits limits;
};

enum {
	LISTEN_MAX = 16,
	EARLIER_MAX = 32,
	PATH_BYTES_MAX = 4096,
	CONNINFO_BYTES_MAX = 4096,
	CONNECTIONS_MAX = 16,
	DEADLINE_SECONDS_MAX = 600,
	REQUESTS_MAX = 10 * 1000 * 1000,
	WAITING_REPORTS_MAX = 100 * 1000,
	WAITING_BYTES_MIN = 1024 * 1024,
	STOPPING_SECONDS_MAX = 600,
};

#define WAITING_BYTES_MAX (INT64_C(4) * 1024 * 1024 * 1024)

#define TEXT(struct_name, member, most, otherwise)                                                 \
	{                                                                                          \
		.key = #member, .type = BIND_TEXT, .offset = offsetof(struct struct_name, member), \
		.min = 1, .max = (most), .fallback = (otherwise)                                   \
	}
#define WHOLE(struct_name, member, least, most, otherwise)                                         \
	{                                                                                          \
		.key = #member, .type = BIND_INT, .offset = offsetof(struct struct_name, member),  \
		.min = (least), .max = (most), .fallback = (otherwise)                             \
	}
#define PART(member, rows)                                                                         \
	{                                                                                          \
		.key = #member, .type = BIND_STRUCT,                                               \
		.offset = offsetof(struct config_text, member), .table = &(rows)                   \
	}

static const struct bind_table database_table = {
	.fields =
		(const struct bind_field[]){
			TEXT(config_database, conninfo, CONNINFO_BYTES_MAX, "dbname=steun"),
			WHOLE(config_database, connections, 1, CONNECTIONS_MAX, "2"),
			WHOLE(config_database, deadline_seconds, 1, DEADLINE_SECONDS_MAX, "10"),
			{.key = NULL},
		},
	.size = sizeof(struct config_database),
};

static const struct bind_table keys_table = {
	.fields =
		(const struct bind_field[]){
			TEXT(config_keys, curve, PATH_BYTES_MAX, "keys/server.key_secret"),
			TEXT(config_keys, receipt, PATH_BYTES_MAX, "keys/receipt.key_secret"),
			{.key = "earlier_receipts",
				.type = BIND_TEXTS,
				.offset = offsetof(struct config_keys, earlier_receipts),
				.max = EARLIER_MAX},
			{.key = NULL},
		},
	.size = sizeof(struct config_keys),
};

static const struct bind_table files_table = {
	.fields =
		(const struct bind_field[]){
			TEXT(config_files, programmes, PATH_BYTES_MAX, "programmes"),
			TEXT(config_files, rules, PATH_BYTES_MAX, "rules"),
			TEXT(config_files, submitters, PATH_BYTES_MAX, "submitters"),
			TEXT(config_files, municipalities, PATH_BYTES_MAX, "municipalities.csv"),
			TEXT(config_files, mergers, PATH_BYTES_MAX, "municipality-mergers.csv"),
			TEXT(config_files, allocations, PATH_BYTES_MAX, "allocations"),
			{.key = NULL},
		},
	.size = sizeof(struct config_files),
};

static const struct bind_table limits_table = {
	.fields =
		(const struct bind_field[]){
			WHOLE(config_limits, requests_per_minute, 1, REQUESTS_MAX, "60000"),
			WHOLE(config_limits, handshakes_per_minute, 1, REQUESTS_MAX, "120"),
			WHOLE(config_limits, waiting_reports, 1, WAITING_REPORTS_MAX, "2000"),
			WHOLE(config_limits, waiting_bytes, WAITING_BYTES_MIN, WAITING_BYTES_MAX,
				"268435456"),
			WHOLE(config_limits, stopping_seconds, 1, STOPPING_SECONDS_MAX, "20"),
			{.key = NULL},
		},
	.size = sizeof(struct config_limits),
};

static const struct bind_table config_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "listen",
				.type = BIND_TEXTS,
				.offset = offsetof(struct config_text, listen),
				.min = 1,
				.max = LISTEN_MAX},
			TEXT(config_text, time_zone, 64, "Europe/Amsterdam"),
			{.key = "log_level",
				.type = BIND_CHOICE,
				.offset = offsetof(struct config_text, log_level),
				.choices = config_log_levels,
				.fallback = "info"},
			PART(database, database_table),
			PART(keys, keys_table),
			PART(files, files_table),
			PART(limits, limits_table),
			{.key = NULL},
		},
	.size = sizeof(struct config_text),
};

static const char *resolve(struct arena *arena, const char *config_path, const char *path)
{
	const char *slash = strrchr(config_path, '/');
	if (path == NULL || path[0] == '/' || slash == NULL)
		return path;
	return arena_format(arena, "%.*s/%s", (int)(slash - config_path), config_path, path);
}

static void resolve_all(struct arena *arena, struct config *config)
{
	const char **paths[] = {
		&config->keys.curve,
		&config->keys.receipt,
		&config->files.programmes,
		&config->files.rules,
		&config->files.submitters,
		&config->files.municipalities,
		&config->files.mergers,
		&config->files.allocations,
	};
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		*paths[i] = resolve(arena, config->path, *paths[i]);
}

/* Reports cross the network under CURVE over TCP and in no other way. */
static bool check_listen(const struct texts *listen, struct mistakes *mistakes)
{
	bool is_good = true;
	for (size_t i = 0; i < listen->count; i++) {
		if (!str_starts_with(str_of(listen->items[i]), STR("tcp://")))
			is_good = node_mistake(mistakes, listen->nodes[i],
				"'%s' is no endpoint: expected tcp://ADDRESS:PORT or tcp://*:PORT",
				listen->items[i]);
	}
	return is_good;
}

/* The C library takes an unknown zone for UTC without a word, and deadlines would shift. */
static bool check_time_zone(
	struct arena *arena, const struct node *root, const char *zone, struct mistakes *mistakes)
{
	bool is_plain = zone[0] != '/' && strstr(zone, "..") == NULL;
	const char *path = arena_format(arena, "/usr/share/zoneinfo/%s", zone);
	if (is_plain && access(path, R_OK) == 0)
		return true;
	const struct node *node = node_member(root, "time_zone");
	return node_mistake(mistakes, node != NULL ? node : root,
		"the time zone '%s' is not known on this machine: expected a name as in "
		"/usr/share/zoneinfo",
		zone);
}

static bool check_earlier(const struct texts *keys, struct mistakes *mistakes)
{
	bool is_good = true;
	uint8_t public_key[VERIFY_KEY_SIZE];
	for (size_t i = 0; i < keys->count; i++) {
		if (!base64_decode(str_of(keys->items[i]), public_key, sizeof(public_key)))
			is_good = node_mistake(mistakes, keys->nodes[i],
				"this is no receipt key: expected the 44 characters that 'steund "
				"keygen' wrote to receipt.key");
	}
	return is_good;
}

static bool check(struct arena *arena, const struct node *root, const struct config_text *text,
	struct mistakes *mistakes)
{
	bool is_good = check_listen(&text->listen, mistakes);
	if (text->time_zone != NULL)
		is_good = check_time_zone(arena, root, text->time_zone, mistakes) && is_good;
	return check_earlier(&text->keys.earlier_receipts, mistakes) && is_good;
}

bool config_load(
	struct arena *arena, const char *path, struct config *ret_config, struct mistakes *mistakes)
{
	static const char *const listen_default[] = {CONFIG_LISTEN_DEFAULT};
	const struct node *root = yaml_load(arena, path, mistakes);
	struct config_text text = {.node = root};
	if (root == NULL)
		return false;
	bool is_good = bind_mapping(arena, root, &config_table, &text, mistakes);
	is_good = check(arena, root, &text, mistakes) && is_good;
	bool has_listen = text.listen.count > 0;
	*ret_config = (struct config){
		.path = path,
		.listen = has_listen ? (const char *const *)text.listen.items : listen_default,
		.listen_count = has_listen ? text.listen.count : 1,
		.time_zone = text.time_zone,
		.log_level = text.log_level,
		.database = text.database,
		.keys = text.keys,
		.files = text.files,
		.limits = text.limits,
	};
	resolve_all(arena, ret_config);
	return is_good;
}

const char *config_key_path(struct arena *arena, const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	if (folder == NULL || folder[0] != '/')
		return path;
	const char *slash = strrchr(path, '/');
	const char *credential =
		arena_format(arena, "%s/%s", folder, slash != NULL ? slash + 1 : path);
	return access(credential, F_OK) == 0 ? credential : path;
}

static bool has_same_listen(const struct config *a, const struct config *b)
{
	if (a->listen_count != b->listen_count)
		return false;
	for (size_t i = 0; i < a->listen_count; i++) {
		if (strcmp(a->listen[i], b->listen[i]) != 0)
			return false;
	}
	return true;
}

const char *config_fixed_difference(const struct config *running, const struct config *wanted)
{
	if (!has_same_listen(running, wanted))
		return "listen";
	if (strcmp(running->time_zone, wanted->time_zone) != 0)
		return "time_zone";
	const struct config_database *a = &running->database, *b = &wanted->database;
	if (strcmp(a->conninfo, b->conninfo) != 0 || a->connections != b->connections ||
		a->deadline_seconds != b->deadline_seconds)
		return "database";
	if (strcmp(running->keys.curve, wanted->keys.curve) != 0)
		return "keys.curve";
	const struct config_limits *was = &running->limits, *is = &wanted->limits;
	if (was->handshakes_per_minute != is->handshakes_per_minute)
		return "limits.handshakes_per_minute";
	if (was->waiting_reports != is->waiting_reports || was->waiting_bytes != is->waiting_bytes)
		return "limits.waiting_reports or limits.waiting_bytes";
	return NULL;
}
