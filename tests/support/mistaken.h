/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests of what reads people's files: an arena, a list of mistakes, and that list as text. */
#ifndef TESTS_SUPPORT_MISTAKEN_H
#define TESTS_SUPPORT_MISTAKEN_H

#include "base/mistake.h"

struct mistaken {
	struct arena *arena;
	struct mistakes *mistakes;
	const char *folder; /* empty, and gone after the test */
};

/* cmocka's setup and teardown of one test; *state is a struct mistaken. */
int mistaken_setup(void **state);
int mistaken_teardown(void **state);

/* All mistakes as "file:line:column: text\n", with the file's last name only and no quotes. */
const char *mistaken_text(const struct mistaken *mistaken);

/* Writes a file into the test's folder and returns its path, the arena's. */
const char *mistaken_file(const struct mistaken *mistaken, const char *name, const char *text);

#endif
