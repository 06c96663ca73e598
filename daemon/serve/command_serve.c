/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/log.h"
#include "serve/errand.h"
#include "serve/inquiry.h"
#include "serve/intake.h"
#include "serve/judge.h"
#include "serve/loop.h"
#include "serve/options.h"
#include "serve/outcome.h"
#include "serve/reload.h"

#include <stdlib.h>
#include <time.h>

enum {
	COMPLAINTS_BYTES_MAX = 1024 * 1024,
	SERVICE_ARENA_BYTES = 1024 * 1024,
	BODY_BYTES_MAX = 64 * 1024 * 1024,       /* findings of the worst report, escaped */
	REFERENCE_BYTES_MAX = 256 * 1024 * 1024, /* every YAML file at its largest */
};

static struct settings *load(const char *config_path)
{
	struct buf complaints;
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	struct settings *settings = settings_load(config_path, SETTINGS_WITH_KEYS, &complaints);
	if (settings == NULL) {
		reload_log_complaints(&complaints);
		log_error("the configuration has mistakes: not started");
	}
	buf_free(&complaints);
	return settings;
}

static bool open_server(struct service *service, struct error *err)
{
	const struct config *config = &service->settings->config;
	struct curve_keys keys;
	struct arena *arena = arena_new(64 * 1024);
	bool is_read = curve_keys_read(config_key_path(arena, config->keys.curve), &keys, err);
	arena_free(&arena);
	if (!is_read)
		return false;
	struct server_settings settings = {
		.endpoints = config->listen,
		.endpoint_count = config->listen_count,
		.keys = &keys,
		.handshakes_per_minute = config->limits.handshakes_per_minute,
		.is_known = intake_is_known,
		.context = service,
	};
	service->server = server_open(&settings, err);
	curve_keys_wipe(&keys);
	for (size_t i = 0; service->server != NULL && i < config->listen_count; i++)
		log_info("listening on %s", server_endpoint(service->server, i));
	return service->server != NULL;
}

/* Texts are copied to where they outlive a reload: the store connects again and again with them. */
static bool open_store(struct service *service, struct arena *arena, struct error *err)
{
	const struct config *config = &service->settings->config;
	struct store_settings settings = {
		.conninfo = arena_string(arena, str_of(config->database.conninfo)),
		.connections = config->database.connections,
		.batch_max = STORE_BATCH_MAX,
		.waiting_max = config->limits.waiting_reports,
		.waiting_bytes_max = config->limits.waiting_bytes,
		.deadline_ms = config->database.deadline_seconds * 1000,
		.judge = judge_with_history,
		.done = outcome_done,
		.context = service,
	};
	service->store = store_open(&settings, err);
	return service->store != NULL;
}

static void close_all(struct service *service)
{
	store_close(&service->store);
	inquiry_give_up(service);
	errands_free(&service->errands);
	server_close(&service->server);
	reload_end(service);
	settings_release(&service->settings);
	buf_free(&service->body);
}

static bool serve(const char *config_path, struct error *err)
{
	struct settings *first = load(config_path);
	if (first == NULL)
		return false;
	/* Deadlines are dates at the ministry; no other thread runs yet that could be reading it.
	 */
	setenv("TZ", first->config.time_zone, 1);
	tzset();
	struct arena *arena = arena_new(SERVICE_ARENA_BYTES);
	struct service service = {.config_path = config_path};
	service.errands = errands_new(arena);
	buf_init(&service.body, BODY_BYTES_MAX);
	buf_init(&service.reload.reference, REFERENCE_BYTES_MAX);
	reload_begin(&service, first);
	bool is_good = open_server(&service, err) && open_store(&service, arena, err) &&
		       loop_run(&service, err);
	close_all(&service);
	arena_free(&arena);
	return is_good;
}

int command_serve(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	if (!options_read(argc, argv, "c", 0, &options))
		return COMMAND_USAGE;
	bool is_good =
		crypto_start(&err) && loop_block_signals(&err) && serve(options.config, &err);
	if (err.is_set)
		log_error("%s", err.message);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
