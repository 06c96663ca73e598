/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "programme/period.h"
#include "serve/impact_print.h"
#include "serve/options.h"
#include "serve/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A replay that is under way. */
struct run {
	struct impact_print print;
	struct replay *replay;
	struct arena *arena; /* of the submission at hand */
	struct impact impact;
	struct buf text; /* that goes out next: tables, or what one submission changes */
};

static bool is_month(const char *option, const char *text)
{
	if (text == NULL || period_is_valid(str_of(text)))
		return true;
	fprintf(stderr, "steund rules replay: %s: expected a month, YYYY-MM, not '%s'\n", option,
		text);
	return false;
}

static bool check_bounds(const struct options *options)
{
	if (!is_month("--from", options->from) || !is_month("--until", options->until))
		return false;
	if (options->from == NULL || options->until == NULL ||
		strcmp(options->from, options->until) <= 0)
		return true;
	fprintf(stderr, "steund rules replay: --from %s comes after --until %s\n", options->from,
		options->until);
	return false;
}

/* A result that did not reach its reader whole is no result. */
static bool send_text(struct run *run, struct error *err)
{
	bool is_good = output_send(&run->text, err);
	buf_reset(&run->text);
	return is_good;
}

static bool list_differences(struct run *run, const struct replay_entry *entry,
	const struct rejudgement *judgement, const struct difference *differences, size_t count,
	struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct impact_example example = impact_example(entry, judgement, &differences[i]);
		impact_print_example(&run->text, &run->print, &example);
	}
	return count == 0 || send_text(run, err);
}

static bool take_entry(struct run *run, const struct replay_entry *entry, struct error *err)
{
	struct rejudgement judgement;
	enum rejudged rejudged;
	size_t count;
	arena_reset(run->arena);
	if (!rejudge(run->print.settings, run->arena, run->replay, entry, &judgement, &rejudged,
		    err))
		return false;
	if (rejudged != REJUDGED) {
		impact_pass(&run->impact, rejudged);
		return true;
	}
	const struct difference *differences =
		difference_find(run->arena, &judgement.stored, &judgement.drafted, &count);
	impact_add(&run->impact, entry, &judgement, differences, count);
	return !run->print.has_all ||
	       list_differences(run, entry, &judgement, differences, count, err);
}

static bool take_all(struct run *run, struct error *err)
{
	const struct replay_entry *entry = NULL;
	impact_print_head(&run->text, &run->print);
	if (run->print.has_all)
		buf_add_text(&run->text, "\nEvery change\n\n");
	if (!send_text(run, err))
		return false;
	do {
		if (!replay_next(run->replay, &entry, err) ||
			(entry != NULL && !take_entry(run, entry, err)))
			return false;
	} while (entry != NULL);
	impact_sort(&run->impact);
	impact_print_tables(&run->text, &run->print, &run->impact);
	return send_text(run, err);
}

static bool replay_all(
	const struct options *options, const struct settings *settings, struct error *err)
{
	const struct config *config = &settings->config;
	const char *conninfo =
		options->database != NULL ? options->database : config->database.conninfo;
	struct arena *tallies = arena_new(IMPACT_ARENA_BYTES);
	struct run run = {
		.print = {.settings = settings,
			.rules = options->rules != NULL ? options->rules : config->files.rules,
			.bounds = {options->from, options->until},
			.has_all = options->has_all,
			.language = options->language},
		.arena = arena_new(REJUDGE_ARENA_BYTES),
	};
	buf_init(&run.text, OUTPUT_BYTES_MAX);
	impact_init(&run.impact, tallies);
	/* Dates are those of the ministry, as when the reports came in. */
	setenv("TZ", config->time_zone, 1);
	tzset();
	run.replay = replay_open(conninfo, &run.print.bounds, err);
	bool is_good = run.replay != NULL;
	if (is_good) {
		run.print.database = replay_database(run.replay);
		run.print.taken_at_us = replay_taken_at_us(run.replay);
		is_good = take_all(&run, err);
	}
	replay_close(&run.replay);
	buf_free(&run.text);
	arena_free(&run.arena);
	arena_free(&tallies);
	return is_good;
}

int command_rules_replay(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	if (!options_read(argc, argv, "acdflru", 0, 0, &options) || !check_bounds(&options))
		return COMMAND_USAGE;
	struct settings *settings = options_settings(&options, SETTINGS_REFERENCE);
	bool is_good = settings != NULL && replay_all(&options, settings, &err);
	if (err.is_set)
		fprintf(stderr, "steund rules replay: %s\n", err.message);
	settings_release(&settings);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
