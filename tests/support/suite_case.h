/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One of CEL's public conformance tests, held against the rule language. What loads must mean what
 * CEL says, worked out at load as well as while running; what is refused must need something that
 * the profile leaves out, else refusing it is wrong. And the syntax tree and the type must be those
 * of CEL's reference parser and checker.
 */
#ifndef TESTS_SUPPORT_SUITE_CASE_H
#define TESTS_SUPPORT_SUITE_CASE_H

#include "base/json.h"
#include "tests/support/outside.h"

enum suite_verdict { SUITE_RIGHT, SUITE_REFUSED, SUITE_WRONG };

/*
 * With the reference. A type is left open where only [] could tell it: the reference takes it from
 * what the elements are used for, and here it fits everything.
 */
enum suite_comparison {
	NOT_COMPARED,
	COMPARED_SAME,
	COMPARED_OPEN,
	COMPARED_DIFFERS,
	COMPARED_COUNT
};

struct suite_judgement {
	enum suite_verdict verdict;
	enum outside outside; /* what a refused test needs */
	enum suite_comparison tree, type;
	const char *found; /* of the language, for people: "12", "refused at 3: ..." */
};

/*
 * `test`: of conformance.jsonl; `reference`: the same test in checked-types.jsonl, or NULL. What is
 * found is the arena's.
 */
void suite_judge(struct arena *arena, const struct json *test, const struct json *reference,
	struct suite_judgement *ret_judgement);

#endif
