/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions made by choices, so that nearly all of them are well typed: a text that a fuzzer
 * writes byte by byte seldom gets past the checker. The grammar is a table in the source.
 */
#ifndef TESTS_SUPPORT_MADE_EXPRESSION_H
#define TESTS_SUPPORT_MADE_EXPRESSION_H

#include "cel/check.h"
#include "tests/support/choices.h"

struct maker;

/* Knows every path that leads from the variables to a value. All memory is the arena's. */
const struct maker *maker_new(struct arena *arena, const struct environment *environment);

/* The text, in the arena. Not every one compiles; most do. */
struct str made_expression(const struct maker *maker, struct choices *choices, struct arena *arena);

#endif
