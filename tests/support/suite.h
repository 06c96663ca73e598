/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The public conformance tests of CEL (../shared/cel), held against the rule language. Whatever
 * loads must mean what CEL says, worked out at load as well as while running; whatever is refused
 * must need something that the profile leaves out (tests/support/outside.h), else refusing it is
 * wrong. And the types that the checker deduces must be those of CEL's reference checker.
 */
#ifndef TESTS_SUPPORT_SUITE_H
#define TESTS_SUPPORT_SUITE_H

#include "base/error.h"
#include "base/json.h"
#include "tests/support/outside.h"

#include <stdio.h>

enum suite_verdict { SUITE_RIGHT, SUITE_REFUSED, SUITE_WRONG };

/*
 * What the types of a test come to. A type is left open where only [] could tell it: the reference
 * takes it from what the elements are used for, and here it fits everything.
 */
enum suite_types { TYPES_NOT_COMPARED, TYPES_AGREE, TYPES_OPEN, TYPES_DIFFER, TYPES_COUNT };

struct suite_judgement {
	enum suite_verdict verdict;
	enum outside outside; /* what a refused test needs */
	enum suite_types types;
	const char *found; /* of the language, for people: "12", "refused at 3: ..." */
};

struct suite_tally {
	size_t tests, right, refused, wrong;
	size_t refused_for[OUTSIDE_COUNT];
	size_t types[TYPES_COUNT];
};

/*
 * One test of conformance.jsonl; `reference`: the same test in checked-types.jsonl, or NULL. What
 * is found is the arena's.
 */
void suite_judge(struct arena *arena, const struct json *test, const struct json *reference,
	struct suite_judgement *ret_judgement);

/*
 * All of them, one line to `out` for each that is wrong or whose type differs. False with an error
 * when the files cannot be read; suite_is_here() tells beforehand whether they are there at all.
 */
bool suite_is_here(void);
bool suite_run(FILE *out, struct suite_tally *ret_tally, struct error *err);

/* The refusals by reason, the types, and last the line that begins with "conformance:". */
void suite_print(FILE *out, const struct suite_tally *tally);

/* Every test has its verdict, none is wrong, and no type differs. */
bool suite_is_good(const struct suite_tally *tally);

#endif
