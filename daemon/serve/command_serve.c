/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/log.h"
#include "serve/loop.h"
#include "serve/options.h"
#include "serve/reload.h"

#include <stdlib.h>
#include <time.h>

enum { COMPLAINTS_BYTES_MAX = 1024 * 1024 };

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

static bool serve(const char *config_path, struct error *err)
{
	struct settings *first = load(config_path);
	if (first == NULL)
		return false;
	/* Deadlines are dates at the ministry; no other thread runs yet that could be reading it.
	 */
	setenv("TZ", first->config.time_zone, 1);
	tzset();
	struct service service;
	if (!service_open(&service, config_path, first, err))
		return false;
	bool is_good = loop_run(&service, err);
	service_close(&service);
	return is_good;
}

int command_serve(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	if (!options_read(argc, argv, "c", 0, 0, &options))
		return COMMAND_USAGE;
	bool is_good =
		crypto_start(&err) && loop_block_signals(&err) && serve(options.config, &err);
	if (err.is_set)
		log_error("%s", err.message);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
