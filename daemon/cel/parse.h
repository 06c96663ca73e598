/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * CEL's grammar, read by recursive descent into an expression. Nesting is bounded by
 * EXPRESSION_DEPTH_MAX, text by EXPRESSION_BYTES_MAX.
 */
#ifndef CEL_PARSE_H
#define CEL_PARSE_H

#include "cel/expression.h"
#include "cel/problem.h"

/* All of `text` is one expression. NULL: a problem was added (the first one only). */
struct expression *parse_expression(
	struct arena *arena, struct str text, struct problems *problems);

/*
 * The expression that begins at `from` and ends before "}}", as templates hold them; problems
 * carry offsets into the whole text. *ret_end is behind the braces.
 */
struct expression *parse_embedded(struct arena *arena, struct str text, size_t from,
	size_t *ret_end, struct problems *problems);

#endif
