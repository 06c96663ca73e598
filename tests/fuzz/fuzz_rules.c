/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any text as a rule file for the sample programme, its examples run as at any load: it loads, or
 * every mistake has a place in the file, and a message that can be printed.
 */
#include "base/ensure.h"
#include "rule/ruleset.h"
#include "tests/support/sample_programme.h"

enum { TEXT_MAX = 64 * 1024, ARENA_BYTES = 512 << 20, LASTING_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No less than there are: YAML's own line ends are more than one character. */
static uint32_t count_lines(struct str text)
{
	static const char *const ends[] = {"\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
	uint32_t lines = 1;
	for (size_t i = 0; i < text.length; i++) {
		struct str rest = str_slice(text, i, text.length);
		for (size_t j = 0; j < sizeof(ends) / sizeof(ends[0]); j++)
			lines += str_starts_with(rest, str_of(ends[j]));
	}
	return lines;
}

static void check_mistakes(const struct mistakes *mistakes, struct str text)
{
	struct buf out;
	uint32_t lines = count_lines(text);
	buf_init(&out, (size_t)MISTAKES_MAX * 4096);
	mistakes_print(mistakes, &out);
	ensure(!out.has_failed && utf8_is_valid(buf_str(&out)));
	for (size_t i = 0; i < mistakes_count(mistakes); i++) {
		const struct mistake *mistake = mistakes_at(mistakes, i);
		ensure(mistake->line <= lines + 1 && mistake->text[0] != '\0');
	}
	buf_free(&out);
}

static void check_rules(const struct ruleset *ruleset)
{
	for (size_t i = 0; i < ruleset_rule_count(ruleset); i++) {
		struct rule_info info;
		ruleset_rule(ruleset, i, &info);
		ensure(info.id != NULL && info.id[0] != '\0');
		ensure(info.message_nl != NULL && info.message_en != NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *lasting, *arena;
	static const struct programme *programme;
	struct rule_source source = {"fuzz.yaml", {(const char *)data, size}};
	if (size > TEXT_MAX)
		return 0;
	if (lasting == NULL) {
		lasting = arena_new(LASTING_BYTES);
		arena = arena_new(ARENA_BYTES);
		programme = sample_programme(lasting);
	}
	arena_reset(arena);
	struct mistakes *mistakes = mistakes_new(arena);
	const struct ruleset *ruleset = ruleset_load(arena, &source, 1, programme, mistakes);
	ensure(ruleset == NULL || mistakes_total(mistakes) == 0);
	check_mistakes(mistakes, source.text);
	if (ruleset != NULL)
		check_rules(ruleset);
	return 0;
}
