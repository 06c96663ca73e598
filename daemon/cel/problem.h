/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is wrong with an expression: where in its text, and what to write instead. Collected, so
 * that all of an expression's problems come out together; whoever knows the file the text came
 * from turns offsets into lines and columns (rule/place.h).
 */
#ifndef CEL_PROBLEM_H
#define CEL_PROBLEM_H

#include "base/arena.h"

struct problem {
	size_t offset;    /* in bytes into the text, at most its length */
	const char *text; /* one sentence, lower case start, no full stop */
};

struct problems {
	struct arena *arena;
	struct problem *items;
	size_t count, capacity;
};

void problems_init(struct problems *problems, struct arena *arena);

/* Returns false, so that `return problem_add(...)` reads as "fail with". */
bool problem_add(struct problems *problems, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
