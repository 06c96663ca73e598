/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How long rules take: to load, and over a report of fourteen lines with its whole history.
 *
 * bench_rules CONFIG FORTY
 *
 * CONFIG is the folder of the shipped configuration, FORTY a file of forty plain rules. Figures are
 * CPU time, each the least and the median of many rounds: where a machine does other things as well
 * the least is nearer to the truth. The yardstick is work that never changes, so that two runs are
 * compared by their ratio to it.
 */
#include "base/ensure.h"
#include "base/file.h"
#include "tests/support/full_report.h"
#include "tests/support/hostile_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ROUNDS = 41,
	ROUND_NS = 5 * 1000 * 1000, /* long enough for the clock, short enough for a lull */
	HOSTILE_ROUNDS = 3,
	LINES = 14,
	ARENA_MAX = 256 * 1024 * 1024,
	TEXT_MAX = 64 * 1024,
	YARDSTICK_BYTES = 64 * 1024,
};

/* What is measured, and what came of its last run. */
struct subject {
	const struct programme *programme;
	const struct rule_source *sources;
	size_t source_count;
	const struct ruleset *ruleset;
	const struct full_report *full;
	struct arena *arena; /* of a run: reset when it begins */
	struct judge_tally tally;
	size_t finding_count;
};

struct timing {
	int64_t least_ns, median_ns; /* of one run */
	int64_t yardstick_ns;        /* the least that it took in between */
};

static _Noreturn void give_up(const struct mistakes *mistakes, const struct error *err)
{
	struct buf out;
	buf_init(&out, TEXT_MAX);
	if (mistakes != NULL)
		mistakes_print(mistakes, &out);
	fprintf(stderr, "bench_rules: %.*s%s\n", STR_ARG(buf_str(&out)),
		err != NULL ? err->message : "");
	exit(1);
}

/* Timing -------------------------------------------------------------------------------------- */

