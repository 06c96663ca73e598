/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/tellings.h"

#include "tests/support/unit.h"

#include <string.h>

enum { FILES_MAX = 8 };

const struct ruleset *tellings_load(struct rulings *rulings, const char *const *texts)
{
	struct rule_source sources[FILES_MAX];
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	size_t count = 0;
	for (; texts[count] != NULL; count++)
		sources[count] = (struct rule_source){
			arena_format(rulings->arena, "%zu.yaml", count + 1), str_of(texts[count])};
	rulings->ruleset =
		ruleset_load(rulings->arena, sources, count, rulings->programme, mistakes);
	if (rulings->ruleset == NULL)
		fail_msg("%s:%u: %s", mistakes_at(mistakes, 0)->file,
			(unsigned)mistakes_at(mistakes, 0)->line, mistakes_at(mistakes, 0)->text);
	return rulings->ruleset;
}

const char *tellings_tell(struct rulings *rulings, enum language language, const char *id)
{
	struct buf out;
	struct page page = {.out = &out, .form = PAGE_TEXT};
	struct telling telling = {
		.arena = rulings->arena,
		.page = &page,
		.language = language,
		.level = 3,
		.has_examples = true,
	};
	telling.rules = ruleset_rules(rulings->ruleset, &telling.rule_count);
	buf_init(&out, 65536);
	bool is_told = telling_rule(&telling, id);
	const char *text = is_told ? arena_string(rulings->arena, buf_str(&out)) : NULL;
	buf_free(&out);
	return text;
}

void tellings_expect(const char *text, const char *part)
{
	assert_non_null(text);
	if (strstr(text, part) == NULL)
		fail_msg("expected\n%s\nin\n%s", part, text);
}
