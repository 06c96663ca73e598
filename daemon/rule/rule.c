/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/rule.h"

#include "cel/parse.h"
#include "rule/dimension.h"
#include "rule/place.h"

#include <string.h>

/* A rule in the making. */
struct maker {
	struct arena *arena;
	struct mistakes *mistakes;
	const struct environment *environment;
	struct rule *rule;
	uint64_t asked;
	bool seeks_doubts; /* once a document: for_each only says the same again */
};

/* One expression of a rule: parsed first, checked when all are, for has() in one speaks for all. */
struct draft {
	const struct node *node; /* NULL: the file has none */
	struct expression *expression;
	struct checked checked;
};

static bool draft_parse(
	struct maker *maker, const struct node *node, const char *key, struct draft *draft)
{
	struct problems problems;
	*draft = (struct draft){.node = NULL};
	if (node == NULL)
		return true;
	draft->node = document_expression(node, key, false, maker->mistakes);
	if (draft->node == NULL)
		return false;
	problems_init(&problems, maker->arena);
	draft->expression = parse_expression(maker->arena, node->text, &problems);
	if (draft->expression == NULL) {
		usage_of_text(maker->rule->unit->usage, node->text);
		return place_problems(maker->rule->unit->text, node, &problems, maker->mistakes);
	}
	usage_of_expression(maker->rule->unit->usage, draft->expression);
	maker->asked |= check_asked(maker->environment, draft->expression);
	return true;
}

/* What is known at some place in a rule: from `when`, and in texts that `assert` is false. */
struct so_far {
	const struct fact *facts;
	const struct known *learned;
};

/* What came of looking at an expression. */
struct looked {
	struct problems problems, doubts;
};

static struct check_input check_input(
	const struct maker *maker, const struct so_far *so_far, struct looked *looked)
{
	problems_init(&looked->problems, maker->arena);
	problems_init(&looked->doubts, maker->arena);
	struct check_input input = {
		.arena = maker->arena,
		.environment = maker->environment,
		.assumed = environment_optional(maker->environment) & ~maker->asked,
		.known = so_far->facts,
		.problems = &looked->problems,
		.learned = so_far->learned,
	};
	if (maker->seeks_doubts) {
		input.doubts = &looked->doubts;
		input.doubts_bytes = maker->rule->unit->domains->bytes;
	}
	return input;
}

/* Problems and doubts alike are mistakes. */
static bool tell(struct maker *maker, const struct node *node, const struct looked *looked)
{
	struct str text = maker->rule->unit->text;
	bool is_good = place_problems(text, node, &looked->problems, maker->mistakes);
	return place_problems(text, node, &looked->doubts, maker->mistakes) && is_good;
}

static bool draft_check(struct maker *maker, struct draft *draft, const struct type *wanted,
	const struct so_far *so_far)
{
	struct looked looked;
	struct check_input input = check_input(maker, so_far, &looked);
	struct problems *problems = &looked.problems;
	if (draft->expression == NULL)
		return true;
	input.text = draft->node->text;
	check_expression(&input, draft->expression, &draft->checked);
	if (problems->count == 0 && wanted != NULL && !type_fits(draft->checked.type, wanted))
		problem_add(problems, draft->expression->start, "this is %s, and must be %s",
			type_text(maker->arena, draft->checked.type),
			type_text(maker->arena, wanted));
	if (problems->count == 0 && wanted == NULL && !template_may_tell(draft->checked.type))
		problem_add(problems, draft->expression->start,
			"%s cannot be written as text: name one of its fields",
			type_text(maker->arena, draft->checked.type));
	maker->rule->uses |= draft->checked.uses;
	maker->rule->needs |= draft->checked.needs;
	return tell(maker, draft->node, &looked);
}

/* Texts --------------------------------------------------------------------------------------- */

static bool text_parse(
	struct maker *maker, const struct node *node, struct text_template **ret_template)
{
	struct problems problems;
	*ret_template = NULL;
	if (node == NULL)
		return true;
	if (node->type != NODE_SCALAR)
		return node_mistake(maker->mistakes, node, "a text is expected here");
	problems_init(&problems, maker->arena);
	*ret_template = template_parse(maker->arena, node->text, &problems);
	if (*ret_template == NULL) {
		usage_of_text(maker->rule->unit->usage, node->text);
		return place_problems(maker->rule->unit->text, node, &problems, maker->mistakes);
	}
	usage_of_template(maker->rule->unit->usage, *ret_template);
	maker->asked |= template_asked(maker->environment, *ret_template);
	return true;
}

static bool text_check(struct maker *maker, const struct node *node, struct text_template *template,
	const struct so_far *so_far)
{
	struct looked looked;
	struct check_input input = check_input(maker, so_far, &looked);
	if (template == NULL)
		return true;
	template_check(&input, template, &maker->rule->uses, &maker->rule->needs);
	return tell(maker, node, &looked);
}