static int64_t cpu_ns(void)
{
	struct timespec now;
	ensure(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int compare_times(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static int64_t time_round(void (*run)(struct subject *), struct subject *subject, int64_t repeats)
{
	int64_t begun_ns = cpu_ns();
	for (int64_t i = 0; i < repeats; i++)
		run(subject);
	return (cpu_ns() - begun_ns) / repeats;
}

static void run_yardstick(struct subject *subject)
{
	static const char bytes[YARDSTICK_BYTES];
	uint8_t hash[SHA256_SIZE];
	(void)subject;
	sha256((struct str){bytes, sizeof(bytes)}, hash);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static struct timing time_runs(
	void (*run)(struct subject *), struct subject *subject, size_t round_count)
{
	int64_t rounds[ROUNDS], yardstick_ns = INT64_MAX;
	int64_t repeats = ROUND_NS / (time_round(run, subject, 1) + 1) + 1;
	for (size_t i = 0; i < round_count; i++) {
		rounds[i] = time_round(run, subject, repeats);
		yardstick_ns = least(yardstick_ns, time_round(run_yardstick, subject, 1));
	}
	qsort(rounds, round_count, sizeof(rounds[0]), compare_times);
	return (struct timing){rounds[0], rounds[round_count / 2], yardstick_ns};
}

static void tell(const char *what, struct timing timing)
{
	printf("%-58s%10lld.%lld%10lld.%lld%10lld.%03lld\n", what,
		(long long)timing.least_ns / 1000, (long long)timing.least_ns / 100 % 10,
		(long long)timing.median_ns / 1000, (long long)timing.median_ns / 100 % 10,
		(long long)timing.least_ns / timing.yardstick_ns,
		(long long)timing.least_ns * 1000 / timing.yardstick_ns % 1000);
}

/* Runs ---------------------------------------------------------------------------------------- */

static void run_read(struct subject *subject)
{
	arena_reset(subject->arena);
	struct mistakes *mistakes = mistakes_new(subject->arena);
	for (size_t i = 0; i < subject->source_count; i++)
		ensure(yaml_parse(subject->arena, subject->sources[i].path,
			       subject->sources[i].text, mistakes) != NULL);
}

static void run_load(struct subject *subject)
{
	arena_reset(subject->arena);
	struct mistakes *mistakes = mistakes_new(subject->arena);
	if (ruleset_load(subject->arena, subject->sources, subject->source_count,
		    subject->programme, mistakes) == NULL)
		give_up(mistakes, NULL);
}

static void run_judge(struct subject *subject)
{
	struct findings findings;
	arena_reset(subject->arena);
	subject->tally =
		full_report_judge(subject->full, subject->ruleset, subject->arena, &findings);
	subject->finding_count = findings.count;
}

/* Figures ------------------------------------------------------------------------------------- */

static size_t count_rules(const struct ruleset *ruleset, enum kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < ruleset_rule_count(ruleset); i++) {
		struct rule_info info;
		ruleset_rule(ruleset, i, &info);
		count += info.applies_to[kind];
	}
	return count;
}

static void tell_load(struct subject *subject, const char *name)
{
	char text[128];
	snprintf(text, sizeof(text), "%s, %zu rules: to load, examples included", name,
		ruleset_rule_count(subject->ruleset));
	tell(text, time_runs(run_load, subject, ROUNDS));
	tell("  of which reading the YAML", time_runs(run_read, subject, ROUNDS));
}

static void tell_judging(struct subject *subject, struct arena *arena, const char *name,
	enum kind kind, size_t lines)
{
	char text[128];
	subject->full = full_report_make(arena, subject->programme, kind, lines);
	struct timing timing = time_runs(run_judge, subject, ROUNDS);
	const struct judge_tally *tally = &subject->tally;
	size_t runs = tally->judged + tally->passed;
	snprintf(text, sizeof(text), "%s, %s, %zu lines: a report", name, kind_names[kind], lines);
	tell(text, timing);
	printf("  %zu rules of the kind: %zu runs (%zu judged), %zu skipped, %zu faulted; "
	       "%zu findings;\n  %lld runs a second\n",
		count_rules(subject->ruleset, kind), runs, tally->judged, tally->skipped,
		tally->faulted, subject->finding_count,
		(long long)runs * 1000000000 / (timing.least_ns + 1));
}

/* Loading once -------------------------------------------------------------------------------- */

static void load(struct arena *arena, struct subject *subject)
{
	struct mistakes *mistakes = mistakes_new(arena);
	subject->ruleset = ruleset_load(
		arena, subject->sources, subject->source_count, subject->programme, mistakes);
	if (subject->ruleset == NULL)
		give_up(mistakes, NULL);
}

/* Each hostile rule once on the longest report, and which of them took longest. */
static void tell_hostile(struct subject *subject, struct arena *arena)
{
	struct timing slowest = {.least_ns = 0};
	const char *name = "";
	subject->full =
		full_report_make(arena, subject->programme, KIND_SPENDING, REPORT_LINES_MAX);
	for (size_t i = 0; i < hostile_rule_count; i++) {
		struct rule_source source = {
			"hostile.yaml", str_of(hostile_rule_text(arena, &hostile_rules[i]))};
		subject->sources = &source;
		load(arena, subject);
		struct timing timing = time_runs(run_judge, subject, HOSTILE_ROUNDS);
		if (timing.least_ns > slowest.least_ns) {
			slowest = timing;
			name = hostile_rules[i].name;
		}
	}
	printf("%zu hostile rules: the slowest of them is %s\n", hostile_rule_count, name);
	tell("  on 500 lines", slowest);
}

static void load_shipped(struct arena *arena, const char *folder, struct subject *subject)
{
	struct error err = {.is_set = false};
	struct mistakes *mistakes = mistakes_new(arena);
	subject->programme = programme_load(arena,
		arena_format(arena, "%s/programmes/steunpakket-2021.yaml", folder), mistakes);
	if (subject->programme == NULL ||
		!ruleset_read_sources(arena, arena_format(arena, "%s/rules", folder),
			&subject->sources, &subject->source_count, &err))
		give_up(mistakes, err.is_set ? &err : NULL);
	load(arena, subject);
}

static void load_file(struct arena *arena, const char *path, struct subject *subject)
{
	struct error err = {.is_set = false};
	struct rule_source *source = ARENA_NEW(arena, struct rule_source);
	source->path = path;
	if (!file_read(arena, path, YAML_BYTES_MAX, &source->text, &err))
		give_up(NULL, &err);
	subject->sources = source;
	subject->source_count = 1;
	load(arena, subject);
}

int main(int argc, char **argv)
{
	struct error err = {.is_set = false};
	if (argc != 3 || !crypto_start(&err)) {
		fprintf(stderr, "usage: bench_rules CONFIG FORTY\n");
		return 2;
	}
	struct arena *arena = arena_new(ARENA_MAX);
	struct subject shipped = {.arena = arena_new(ARENA_MAX)};
	load_shipped(arena, argv[1], &shipped);
	struct subject forty = shipped;
	load_file(arena, argv[2], &forty);

	printf("%-58s%12s%12s%14s\n", "CPU time in microseconds", "least", "median", "yardsticks");
	tell("yardstick: SHA-256 of 64 KiB", time_runs(run_yardstick, &shipped, ROUNDS));
	tell_load(&shipped, "shipped");
	tell_load(&forty, "forty plain");
	tell_judging(&forty, arena, "forty plain", KIND_SPENDING, LINES);
	tell_judging(&shipped, arena, "shipped", KIND_SPENDING, LINES);
	tell_judging(&shipped, arena, "shipped", KIND_OUTREACH, LINES);
	tell_judging(&shipped, arena, "shipped", KIND_SPENDING, REPORT_LINES_MAX);
	tell_judging(&shipped, arena, "shipped", KIND_OUTREACH, REPORT_LINES_MAX);
	tell_hostile(&forty, arena);
	arena_free(&shipped.arena);
	arena_free(&arena);
	return 0;
}
