/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests of estimates: a small rule file's names, an expression of a spending rule of scope
 * line, and what it may come to, as text.
 *
 * The file: params {i: 5, d: 10.00, s: 'final', b: true, l: ['eigen', 'spuk']}, under let `total`
 * (of what the lines spent) and `is_sent` (not withdrawn, not nil).
 */
#ifndef TESTS_SUPPORT_ESTIMATES_H
#define TESTS_SUPPORT_ESTIMATES_H

#include "rule/unit.h"

struct estimates {
	struct arena *arena;
	struct arena *trial; /* of one expression at a time */
	struct unit unit;
	const struct environment *environment;
};

/* cmocka's setup and teardown; *state is a struct estimates. */
int estimates_setup(void **state);
int estimates_teardown(void **state);

/*
 * False when it does not compile. Of `trial`, which the caller resets: what it gives lasts as long
 * as that.
 */
bool estimates_compile(struct estimates *estimates, const char *expression, struct problems *doubts,
	struct checked *ret_checked);

/*
 * {'a', 'b'} for a set, [0, 5) for numbers from 0 to less than 5 ([0, for more than that), the
 * form of texts that have one, "list of ... of size [0, 3]", record, any.
 */
const char *range_text(struct arena *arena, const struct range *range);

/* The range of the expression's value. */
const char *estimates_range(struct estimates *estimates, const char *expression);

/* Its doubts, each "offset: text\n". */
const char *estimates_doubts(struct estimates *estimates, const char *expression);

#endif