static bool texts_parse(struct maker *maker)
{
	const struct rule_document *document = maker->rule->document;
	struct rule *rule = maker->rule;
	bool is_good = text_parse(maker, document->message.nl, &rule->message_nl);
	is_good = text_parse(maker, document->message.en, &rule->message_en) && is_good;
	is_good = text_parse(maker, document->help.nl, &rule->help_nl) && is_good;
	return text_parse(maker, document->help.en, &rule->help_en) && is_good;
}

static bool texts_check(struct maker *maker, const struct so_far *so_far)
{
	const struct rule_document *document = maker->rule->document;
	struct rule *rule = maker->rule;
	bool is_good = text_check(maker, document->message.nl, rule->message_nl, so_far);
	is_good = text_check(maker, document->message.en, rule->message_en, so_far) && is_good;
	is_good = text_check(maker, document->help.nl, rule->help_nl, so_far) && is_good;
	return text_check(maker, document->help.en, rule->help_en, so_far) && is_good;
}

/* at: ----------------------------------------------------------------------------------------- */

/* "line.spent" in two: what stands before the first point and behind it. */
static bool read_target(const struct rule *rule, struct str text, struct rule_target *target)
{
	static const enum binding allowed[] = {BINDING_REPORT, BINDING_LINES, BINDING_LINE};
	struct str member = text, name;
	str_split(&member, '.', &name);
	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		const struct binding_info *info = &binding_infos[allowed[i]];
		const struct type *type = info->types[rule->view];
		if (!str_is(name, info->name) || (info->is_of_line && !rule->is_of_line))
			continue;
		target->binding = allowed[i];
		if (name.length == text.length)
			return true;
		if (type->kind != TYPE_RECORD || str_is(member, "number"))
			return false;
		target->field = record_field(type->record, member);
		if (target->field == FIELD_NONE)
			return false;
		target->member = type->record->fields[target->field].name;
		return true;
	}
	return false;
}

static bool make_target(struct maker *maker)
{
	struct rule *rule = maker->rule;
	const struct node *at = rule->document->at;
	rule->target.binding = rule->is_of_line ? BINDING_LINE : BINDING_REPORT;
	rule->target.field = FIELD_NONE;
	if (at == NULL)
		return true;
	if (at->type != NODE_SCALAR || !read_target(rule, at->text, &rule->target))
		return node_mistake(maker->mistakes, at,
			"'at' names a field of the report as it was sent: %s",
			rule->is_of_line ? "line.item, line or report.period"
					 : "lines or report.period");
	rule->uses |= BINDING_BIT(rule->target.binding);
	return true;
}

/* One rule ------------------------------------------------------------------------------------ */

static bool check_drafts(
	struct maker *maker, struct draft *when, struct draft *assertion, struct draft *expected)
{
	/* `assert` runs where `when` holds; texts are told where `assert` does not. */
	struct so_far so_far = {.facts = NULL};
	bool is_good = draft_check(maker, when, &type_bool, &so_far);
	so_far.facts = when->checked.if_true;
	so_far.learned = when->checked.estimate.if_true;
	is_good = draft_check(maker, assertion, &type_bool, &so_far) && is_good;
	so_far.facts = facts_either(maker->arena, so_far.facts, assertion->checked.if_false);
	so_far.learned =
		known_both(maker->arena, so_far.learned, assertion->checked.estimate.if_false);
	is_good = draft_check(maker, expected, NULL, &so_far) && is_good;
	return texts_check(maker, &so_far) && is_good;
}

/* What only shows when all of a rule is there. */
static bool check_whole(struct maker *maker, const struct draft *when)
{
	const struct rule *rule = maker->rule;
	if (when->expression != NULL && when->expression->kind == EXPRESSION_LITERAL &&
		when->expression->literal.is_true)
		return node_mistake(
			maker->mistakes, when->node, "'when' is always true: leave it out");
	if (rule->document->has_for_each && !(rule->uses & BINDING_BIT(BINDING_EACH)))
		return node_mistake(maker->mistakes, node_member(rule->document->node, "for_each"),
			"nothing here names 'each', so all rules that for_each makes are the same: "
			"leave it out, or use each.id");
	return true;
}

static bool make_one(struct maker *maker)
{
	struct rule *rule = maker->rule;
	const struct rule_document *document = rule->document;
	struct draft when, assertion, expected;
	bool is_good = draft_parse(maker, document->when, "when", &when);
	is_good = draft_parse(maker, document->assertion, "assert", &assertion) && is_good;
	is_good = draft_parse(maker, document->expected, "expected", &expected) && is_good;
	is_good = texts_parse(maker) && is_good;
	is_good = make_target(maker) && is_good;
	is_good = check_drafts(maker, &when, &assertion, &expected) && is_good;
	rule->when = when.checked.code;
	rule->assertion = assertion.checked.code;
	rule->when_tree = when.expression;
	rule->assertion_tree = assertion.expression;
	rule->environment = maker->environment;
	rule->expected = expected.checked.code;
	rule->when_uses = when.checked.uses;
	rule->assertion_uses = assertion.checked.uses;
	rule->needs_history = (rule->uses & bindings_of_history()) != 0;
	if (is_good && maker->seeks_doubts)
		is_good = check_whole(maker, &when);
	return is_good;
}

