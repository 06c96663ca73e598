/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Messages with expressions in them: 'Wijkt meer dan {{params.deviation_pct}} % af'. They are
 * checked as rules are, so a message names only what exists.
 */
#ifndef CEL_TEMPLATE_H
#define CEL_TEMPLATE_H

#include "cel/check.h"
#include "cel/eval.h"

enum { TEMPLATE_BYTES_MAX = 1000, TEMPLATE_PARTS_MAX = 40 };

struct template_part {
	struct str text;               /* between expressions; or */
	struct expression *expression; /* an expression, and after checking */
	const struct code *code;       /* its code */
};

struct text_template {
	struct str source;
	struct template_part *parts;
	size_t count, capacity;
};

/* NULL: problems were added. */
struct text_template *template_parse(
	struct arena *arena, struct str text, struct problems *problems);

/* The optional variables that its expressions ask about. */
uint64_t template_asked(
	const struct environment *environment, const struct text_template *template);

/* Adds what the expressions use and need to *uses and *needs. False: problems were added. */
bool template_check(const struct check_input *input, struct text_template *template, uint64_t *uses,
	uint64_t *needs);

/*
 * The text, in the arena; at most `max` bytes, past which it ends in an ellipsis. An error when an
 * expression in it is one.
 */
struct value template_render(struct evaluation *evaluation, struct arena *arena,
	const struct text_template *template, size_t max);

/* What can be told in a text: everything but records and what is made of them. */
bool template_may_tell(const struct type *type);

#endif
