/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Syntax trees as text, to hold the parser against CEL's reference parser: operators and functions
 * before their operands, _+_(1,_*_(2,x)), without spaces, and each string as "".
 */
#ifndef TESTS_SUPPORT_SYNTAX_H
#define TESTS_SUPPORT_SYNTAX_H

#include "cel/expression.h"

/* Of an expression of ours. NULL when it holds a macro, which the reference writes out as a loop.
 */
const char *syntax_of(struct arena *arena, const struct expression *expression);

/* Of a tree as the reference prints it, which has the class of each node between "^#" and "#". */
const char *syntax_of_reference(struct arena *arena, struct str printed);

#endif
