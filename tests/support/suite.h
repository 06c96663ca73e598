/* SPDX-License-Identifier: EUPL-1.2 */
/* All of CEL's public conformance tests (../shared/cel): what each comes to, counted. */
#ifndef TESTS_SUPPORT_SUITE_H
#define TESTS_SUPPORT_SUITE_H

#include "base/error.h"
#include "tests/support/suite_case.h"

#include <stdio.h>

struct suite_tally {
	size_t tests, right, refused, wrong;
	size_t refused_for[OUTSIDE_COUNT];
	size_t trees[COMPARED_COUNT], types[COMPARED_COUNT];
};

/* Whether the folder with the tests is there at all. */
bool suite_is_here(void);

/*
 * One line to `out` for each that is wrong or differs from the reference. False with an error when
 * the files cannot be read.
 */
bool suite_run(FILE *out, struct suite_tally *ret_tally, struct error *err);

/* The refusals by reason, the reference, and last the line that begins with "conformance:". */
void suite_print(FILE *out, const struct suite_tally *tally);

/* Every test has its verdict, none is wrong, and nothing differs. */
bool suite_is_good(const struct suite_tally *tally);

#endif
