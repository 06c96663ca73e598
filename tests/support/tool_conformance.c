/* SPDX-License-Identifier: EUPL-1.2 */
/* `make conformance`: the public tests of CEL, what came of them, and what was refused for what. */
#include "tests/support/suite.h"

int main(void)
{
	struct suite_tally tally;
	struct error err = {.is_set = false};
	if (!suite_is_here()) {
		printf("conformance: skipped, ../shared/cel is not here\n");
		return 0;
	}
	if (!suite_run(stdout, &tally, &err)) {
		fprintf(stderr, "conformance: %s\n", err.message);
		return 1;
	}
	suite_print(stdout, &tally);
	return suite_is_good(&tally) ? 0 : 1;
}
