/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/sentences.h"

#include "rule/dimension.h"
#include "cel/parse.h"
#include "tests/support/unit.h"

static const char unit_text[] =
	RULINGS_HEAD "params: {small: 5000.00, own: ['eigen', 'spuk'], flag: true, none: []}\n"
		     "let:\n"
		     "  total: 'lines.map(l, l.spent).sum()'\n"
		     "  is_sent: 'report.status != \"withdrawn\"'\n"
		     "rules: [{}]\n";

static const struct unit *make_unit(struct arena *arena)
{
	struct mistakes *mistakes = mistakes_new(arena);
	struct unit *unit = ARENA_NEW(arena, struct unit);
	unit->text = STR(unit_text);
	const struct node *root = yaml_parse(arena, "a.yaml", unit->text, mistakes);
	assert_true(document_bind(arena, root, &unit->document, mistakes));
	assert_true(unit_build(arena, unit, mistakes));
	return unit;
}

static struct expression *check(
	struct arena *arena, const struct environment *environment, const char *text)
{
	struct problems problems;
	struct checked checked;
	problems_init(&problems, arena);
	struct expression *expression = parse_expression(arena, str_of(text), &problems);
	if (expression == NULL)
		fail_msg("%s: %s", text, problems.items[0].text);
	const struct check_input input = {
		.arena = arena,
		.text = str_of(text),
		.environment = environment,
		.assumed =
			environment_optional(environment) & ~check_asked(environment, expression),
		.problems = &problems,
	};
	if (!check_expression(&input, expression, &checked))
		fail_msg("%s: %s", text, problems.items[0].text);
	return expression;
}

static const char *tell(
	struct rulings *rulings, enum language language, const struct each *each, const char *text)
{
	const struct unit *unit = make_unit(rulings->arena);
	const struct environment *environment =
		unit_environment(rulings->arena, unit, VIEW_SPENDING, true, each);
	struct buf out;
	struct page page = {.out = &out, .form = PAGE_TEXT};
	struct prose prose = {
		.arena = rulings->arena,
		.page = &page,
		.language = language,
		.unit = unit,
		.dimension = DIMENSION_ACTION_LINE,
		.each = each != NULL ? each->value : NULL,
	};
	buf_init(&out, 65536);
	prose_condition(&prose, check(rulings->arena, environment, text), 0);
	assert_false(out.has_failed);
	assert_null(prose.scope);
	const char *told = arena_string(rulings->arena, str_trim(buf_str(&out)));
	buf_free(&out);
	return told;
}

const char *sentence(struct rulings *rulings, enum language language, const char *expression)
{
	return tell(rulings, language, NULL, expression);
}

const char *sentence_of_each(
	struct rulings *rulings, enum language language, const char *expression)
{
	size_t count;
	const struct each each = {.value = dimension_values(rulings->arena, rulings->programme,
					  DIMENSION_ACTION_LINE, &count),
		.dimension = DIMENSION_ACTION_LINE};
	return tell(rulings, language, &each, expression);
}

void sentences_check(struct rulings *rulings, const struct sentence_case *cases)
{
	for (; cases->expression != NULL; cases++) {
		assert_string_equal(sentence(rulings, LANGUAGE_NL, cases->expression), cases->nl);
		assert_string_equal(sentence(rulings, LANGUAGE_EN, cases->expression), cases->en);
	}
}
