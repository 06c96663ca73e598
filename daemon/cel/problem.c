/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/problem.h"

#include <stdarg.h>
#include <stdio.h>

enum { PROBLEM_TEXT_MAX = 400 };

void problems_init(struct problems *problems, struct arena *arena)
{
	*problems = (struct problems){.arena = arena};
}

bool problem_add(struct problems *problems, size_t offset, const char *format, ...)
{
	char text[PROBLEM_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);

	problems->items = arena_grow(problems->arena, problems->items, problems->count,
		&problems->capacity, sizeof(*problems->items));
	problems->items[problems->count++] = (struct problem){
		.offset = offset, .text = arena_string(problems->arena, str_of(text))};
	return false;
}
