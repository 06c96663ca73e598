/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/service.h"

#include "base/log.h"
#include "serve/errand.h"
#include "serve/inquiry.h"
#include "serve/intake.h"
#include "serve/judge.h"
#include "serve/outcome.h"
#include "serve/reload.h"

enum {
	SERVICE_ARENA_BYTES = 1024 * 1024,
	BODY_BYTES_MAX = 64 * 1024 * 1024,       /* findings of the worst report, escaped */
	REFERENCE_BYTES_MAX = 256 * 1024 * 1024, /* every YAML file at its largest */
};

static bool open_server(struct service *service, struct error *err)
{
	const struct config *config = &service->settings->config;
	struct curve_keys keys;
	if (!curve_keys_read(config_key_path(service->arena, config->keys.curve), &keys, err))
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
static bool open_store(struct service *service, struct error *err)
{
	const struct config *config = &service->settings->config;
	struct store_settings settings = {
		.conninfo = arena_string(service->arena, str_of(config->database.conninfo)),
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

void service_close(struct service *service)
{
	store_close(&service->store);
	inquiry_give_up(service);
	errands_free(&service->errands);
	server_close(&service->server);
	reload_end(service);
	settings_release(&service->settings);
	buf_free(&service->body);
	arena_free(&service->arena);
}

bool service_open(
	struct service *service, const char *config_path, struct settings *first, struct error *err)
{
	*service = (struct service){
		.config_path = config_path,
		.arena = arena_new(SERVICE_ARENA_BYTES),
	};
	service->errands = errands_new(service->arena);
	buf_init(&service->body, BODY_BYTES_MAX);
	buf_init(&service->reload.reference, REFERENCE_BYTES_MAX);
	reload_begin(service, first);
	if (open_server(service, err) && open_store(service, err))
		return true;
	service_close(service);
	return false;
}
