/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a draft of rules would change, counted: by verdict, by rule and by municipality. It grows
 * with the number of rules and municipalities, not with the record. Open: printing reads it.
 */
#ifndef SERVE_IMPACT_H
#define SERVE_IMPACT_H

#include "base/map.h"
#include "serve/difference.h"
#include "serve/rejudge.h"

enum {
	IMPACT_EXAMPLES_MAX = 3, /* of a rule and a kind of difference */
	IMPACT_ARENA_BYTES = 256 * 1024 * 1024,
	VERDICT_COUNT = VERDICT_REJECTED + 1,
};

/* One difference, where it is and what is told there. */
struct impact_example {
	enum difference_kind kind;
	struct str rule, programme, municipality;
	char period[PERIOD_SIZE];
	enum kind report_kind;
	int64_t revision;
	uint64_t number;                   /* of the receipt */
	enum verdict recorded, drafted;    /* of the submission */
	uint32_t line;                     /* 0: the report as a whole */
	struct str ref;                    /* or empty */
	struct str message_nl, message_en; /* by the draft; of what goes, as it was told */
};

struct impact_rule {
	struct str programme, id;
	uint64_t counts[DIFFERENCE_COUNT];
	uint64_t verdicts; /* submissions with another verdict in which it comes, goes or weighs
			      else */
	uint64_t last_submission;     /* counted there */
	uint64_t municipalities;      /* in which anything changes */
	struct str last_municipality; /* counted */
	/* The first of each kind: as many as were counted, up to the maximum. */
	struct impact_example examples[DIFFERENCE_COUNT][IMPACT_EXAMPLES_MAX];
};

struct impact_municipality {
	struct str code;
	uint64_t submissions; /* judged again */
	uint64_t verdicts;    /* of them with another verdict */
	uint64_t counts[DIFFERENCE_COUNT];
};

/* A rule set of the record, and how many of the submissions judged again it judged before. */
struct impact_ruleset {
	struct str programme, sha256;
	uint64_t submissions;
};

struct impact {
	struct arena *arena;
	uint64_t outcomes[REJUDGED_COUNT];
	uint64_t verdicts[VERDICT_COUNT][VERDICT_COUNT]; /* as recorded, then by the draft */
	struct map *rule_map, *municipality_map, *ruleset_map;
	struct impact_rule **rules;
	size_t rule_count, rule_capacity;
	struct impact_municipality **municipalities;
	size_t municipality_count, municipality_capacity;
	struct impact_ruleset **rulesets;
	size_t ruleset_count, ruleset_capacity;
};

void impact_init(struct impact *impact, struct arena *arena);

/* One that was not judged again. */
void impact_pass(struct impact *impact, enum rejudged why);

/* One that was. Entries come chain by chain. */
void impact_add(struct impact *impact, const struct replay_entry *entry,
	const struct rejudgement *judgement, const struct difference *differences, size_t count);

/* The difference as it may be shown; texts are borrowed. */
struct impact_example impact_example(const struct replay_entry *entry,
	const struct rejudgement *judgement, const struct difference *difference);

/* Rules by programme and id, municipalities by how much changes, rule sets by use. */
void impact_sort(struct impact *impact);

uint64_t impact_changed_verdicts(const struct impact *impact);
uint64_t impact_sum(const uint64_t counts[DIFFERENCE_COUNT]);

#endif