static void describe(struct rule *rule)
{
	static const enum view views[] = {
		[DOCUMENT_SPENDING] = VIEW_SPENDING,
		[DOCUMENT_OUTREACH] = VIEW_OUTREACH,
		[DOCUMENT_BOTH] = VIEW_BOTH,
	};
	const struct rule_document *document = rule->document;
	rule->view = views[document->kind];
	rule->applies_to[KIND_SPENDING] = document->kind != DOCUMENT_OUTREACH;
	rule->applies_to[KIND_OUTREACH] = document->kind != DOCUMENT_SPENDING;
	rule->is_of_line = document->scope == DOCUMENT_LINE;
	rule->severity = (enum severity)document->severity;
	rule->explanation = (enum explanation_policy)document->explanation;
	rule->from = document->from;
	rule->until = document->until;
}

static bool is_always(const struct code *code, bool value)
{
	return code != NULL && code->shape == CODE_CONSTANT && code->constant.is_true == value;
}

/* A rule that can find nothing is left out: of for_each some may be that, but not all. */
static bool add_one(struct arena *arena, const struct unit *unit,
	const struct rule_document *document, const struct each *each, bool seeks_doubts,
	struct rules *rules, struct mistakes *mistakes)
{
	struct rule rule = {.document = document, .unit = unit, .id = document->id};
	if (each != NULL)
		rule.id = arena_format(
			arena, "%s.%.*s", document->id, STR_ARG(each->value->items[EACH_ID].text));
	describe(&rule);
	struct maker maker = {
		.arena = arena,
		.mistakes = mistakes,
		.environment = unit_environment(arena, unit, rule.view, rule.is_of_line, each),
		.rule = &rule,
		.seeks_doubts = seeks_doubts && unit->domains != NULL,
	};
	if (!make_one(&maker))
		return false;
	if (is_always(rule.when, false) || is_always(rule.assertion, true))
		return true;
	rules->items = arena_grow(
		arena, rules->items, rules->count, &rules->capacity, sizeof(rules->items[0]));
	rules->items[rules->count++] = rule;
	return true;
}

static bool is_rule_id(struct str id)
{
	if (id.length < 5 || id.length > 6 || id.data[0] < 'A' || id.data[0] > 'Z' ||
		id.data[1] != '-')
		return false;
	for (size_t i = 2; i < id.length; i++) {
		if (id.data[i] < '0' || id.data[i] > '9')
			return false;
	}
	return id.data[0] != 'S';
}

static bool check_document(const struct rule_document *document, struct mistakes *mistakes)
{
	const struct node *node = document->node;
	bool is_good = true;
	if (!is_rule_id(str_of(document->id)))
		is_good = node_mistake(mistakes, node_member(node, "id"),
			"an id is a letter (not S: those are structural), a dash and three or four "
			"digits, as in B-210");
	if (document->severity == SEVERITY_ERROR && document->explanation != EXPLANATION_NONE)
		is_good = node_mistake(mistakes, node_member(node, "explanation"),
			"an error is not explained away: make it a warning with explanation: "
			"required");
	return is_good;
}

bool rule_make(struct arena *arena, const struct unit *unit, const struct rule_document *document,
	const struct programme *programme, struct rules *rules, struct mistakes *mistakes)
{
	bool is_good = check_document(document, mistakes);
	is_good = version_check_rule(unit->version, programme, document, mistakes) && is_good;
	size_t count = 1, before = rules->count;
	const struct value *values = NULL;
	if (document->has_for_each)
		values = dimension_values(
			arena, programme, (enum dimension)document->for_each, &count);
	for (size_t i = 0; i < count; i++) {
		if (!unit_has_room(unit, arena, document->node, mistakes))
			return false;
		struct each each = {.dimension = (enum dimension)document->for_each};
		if (values != NULL)
			each.value = &values[i];
		/* The same mistake in every one of them is told once. */
		if (!add_one(arena, unit, document, values != NULL ? &each : NULL, i == 0, rules,
			    mistakes))
			return false;
	}
	if (is_good && rules->count == before)
		return node_mistake(mistakes, document->node,
			"'when' is always false here, or 'assert' always true: the rule never "
			"finds "
			"anything");
	return is_good;
}

bool rule_applies(const struct rule *rule, enum kind kind, const char *period)
{
	return rule->applies_to[kind] && (rule->from == NULL || strcmp(rule->from, period) <= 0) &&
	       (rule->until == NULL || strcmp(period, rule->until) <= 0);
}
