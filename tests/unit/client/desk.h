/* SPDX-License-Identifier: EUPL-1.2 */
/* A submitter's desk for the client's tests: a folder with keys, a spool and receipts, and a call
 * whose output can be read. It may have a ministry to talk to. */
#ifndef TESTS_UNIT_CLIENT_DESK_H
#define TESTS_UNIT_CLIENT_DESK_H

#include "base/file.h"
#include "call.h"
#include "stop.h"
#include "tests/support/unit.h"
#include "tests/unit/client/ministry.h"

#include <stdlib.h>

struct desk {
	char folder[256];
	struct arena *arena;
	struct options options;
	struct settings settings;
	struct call call;
	struct ministry ministry;
	bool has_ministry;
	char *out, *err;
	size_t out_size, err_size;
	const char *arguments[8];
};

static inline void desk_open(struct desk *desk)
{
	struct error err = {0};
	memset(desk, 0, sizeof(*desk));
	ensure(crypto_start(&err));
	stop_on_signals();
	snprintf(desk->folder, sizeof(desk->folder), "%s", unit_folder_make());
	desk->arena = arena_new((size_t)1 << 30);
	desk->options.arguments.items = desk->arguments;
	desk->settings = (struct settings){
		.spool = arena_format(desk->arena, "%s/spool", desk->folder),
		.receipts = arena_format(desk->arena, "%s/receipts", desk->folder),
		.programme = "steunpakket-2021",
		.programmes = "config/programmes",
		.language = LANGUAGE_ENGLISH,
		.reply_timeout_s = 1,
		.timeout_s = 20,
		.window = 8,
	};
	desk->call = (struct call){.arena = desk->arena,
		.options = &desk->options,
		.settings = &desk->settings,
		.language = LANGUAGE_ENGLISH,
		.out = open_memstream(&desk->out, &desk->out_size),
		.err = open_memstream(&desk->err, &desk->err_size)};
}

/* Connects the desk's settings to a ministry that follows a script. */
static inline void desk_connect(struct desk *desk, const enum ministry_act *script, size_t length)
{
	struct error err = {0};
	ministry_open(&desk->ministry, script, length);
	desk->has_ministry = true;
	const char *base = arena_format(desk->arena, "%s/own", desk->folder);
	ensure(curve_keys_write(&desk->ministry.sender_keys, base, &err));
	const char **endpoints = ARENA_ARRAY(desk->arena, const char *, 1);
	endpoints[0] = desk->ministry.endpoint;
	desk->settings.endpoints = (struct texts){.items = endpoints, .count = 1};
	desk->settings.server_key = desk->ministry.server_keys.public_text;
	desk->settings.key = arena_format(desk->arena, "%s.key_secret", base);
}

static inline void desk_close(struct desk *desk)
{
	if (desk->has_ministry)
		ministry_close(&desk->ministry);
	fclose(desk->call.out);
	fclose(desk->call.err);
	free(desk->out);
	free(desk->err);
	arena_free(&desk->arena);
	unit_folder_remove(desk->folder);
}

static inline const char *desk_path(struct desk *desk, const char *name)
{
	return arena_format(desk->arena, "%s/%s", desk->folder, name);
}

/* A report of GM0451 about a month, as text. */
static inline const char *desk_report(struct desk *desk, int month, int revision)
{
	return arena_format(desk->arena,
		"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\",\"kind\":"
		"\"spending\",\"municipality\":\"GM0451\",\"period\":\"2021-%02d\",\"revision\":%d,"
		"\"status\":\"provisional\",\"lines\":[{\"ref\":\"R1\",\"item\":\"jeugd."
		"jongerenwerk\",\"funding\":\"gf-au\",\"spent\":\"1.00\",\"committed\":\"0.00\"}]}",
		month, revision);
}

/* Writes a file into the desk's folder and makes it an argument of the call. */
static inline const char *desk_give(struct desk *desk, const char *name, const char *text)
{
	const char *path = desk_path(desk, name);
	unit_write(path, text);
	desk->arguments[desk->options.arguments.count++] = path;
	return path;
}

static inline const char *desk_out(struct desk *desk)
{
	fflush(desk->call.out);
	return desk->out;
}

static inline const char *desk_err(struct desk *desk)
{
	fflush(desk->call.err);
	return desk->err;
}

/* How many files with an ending stand in a folder of the desk. */
static inline size_t desk_count(struct desk *desk, const char *folder, const char *ending)
{
	const char *const *names;
	size_t count = 0;
	const char *path = desk_path(desk, folder);
	if (!folder_list(desk->arena, path, ending, &names, &count, NULL))
		return 0;
	return count;
}

#endif
