/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests of what is told of rules: rule files in, the page out. */
#ifndef TESTS_SUPPORT_TELLINGS_H
#define TESTS_SUPPORT_TELLINGS_H

#include "tell/telling.h"
#include "tests/support/rulings.h"

/* A rule on spending lines: `lines` (each begins with four spaces) and two plain examples. */
#define TELLING_RULE(id, lines)                                                                    \
	"  - id: " id "\n    kind: spending\n    scope: line\n    severity: warning\n" lines       \
	"    examples:\n      pass: [{}]\n      fail: [{line: {spent: 20}}]\n"

/* Loads the files (the last text is NULL), as "1.yaml" and so on. Mistakes fail the test. */
const struct ruleset *tellings_load(struct rulings *rulings, const char *const *texts);

/* What telling_rule writes; NULL when there is no such rule. The rulings' arena's. */
const char *tellings_tell(struct rulings *rulings, enum language language, const char *id);

/* Fails the test where the part is not in the text. */
void tellings_expect(const char *text, const char *part);

#endif
