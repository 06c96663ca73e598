/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/sentences.h"

#include "rule/example.h"
#include "rule/rule.h"
#include "tests/support/unit.h"

#include <string.h>

/* How the examples come out does not matter here. */
static void ignore(void *context, const struct example_outcome *outcome)
{
	(void)context;
	(void)outcome;
}

static const struct rule *load(struct rulings *rulings, const char *lines, const char *expression)
{
	const struct example_listener listener = {ignore, NULL};
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct rule_source source = {
		"a.yaml", str_of(arena_format(rulings->arena,
				  RULINGS_HEAD
				  "params: {small: 5000.00, own: ['eigen', 'spuk'], flag: true}\n"
				  "let:\n"
				  "  total: 'lines.map(l, l.spent).sum()'\n"
				  "  is_sent: 'report.status != \"withdrawn\"'\n"
				  "rules:\n"
				  "  - id: B-100\n    severity: error\n%s"
				  "    assert: |\n      %s\n" RULINGS_TEXTS
				  "    examples:\n      pass: [{}]\n      fail: [{}]\n",
				  lines, expression))};
	const struct ruleset *ruleset =
		ruleset_try(rulings->arena, &source, 1, rulings->programme, &listener, mistakes);
	if (ruleset == NULL)
		fail_msg("%s: %s", expression, mistakes_at(mistakes, 0)->text);
	size_t count;
	return ruleset_rules(ruleset, &count);
}

const char *sentence_in(
	struct rulings *rulings, enum language language, const char *lines, const char *expression)
{
	const struct rule *rule = load(rulings, lines, expression);
	struct buf out;
	struct page page = {.out = &out, .form = PAGE_TEXT};
	struct prose prose = {
		.arena = rulings->arena,
		.page = &page,
		.language = language,
		.unit = rule->unit,
		.dimension = (enum dimension)rule->document->for_each,
		.each = rule->environment->variables[BINDING_EACH].constant,
	};
	buf_init(&out, 65536);
	prose_condition(&prose, rule->assertion_tree, 0);
	assert_false(out.has_failed);
	assert_null(prose.scope);
	const char *text = arena_string(rulings->arena, str_trim(buf_str(&out)));
	buf_free(&out);
	return text;
}

const char *sentence(struct rulings *rulings, enum language language, const char *expression)
{
	return sentence_in(rulings, language, "    kind: spending\n    scope: line\n", expression);
}

void sentences_check(struct rulings *rulings, const struct sentence_case *cases)
{
	for (; cases->expression != NULL; cases++) {
		assert_string_equal(sentence(rulings, LANGUAGE_NL, cases->expression), cases->nl);
		assert_string_equal(sentence(rulings, LANGUAGE_EN, cases->expression), cases->en);
	}
}
