/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/mistaken.h"

#include "tests/support/unit.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_MAX = 256 * 1024 * 1024 };

int mistaken_setup(void **state)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct mistaken *mistaken = ARENA_NEW(arena, struct mistaken);
	mistaken->arena = arena;
	mistaken->mistakes = mistakes_new(arena);
	mistaken->folder = arena_string(arena, str_of(unit_folder_make()));
	*state = mistaken;
	return 0;
}

int mistaken_teardown(void **state)
{
	struct mistaken *mistaken = *state;
	unit_folder_remove(mistaken->folder);
	struct arena *arena = mistaken->arena;
	arena_free(&arena);
	return 0;
}

const char *mistaken_text(const struct mistaken *mistaken)
{
	const char *text = "";
	for (size_t i = 0; i < mistakes_count(mistaken->mistakes); i++) {
		const struct mistake *mistake = mistakes_at(mistaken->mistakes, i);
		const char *slash = strrchr(mistake->file, '/');
		text = arena_format(mistaken->arena, "%s%s:%u:%u: %s\n", text,
			slash != NULL ? slash + 1 : mistake->file, mistake->line, mistake->column,
			mistake->text);
	}
	return text;
}

const char *mistaken_file(const struct mistaken *mistaken, const char *name, const char *text)
{
	const char *path = arena_format(mistaken->arena, "%s/%s", mistaken->folder, name);
	unit_write(path, text);
	return path;
}
