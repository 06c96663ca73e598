/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A pattern up to the first NUL, a subject behind it: compiled at load and while running it means
 * the same, it ends within its limits, and of the simplest patterns the C library's own matcher
 * says the same.
 */
#include "base/ensure.h"
#include "cel/matches.h"

#include <regex.h>
#include <string.h>

enum { ARENA_BYTES = 64 << 20, SCRATCH_BYTES = 4 << 20, SIMPLE_MAX = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_made_of(struct str text, const char *letters)
{
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '\0' || strchr(letters, text.data[i]) == NULL)
			return false;
	}
	return text.length <= SIMPLE_MAX;
}

/* One quantifier behind another means a lazy one here, and something else to POSIX. */
static bool is_simple(struct str pattern)
{
	for (size_t i = 1; i < pattern.length; i++) {
		if (strchr("*+?", pattern.data[i - 1]) && strchr("*+?", pattern.data[i]))
			return false;
	}
	return is_made_of(pattern, "abc.|()*+?");
}

static void ask_the_library(
	struct arena *arena, struct str pattern, struct str subject, bool is_match)
{
	regex_t regex;
	if (!is_simple(pattern) || !is_made_of(subject, "abc"))
		return;
	if (regcomp(&regex, arena_string(arena, pattern), REG_EXTENDED | REG_NOSUB) != 0)
		return;
	ensure(is_match == (regexec(&regex, arena_string(arena, subject), 0, NULL, 0) == 0));
	regfree(&regex);
}

static void check_match(
	struct arena *arena, const struct pattern *compiled, struct str pattern, struct str subject)
{
	struct matcher *matcher = NULL, *fresh = NULL;
	struct scratch scratch;
	bool first = false, again = false, while_running = false;
	scratch_init(&scratch, arena, SCRATCH_BYTES);
	enum match_result result = pattern_match(compiled, arena, &matcher, subject, &first);
	ensure(result == MATCH_DONE || result == MATCH_LIMIT);
	ensure(result == pattern_match(compiled, arena, &matcher, subject, &again));
	ensure(result == pattern_match_text(&scratch, &fresh, pattern, subject, &while_running));
	ensure(first == again && first == while_running);
	if (result == MATCH_DONE)
		ask_the_library(arena, pattern, subject, first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct str pattern = {(const char *)data, strnlen((const char *)data, size)};
	size_t behind = pattern.length < size ? pattern.length + 1 : size;
	struct str subject = {(const char *)data + behind, size - behind};
	struct pattern_fault fault = {.reason = NULL};
	/* YAML and the decoder let nothing else through. */
	if (!utf8_is_valid(pattern) || !utf8_is_valid(subject))
		return 0;
	if (arena == NULL)
		arena = arena_new(ARENA_BYTES);
	arena_reset(arena);
	const struct pattern *compiled = pattern_compile(arena, pattern, &fault);
	if (compiled != NULL)
		check_match(arena, compiled, pattern, subject);
	else
		ensure(fault.reason != NULL && fault.offset <= pattern.length);
	return 0;
}
