/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/matches.h"

#include "base/ensure.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	MATCH_STEPS_MAX = 90 * 1000,
	ITEM_STEPS = 8,      /* for each item of the pattern that is tried */
	SCANNED_A_STEP = 16, /* bytes that one item runs over */
	COMPILED_A_STEP = 2, /* bytes of a pattern made ready while a rule runs */
	COMPILING_STEPS = 500,
	MATCH_DEPTH_MAX = 1000,
	MATCH_HEAP_KIB_MAX = 256,
	MATCHER_BYTES_MAX =
		2 * 1024 * 1024, /* all that PCRE2 ever asked for: it grows by doubling */
};

struct pattern {
	pcre2_code *code;
};

struct matcher {
	struct arena *arena;
	size_t used;
	pcre2_match_data *data;
	pcre2_match_context *context;
	int64_t steps;       /* of the last match */
	PCRE2_SIZE position; /* in the subject, when the last item was tried */
};

/* Memory for a pattern that is gone with the scratch, and how much it takes. */
struct quick_memory {
	struct scratch *scratch;
	size_t used;
};

/* PCRE2 gets its memory from the same places as everything else; those are freed as a whole. */
static void release_nothing(void *memory, void *owner)
{
	(void)memory, (void)owner;
}

static void *take_from_arena(size_t size, void *arena)
{
	return arena_try_alloc(arena, size);
}

static void *take_from_scratch(size_t size, void *owner)
{
	struct quick_memory *memory = owner;
	memory->used += size;
	return scratch_alloc(memory->scratch, size);
}

static void *take_from_matcher(size_t size, void *owner)
{
	struct matcher *matcher = owner;
	if (size > MATCHER_BYTES_MAX - matcher->used)
		return NULL;
	matcher->used += size;
	return arena_try_alloc(matcher->arena, size);
}

static pcre2_code *compile_rewritten(
	pcre2_general_context *memory, struct str rewritten, struct pattern_fault *ret_fault)
{
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	*ret_fault = (struct pattern_fault){0, "too large"};
	if (context == NULL)
		return NULL;
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	/* PCRE2 limits what it does from one place in the subject on, and there are as many places
	 * as bytes: only callouts, one before every item, count all of it. */
	const uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX |
				 PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP | PCRE2_AUTO_CALLOUT;
	int error = 0;
	PCRE2_SIZE offset = 0;
	pcre2_code *code = pcre2_compile(
		(PCRE2_SPTR)rewritten.data, rewritten.length, options, &error, &offset, context);
	if (code == NULL && error != PCRE2_ERROR_HEAP_FAILED)
		ret_fault->reason = "not a pattern: a group, class or property is wrong";
	return code;
}

static bool compile(pcre2_general_context *memory, struct str text, char *rewritten,
	pcre2_code **ret_code, struct pattern_fault *ret_fault)
{
	size_t length = 0;
	*ret_fault = (struct pattern_fault){0, "too large"};
	if (memory == NULL || rewritten == NULL ||
		!pattern_rewrite(text, rewritten, &length, ret_fault))
		return false;
	*ret_code = compile_rewritten(memory, (struct str){rewritten, length}, ret_fault);
	return *ret_code != NULL;
}

const struct pattern *pattern_compile(
	struct arena *arena, struct str text, struct pattern_fault *ret_fault)
{
	struct pattern *pattern = ARENA_NEW(arena, struct pattern);
	pcre2_general_context *memory =
		pcre2_general_context_create(take_from_arena, release_nothing, arena);
	char *rewritten = arena_alloc(arena, pattern_rewritten_max(text));
	if (!compile(memory, text, rewritten, &pattern->code, ret_fault))
		return NULL;
	return pattern;
}

static int count_item(pcre2_callout_block *block, void *owner)
{
	struct matcher *matcher = owner;
	PCRE2_SIZE from = matcher->position, to = block->current_position;
	matcher->position = to;
	matcher->steps +=
		ITEM_STEPS + (int64_t)((to > from ? to - from : from - to) / SCANNED_A_STEP);
	return matcher->steps > MATCH_STEPS_MAX ? PCRE2_ERROR_MATCHLIMIT : 0;
}

int64_t matcher_steps(const struct matcher *matcher)
{
	return matcher != NULL ? matcher->steps : 0;
}

static struct matcher *matcher_new(struct arena *arena)
{
	struct matcher *matcher = arena_try_alloc(arena, sizeof(*matcher));
	if (matcher == NULL)
		return NULL;
	*matcher = (struct matcher){.arena = arena};
	pcre2_general_context *memory =
		pcre2_general_context_create(take_from_matcher, release_nothing, matcher);
	if (memory == NULL)
		return NULL;
	matcher->data = pcre2_match_data_create(1, memory);
	matcher->context = pcre2_match_context_create(memory);
	if (matcher->data == NULL || matcher->context == NULL)
		return NULL;
	pcre2_set_callout(matcher->context, count_item, matcher);
	pcre2_set_depth_limit(matcher->context, MATCH_DEPTH_MAX);
	pcre2_set_heap_limit(matcher->context, MATCH_HEAP_KIB_MAX);
	return matcher;
}

static bool has_matcher(struct arena *arena, struct matcher **matcher)
{
	if (*matcher == NULL)
		*matcher = matcher_new(arena);
	if (*matcher != NULL)
		(*matcher)->steps = 0;
	return *matcher != NULL;
}

static enum match_result run(const struct pattern *pattern, struct matcher *matcher,
	struct str subject, bool *ret_is_match)
{
	matcher->position = 0;
	int found = pcre2_match(pattern->code, (PCRE2_SPTR)(subject.length > 0 ? subject.data : ""),
		subject.length, 0, 0, matcher->data, matcher->context);
	/* Whoever starts nowhere has looked at all of it. */
	matcher->steps += (int64_t)(subject.length / SCANNED_A_STEP);
	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		return MATCH_LIMIT;
	*ret_is_match = found >= 0;
	return MATCH_DONE;
}

enum match_result pattern_match(const struct pattern *pattern, struct arena *arena,
	struct matcher **matcher, struct str subject, bool *ret_is_match)
{
	if (!has_matcher(arena, matcher))
		return MATCH_LIMIT;
	return run(pattern, *matcher, subject, ret_is_match);
}

enum match_result pattern_match_text(struct scratch *scratch, struct matcher **matcher,
	struct str text, struct str subject, bool *ret_is_match)
{
	struct pattern pattern;
	struct pattern_fault fault;
	struct quick_memory owner = {.scratch = scratch};
	if (text.length > PATTERN_BYTES_MAX)
		return MATCH_BAD_PATTERN;
	if (!has_matcher(scratch->arena, matcher))
		return MATCH_LIMIT;
	pcre2_general_context *memory =
		pcre2_general_context_create(take_from_scratch, release_nothing, &owner);
	char *rewritten = scratch_alloc(scratch, pattern_rewritten_max(text));
	bool is_good = compile(memory, text, rewritten, &pattern.code, &fault);
	(*matcher)->steps += COMPILING_STEPS + (int64_t)(owner.used / COMPILED_A_STEP);
	return is_good ? run(&pattern, *matcher, subject, ret_is_match) : MATCH_BAD_PATTERN;
}
