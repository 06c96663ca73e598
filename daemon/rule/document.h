/* SPDX-License-Identifier: EUPL-1.2 */
/* A rule file as it was written: bound to structs, nothing understood yet. */
#ifndef RULE_DOCUMENT_H
#define RULE_DOCUMENT_H

#include "yaml/bind.h"

enum document_kind { DOCUMENT_SPENDING, DOCUMENT_OUTREACH, DOCUMENT_BOTH };
enum document_scope { DOCUMENT_REPORT, DOCUMENT_LINE };
enum dimension {
	DIMENSION_ACTION_LINE,
	DIMENSION_ITEM,
	DIMENSION_TARGET_GROUP,
	DIMENSION_FUNDING_LINE,
	DIMENSION_COUNT,
};

struct rule_texts {
	const struct node *nl, *en;
};

struct rule_examples {
	const struct node *pass, *fail; /* lists of worlds, read by rule/example.h */
};

struct rule_document {
	const char *id;
	const struct node *node;
	int kind;     /* enum document_kind */
	int scope;    /* enum document_scope */
	int severity; /* enum severity */
	const char *from, *until;
	bool has_for_each;
	int for_each;    /* enum dimension */
	int explanation; /* enum explanation_policy */
	const struct node *when, *assertion, *at, *expected;
	struct rule_texts message, help;
	struct rule_examples examples;
};

struct document {
	const char *ruleset;
	const struct node *node;
	int64_t version;
	const char *from; /* the first period of this version, or NULL */
	const struct node *params, *let;
	const struct node *rules; /* a list, each read by document_bind_rule */
};

/* False when there was a mistake; what could be bound is bound. */
bool document_bind(struct arena *arena, const struct node *root, struct document *ret_document,
	struct mistakes *mistakes);

/*
 * One rule of the list. False when there was a mistake; then it is not to be used, but it may be
 * looked at for others when what its expressions mean is plain.
 */
bool document_bind_rule(struct arena *arena, const struct node *node,
	struct rule_document *ret_rule, struct mistakes *mistakes);
bool document_may_be_checked(const struct rule_document *rule);

/*
 * An expression's text: quoted, or as a block, because YAML makes something else of many plain
 * ones without a word. NULL and a mistake otherwise. `may_be_plain`: a plain one will do when it
 * is all that its line holds, so that nothing of it can have been lost.
 */
const struct node *document_expression(
	const struct node *node, const char *key, bool may_be_plain, struct mistakes *mistakes);

#endif
