/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests that try what no person would write: random expressions over the bindings of spending
 * rules, and random worlds that the bindings allow.
 */
#ifndef TESTS_SUPPORT_GUESSES_H
#define TESTS_SUPPORT_GUESSES_H

#include "base/buf.h"
#include "cel/check.h"

struct guesser {
	struct arena *arena;
	uint64_t state; /* of the generator: the same seed makes the same guesses */
	int locals;     /* macros around the place at hand; their elements are lines: l1, l2 ... */
};

/* 0 <= result < below. */
size_t guess_below(struct guesser *guesser, size_t below);

/*
 * A bool of about this depth. Every part of it that is a bool stands in brackets of its own, so
 * that it can be found by where it begins.
 */
void guess_bool(struct guesser *guesser, struct buf *out, int depth);

/* A value of the type that lies in the range. */
struct value guess_value(
	struct guesser *guesser, const struct type *type, const struct range *range);

#endif
