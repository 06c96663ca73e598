/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/reload.h"

#include "base/clock.h"
#include "base/log.h"
#include "serve/notify.h"
#include "serve/reference.h"

enum {
	AGAIN_US = 2 * 1000 * 1000, /* between attempts to tell the database */
	COMPLAINTS_BYTES_MAX = 1024 * 1024,
};

static const enum log_level levels[] = {
	LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG};

static void put_in_force(struct service *service, struct settings *settings)
{
	struct limiter *limiter = limiter_new(settings->arena, settings->submitters,
		settings->config.limits.requests_per_minute, service->limiter);
	settings_release(&service->settings);
	service->settings = settings;
	service->limiter = limiter;
	log_set_level(levels[settings->config.log_level]);
}

void reload_begin(struct service *service, struct settings *first)
{
	put_in_force(service, first);
	service->reload.candidate = settings_hold(first);
}

static void log_settings(const struct settings *settings, const char *what)
{
	log_info("%s: %zu programmes, %zu rules, %zu municipalities, %zu submitters with %zu keys",
		what, settings->programme_count, settings_rule_count(settings),
		settings->municipalities->count, settings->submitters->count,
		settings->submitters->key_count);
}

static void swap(struct service *service)
{
	struct settings *candidate = service->reload.candidate;
	service->reload.candidate = NULL;
	if (candidate == service->settings) {
		log_settings(candidate, "serving");
		settings_release(&candidate);
	} else {
		log_settings(candidate, "reloaded");
		put_in_force(service, candidate);
	}
	service->is_ready = true;
	notify_ready(service);
}

/*
 * A database that went away will be told later, so that a key that was withdrawn stays withdrawn.
 * One that refuses the data will refuse it again: at a reload, what is in force stays.
 */
static void fail(struct service *service, const struct store_query *query)
{
	struct reload *reload = &service->reload;
	reload->again_us = clock_monotonic_us() + AGAIN_US;
	if (!query->is_refused)
		return;
	log_error("the database refuses the reference data: %s", query->error.message);
	if (reload->candidate == service->settings)
		return;
	settings_release(&reload->candidate);
	/* Before the start is over, those in force are not known there either. */
	if (!service->is_ready)
		reload->candidate = settings_hold(service->settings);
	log_error("reload: nothing has changed, the settings in force stay");
	notify_ready(service);
}

static void told(void *context, struct store_query *query)
{
	struct service *service = context;
	struct reload *reload = &service->reload;
	reload->is_asking = false;
	buf_reset(&reload->reference);
	if (query->has_answer)
		swap(service);
	else
		fail(service, query);
	if (reload->is_wanted) {
		reload->is_wanted = false;
		reload_ask(service);
	}
}

/* A quoted line is indented by a tab, which the log would show as what it is: a control byte. */
static void log_line(struct str line)
{
	if (line.length == 0)
		return;
	bool is_indented = line.data[0] == '\t';
	struct str text = str_slice(line, is_indented ? 1 : 0, line.length);
	log_error("%s%.*s", is_indented ? "    " : "", STR_ARG(text));
}

void reload_log_complaints(const struct buf *complaints)
{
	struct str text = buf_str(complaints), line;
	while (str_split(&text, '\n', &line))
		log_line(line);
}

void reload_ask(struct service *service)
{
	struct reload *reload = &service->reload;
	if (reload->is_asking) {
		reload->is_wanted = true;
		return;
	}
	/* Until the start is over, systemd waits for READY=1 and for nothing else. */
	if (service->is_ready)
		notify_reloading();
	struct buf complaints;
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	struct settings *settings =
		settings_load(service->config_path, SETTINGS_WITH_KEYS, &complaints);
	if (settings == NULL) {
		reload_log_complaints(&complaints);
		log_error("reload: nothing has changed, the settings in force stay");
		notify_ready(service);
	} else {
		const char *fixed =
			config_fixed_difference(&service->settings->config, &settings->config);
		if (fixed != NULL)
			log_warning("reload: '%s' takes effect at the next start only", fixed);
		settings_release(&reload->candidate);
		reload->candidate = settings;
		reload->again_us = 0;
	}
	buf_free(&complaints);
}

void reload_advance(struct service *service)
{
	struct reload *reload = &service->reload;
	if (reload->candidate == NULL || reload->is_asking || service->is_stopping ||
		!store_is_up(service->store) || clock_monotonic_us() < reload->again_us)
		return;
	buf_reset(&reload->reference);
	reference_write(&reload->reference, reload->candidate);
	reload->query = (struct store_query){
		.kind = STORE_REFERENCE,
		.parameters = {buf_str(&reload->reference)},
		.done = told,
		.context = service,
	};
	reload->is_asking = true;
	store_ask(service->store, &reload->query);
}

int64_t reload_timeout_ms(const struct service *service)
{
	const struct reload *reload = &service->reload;
	if (reload->candidate == NULL || reload->is_asking || service->is_stopping ||
		!store_is_up(service->store))
		return -1;
	int64_t left_us = reload->again_us - clock_monotonic_us();
	return left_us > 0 ? left_us / 1000 + 1 : 0;
}

void reload_end(struct service *service)
{
	settings_release(&service->reload.candidate);
	buf_free(&service->reload.reference);
}
