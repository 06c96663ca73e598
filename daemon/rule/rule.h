/* SPDX-License-Identifier: EUPL-1.2 */
/* One rule, ready to run; and how it is made of what the file says. */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "cel/template.h"
#include "rule/ruleset.h"
#include "rule/unit.h"

/* The field that a finding points to: a member of the line or of the report, or those themselves.
 */
struct rule_target {
	enum binding binding; /* BINDING_REPORT, BINDING_LINES or BINDING_LINE */
	int field;            /* of its record, or FIELD_NONE */
	const char *member;   /* its name in the report, or NULL */
};

struct rule {
	const char *id;
	const struct rule_document *document;
	const struct unit *unit;
	enum view view;
	bool applies_to[KIND_COUNT];
	bool is_of_line;
	enum severity severity;
	enum explanation_policy explanation;
	const char *from, *until; /* or NULL */
	const struct code *when;  /* or NULL */
	const struct code *assertion;
	/* The same as they were written, checked, and what they were checked in. */
	const struct expression *when_tree, *assertion_tree;
	const struct environment *environment;
	const struct code *expected; /* or NULL */
	struct rule_target target;
	struct text_template *message_nl, *message_en;
	struct text_template *help_nl, *help_en; /* or NULL */
	uint64_t uses;                           /* variables; those of names under let included */
	uint64_t when_uses, assertion_uses;
	uint64_t needs; /* variables without which it is skipped */
	bool needs_history;
};

struct rules {
	struct rule *items;
	size_t count, capacity;
};

/*
 * Adds the rule that the document describes, or with for_each one for each of the dimension's
 * values for which `when` is not plainly false. False when there was a mistake.
 */
bool rule_make(struct arena *arena, const struct unit *unit, const struct rule_document *document,
	const struct programme *programme, struct rules *rules, struct mistakes *mistakes);

/* All rules of a set: by file, and in the order of the file. */
const struct rule *ruleset_rules(const struct ruleset *ruleset, size_t *ret_count);

bool rule_applies(const struct rule *rule, enum kind kind, const char *period);

#endif
