/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where in a file a character of a YAML scalar stands: quotes, escapes, folds and indentation lie
 * between the value that an expression is parsed from and the text that people look at.
 */
#ifndef RULE_PLACE_H
#define RULE_PLACE_H

#include "cel/problem.h"
#include "yaml/tree.h"

struct place {
	uint32_t line, column; /* from 1; column in characters */
	struct str quote;      /* the whole line */
};

/* `text` is the file's; `offset` counts bytes of the scalar's value. */
struct place place_find(struct str text, const struct node *scalar, size_t offset);

/* All problems of an expression in the scalar, as mistakes; returns false if there were any. */
bool place_problems(struct str text, const struct node *scalar, const struct problems *problems,
	struct mistakes *mistakes);

#endif
