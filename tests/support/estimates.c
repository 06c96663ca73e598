/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/estimates.h"

#include "base/ensure.h"
#include "cel/parse.h"
#include "tests/support/sample_programme.h"

enum { ESTIMATES_ARENA = 256 << 20, VALUE_BYTES = 80 };

static const char rule_file[] =
	"ruleset: steunpakket-2021\n"
	"version: 1\n"
	"params: {i: 5, d: 10.00, s: 'final', b: true, l: ['eigen', 'spuk']}\n"
	"let:\n"
	"  total: lines.map(l, l.spent).sum()\n"
	"  is_sent: \"report.status != 'withdrawn' && !report.nil\"\n"
	"rules: []\n";

int estimates_setup(void **state)
{
	struct arena *arena = arena_new(ESTIMATES_ARENA);
	struct estimates *estimates = ARENA_NEW(arena, struct estimates);
	struct mistakes *mistakes = mistakes_new(arena);
	estimates->arena = arena;
	estimates->trial = arena_new(ESTIMATES_ARENA);
	estimates->unit.text = str_of(rule_file);
	const struct node *root = yaml_parse(arena, "rules.yaml", estimates->unit.text, mistakes);
	document_bind(arena, root, &estimates->unit.document, mistakes);
	estimates->unit.domains = domains_new(arena, sample_programme(arena));
	ensure(unit_build(arena, &estimates->unit, mistakes));
	estimates->environment =
		unit_environment(arena, &estimates->unit, VIEW_SPENDING, true, NULL);
	*state = estimates;
	return 0;
}

int estimates_teardown(void **state)
{
	struct estimates *estimates = *state;
	struct arena *arena = estimates->arena; /* which the fixture lives in */
	arena_free(&estimates->trial);
	arena_free(&arena);
	return 0;
}

bool estimates_compile(struct estimates *estimates, const char *text, struct problems *doubts,
	struct checked *ret_checked)
{
	struct problems problems;
	problems_init(&problems, estimates->trial);
	problems_init(doubts, estimates->trial);
	struct expression *expression = parse_expression(estimates->trial, str_of(text), &problems);
	struct check_input input = {
		.arena = estimates->trial,
		.text = str_of(text),
		.environment = estimates->environment,
		.assumed = environment_optional(estimates->environment),
		.problems = &problems,
		.doubts = doubts,
		.doubts_bytes = estimates->unit.domains->bytes,
	};
	*estimates->unit.domains->bytes = ESTIMATES_BYTES_MAX;
	return expression != NULL && check_expression(&input, expression, ret_checked);
}

static const char *number_text(struct arena *arena, const struct bound *bound)
{
	struct value value = value_decimal(bound->number);
	return bound->is_there ? arena_string(arena, value_print(arena, &value, VALUE_BYTES)) : "";
}

static const char *span_text(
	struct arena *arena, const struct bound *least, const struct bound *most)
{
	return arena_format(arena, "%s%s, %s%s", least->is_open || !least->is_there ? "(" : "[",
		number_text(arena, least), number_text(arena, most),
		most->is_open || !most->is_there ? ")" : "]");
}

static const char *set_text(struct arena *arena, const struct range *set)
{
	const char *text = "{";
	for (size_t i = 0; i < set->count; i++) {
		struct str value = value_print(arena, &set->values[i], VALUE_BYTES);
		text = arena_format(arena,
			set->values[i].kind == VALUE_STRING ? "%s%s'%.*s'" : "%s%s%.*s", text,
			i > 0 ? ", " : "", STR_ARG(value));
	}
	return arena_format(arena, "%s}", text);
}

const char *range_text(struct arena *arena, const struct range *range)
{
	switch (range->kind) {
	case RANGE_SET:
		return set_text(arena, range);
	case RANGE_SPAN:
		return arena_format(arena, "%s%s", range->is_int ? "int " : "",
			span_text(arena, &range->least, &range->most));
	case RANGE_SHAPE:
		return range->shape;
	case RANGE_LIST:
		return arena_format(arena, "list of %s of size %s%s",
			range_text(arena, range->element),
			span_text(arena, &range->least, &range->most),
			range->is_complete ? ", complete" : "");
	case RANGE_RECORD:
		return "record";
	case RANGE_ANY:
		break;
	}
	return "any";
}

const char *estimates_range(struct estimates *estimates, const char *expression)
{
	struct problems doubts;
	struct checked checked;
	arena_reset(estimates->trial);
	ensure(estimates_compile(estimates, expression, &doubts, &checked));
	return range_text(estimates->trial, checked.estimate.range);
}

const char *estimates_doubts(struct estimates *estimates, const char *expression)
{
	struct problems doubts;
	struct checked checked;
	const char *text = "";
	arena_reset(estimates->trial);
	ensure(estimates_compile(estimates, expression, &doubts, &checked));
	for (size_t i = 0; i < doubts.count; i++)
		text = arena_format(estimates->trial, "%s%zu: %s\n", text, doubts.items[i].offset,
			doubts.items[i].text);
	return text;
}
