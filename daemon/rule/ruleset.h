/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rules of a programme: loaded whole or not at all, immutable, judging without clock or I/O.
 *
 * Files are rules/<any>.yaml whose `ruleset:` names the programme. Loading parses, type-checks and
 * runs every rule's examples; each mistake comes with file, line, column. Several versions of the
 * rules are loaded side by side, each for its own periods (rule/version.h).
 */
#ifndef RULE_RULESET_H
#define RULE_RULESET_H

#include "base/crypto.h"
#include "base/mistake.h"
#include "programme/allocation.h"
#include "programme/municipality.h"
#include "report/finding.h"
#include "report/history.h"
#include "yaml/tree.h"

struct ruleset;
struct mutants;
struct example_listener;

struct rule_source {
	const char *path;
	struct str text;
};

/*
 * The rule set of `programme` from the files among `sources` that name it. NULL when there was a
 * mistake, or, without a mistake, no file names it. All memory is the arena's; the programme must
 * outlive it.
 */
const struct ruleset *ruleset_load(struct arena *arena, const struct rule_source *sources,
	size_t source_count, const struct programme *programme, struct mistakes *mistakes);

/* The same for those who want to know how every example came out: see rule/example.h. */
const struct ruleset *ruleset_try(struct arena *arena, const struct rule_source *sources,
	size_t source_count, const struct programme *programme,
	const struct example_listener *listener, struct mistakes *mistakes);

/* Every file *.yaml of a folder, or the one file that `folder` is; read under a bound. */
bool ruleset_read_sources(struct arena *arena, const char *folder,
	const struct rule_source **ret_sources, size_t *ret_count, struct error *err);

/* SHA-256 (hex) over the texts of its files, one after another in the order of their paths. */
const char *ruleset_sha256(const struct ruleset *ruleset);
const struct rule_source *ruleset_sources(const struct ruleset *ruleset, size_t *ret_count);
size_t ruleset_rule_count(const struct ruleset *ruleset);

enum explanation_policy { EXPLANATION_NONE, EXPLANATION_ALLOWED, EXPLANATION_REQUIRED };

extern const char *const explanation_policy_names[]; /* "none", "allowed", "required", NULL */

/* What the catalogue tells of a rule. */
struct rule_info {
	const char *id; /* "B-210"; of those made by for_each "B-203.jeugd" and so on */
	bool applies_to[KIND_COUNT];
	enum severity severity;
	int64_t version;          /* of the file it is from */
	const char *from, *until; /* YYYY-MM or NULL: its own bounds within those of its version */
	enum explanation_policy explanation;
	const char *message_nl, *message_en, *help_nl,
		*help_en; /* templates as written; help may be NULL */
	bool needs_history;
};

void ruleset_rule(const struct ruleset *ruleset, size_t index, struct rule_info *ret_info);

/*
 * Adds the mutants of all its files (rule/mutant.h), by path. Takes a good part of a second: it is
 * for people who write rules.
 */
void ruleset_mutants(const struct ruleset *ruleset, struct arena *arena, struct mutants *mutants);

/* Everything that an evaluation may see. */
struct rule_facts {
	const struct report *report;
	const struct municipality *municipality;
	const struct allocations *allocations;
	const struct history *history; /* NULL in the first stage */
	const char *received_on;       /* YYYY-MM-DD */
	const char *deadline;          /* YYYY-MM-DD */
};

enum rule_stage {
	RULES_WITHOUT_HISTORY, /* at once, while the database is busy with the batch before */
	RULES_WITH_HISTORY,    /* in the storing transaction */
};

/* How often rules, on the report or on one of its lines, came to what. */
struct judge_tally {
	size_t judged;  /* `assert` was asked, and held or not */
	size_t passed;  /* `when` did not hold */
	size_t skipped; /* something that they need is not there */
	size_t faulted; /* an error came of it */
	int64_t steps;  /* that all of them took */
};

/*
 * Runs the rules of one stage that apply to the report's kind and period, and adds what they find.
 * Two calls, one a stage, give all. The arena is the report's.
 *
 * What a hostile rule can take is bounded, whatever the report: each rule, and each name under let,
 * has RULE_STEPS_MAX steps over all lines of the report, all of them together RULES_STEPS_MAX, and
 * evaluation RULE_MEMORY_MAX bytes. A step is a few nanoseconds' work. A rule that wants more
 * yields an error finding, once.
 *
 * A warning that must be explained is an error while it is not. An explanation names the rule's id
 * (of for_each also the one that its file gives) and the line; without a line it answers for all.
 */
enum {
	RULE_MEMORY_MAX = 4 * 1024 * 1024,
	RULE_STEPS_MAX = 1000 * 1000,
	RULES_STEPS_MAX = 20 * RULE_STEPS_MAX,
	RULESET_RULES_MAX = 1000, /* those of for_each counted one by one */
};

struct judge_tally ruleset_judge(const struct ruleset *ruleset, struct arena *arena,
	const struct rule_facts *facts, enum rule_stage stage, struct findings *findings);

#endif
