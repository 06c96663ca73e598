/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Everything that operators and policy officers decide, loaded whole: configuration, programmes,
 * municipalities, rules, allocations, submitters and receipt keys. Immutable; a reload builds
 * another set beside it, and a set lives until the last report that it judges is answered.
 */
#ifndef SERVE_SETTINGS_H
#define SERVE_SETTINGS_H

#include "programme/allocation.h"
#include "programme/submitter.h"
#include "rule/ruleset.h"
#include "serve/config.h"

struct settings_programme {
	const struct programme *programme;
	const struct ruleset *ruleset; /* NULL: only where the rules are a draft */
	const struct allocations *allocations;
};

struct receipt_key {
	char id[17];
	uint8_t public_key[VERIFY_KEY_SIZE];
};

struct settings {
	struct arena *arena;
	size_t holders;
	struct config config;
	const struct municipalities *municipalities;
	const struct settings_programme *programmes;
	const struct programme *const
		*programme_list; /* the same programmes, as decoders want them */
	size_t programme_count;
	const struct submitters *submitters;
	struct signing_key *signing_key;        /* NULL when keys were left out */
	const struct receipt_key *receipt_keys; /* the one in use first, then earlier ones */
	size_t receipt_key_count;
};

/* How much is loaded: each takes in those before it. What is left out is NULL or nothing. */
enum settings_extent {
	SETTINGS_RULES,        /* programmes and their rules */
	SETTINGS_REFERENCE,    /* municipalities and allocations */
	SETTINGS_WITHOUT_KEYS, /* submitters: for people who write rules and hold no secrets */
	SETTINGS_WITH_KEYS,
};

/*
 * Loads all of it, rule examples included. NULL when there was any mistake, in whatever file; then
 * `complaints` holds them all. The caller holds the result and lets go of it with settings_release.
 */
struct settings *settings_load(
	const char *config_path, enum settings_extent extent, struct buf *complaints);

/*
 * The same with the rules of another place: a folder of rule files, or one file; NULL: those
 * configured. A programme that no file there names has no rule set.
 */
struct settings *settings_load_draft(const char *config_path, enum settings_extent extent,
	const char *rules, struct buf *complaints);

/* The same for those who want to know how every example came out: see rule/example.h. */
struct settings *settings_try_draft(const char *config_path, enum settings_extent extent,
	const char *rules, const struct example_listener *listener, struct buf *complaints);

struct settings *settings_hold(struct settings *settings);
void settings_release(struct settings **settings); /* sets it to NULL; *settings may be NULL */

/* The part about one programme; NULL when it is not here. */
const struct settings_programme *settings_programme(
	const struct settings *settings, struct str programme);

size_t settings_rule_count(const struct settings *settings); /* of all programmes */

#endif
