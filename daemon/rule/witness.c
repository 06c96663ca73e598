/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/witness.h"

#include "cel/parse.h"

enum { WITNESSES_MAX = 40 }; /* of one rule; few rules name ten */

/*
 * A witness is a rule itself: it never holds, and its message is what a path is worth. So lines,
 * names under let and bounds are those of the very judge that the rule was run by.
 */
struct hearing {
	struct arena *arena;
	const struct rule *rule;
	const struct environment *environment;
	struct str text; /* that the expression at hand was parsed from */
	struct rule witnesses[WITNESSES_MAX];
	size_t count;
};

/* A witness in the making. */
struct draft {
	struct hearing *hearing;
	struct rule *rule;
	struct problems problems;
	const struct fact *known;
};

static struct check_input input_of(struct draft *draft, struct str text)
{
	const struct environment *environment = draft->hearing->environment;
	return (struct check_input){
		.arena = draft->hearing->arena,
		.text = text,
		.environment = environment,
		.assumed = environment_optional(environment),
		.known = draft->known,
		.problems = &draft->problems,
	};
}

static const struct code *compile(struct draft *draft, const char *text)
{
	struct checked checked = {.code = NULL};
	struct check_input input = input_of(draft, str_of(text));
	struct expression *expression = parse_expression(input.arena, input.text, input.problems);
	if (expression == NULL || !check_expression(&input, expression, &checked))
		return NULL;
	draft->rule->uses |= checked.uses;
	draft->rule->needs |= checked.needs;
	draft->known = checked.if_true;
	return checked.code;
}

/* Fields that may be absent are asked about: "has(line.ref)", or "" where there is none. */
static const char *guard_of(struct arena *arena, struct str text, const struct expression *path)
{
	if (path->kind != EXPRESSION_SELECT)
		return "";
	const struct expression *record = path->operands[0];
	const char *before = guard_of(arena, text, record);
	int field = record_field(record->type->record, path->text);
	if (!record->type->record->fields[field].may_be_absent)
		return before;
	struct str asked = str_slice(text, path->start, path->offset + path->text.length);
	return arena_format(
		arena, "%s%shas(%.*s)", before, *before != '\0' ? " && " : "", STR_ARG(asked));
}

/* False for what cannot be told as text: records, and lists of them. */
static bool build(struct draft *draft, const char *guard)
{
	struct rule *rule = draft->rule;
	struct arena *arena = draft->hearing->arena;
	if (*guard != '\0')
		rule->when = compile(draft, guard);
	const struct fact *known = draft->known;
	rule->assertion = compile(draft, "false");
	draft->known = known;
	struct str source = str_of(arena_format(arena, "{{%s}}", rule->id));
	struct text_template *template = template_parse(arena, source, &draft->problems);
	rule->message_nl = template;
	rule->message_en = template;
	struct check_input input = input_of(draft, source);
	return template != NULL && template_check(&input, template, &rule->uses, &rule->needs);
}

static bool is_heard(const struct hearing *hearing, struct str path)
{
	for (size_t i = 0; i < hearing->count; i++) {
		if (str_is(path, hearing->witnesses[i].id))
			return true;
	}
	return false;
}

static void add_path(struct hearing *hearing, const struct expression *path)
{
	const struct rule *rule = hearing->rule;
	struct str text = str_slice(hearing->text, path->start, path->offset + path->text.length);
	if (hearing->count == WITNESSES_MAX || is_heard(hearing, text))
		return;
	struct rule *witness = &hearing->witnesses[hearing->count];
	*witness = (struct rule){
		.id = arena_string(hearing->arena, text),
		.document = rule->document,
		.unit = rule->unit,
		.view = rule->view,
		.applies_to = {true, true},
		.is_of_line = rule->is_of_line,
		.target = {rule->is_of_line ? BINDING_LINE : BINDING_REPORT, FIELD_NONE, NULL},
	};
	struct draft draft = {.hearing = hearing, .rule = witness};
	problems_init(&draft.problems, hearing->arena);
	if (build(&draft, guard_of(hearing->arena, hearing->text, path)))
		hearing->count++;
}

/* A name, or fields of it: what no macro's element stands in, and so is the same everywhere. */
static bool is_path(const struct hearing *hearing, const struct expression *expression)
{
	while (expression->kind == EXPRESSION_SELECT)
		expression = expression->operands[0];
	if (expression->kind != EXPRESSION_NAME)
		return false;
	for (size_t i = 0; i < hearing->environment->count; i++) {
		if (expression->declaration == hearing->rule->environment->variables[i].name)
			return true;
	}
	return false;
}

static void add_paths(struct hearing *hearing, const struct expression *expression)
{
	if (is_path(hearing, expression)) {
		add_path(hearing, expression);
		return;
	}
	for (size_t i = 0; i < expression->count; i++)
		add_paths(hearing, expression->operands[i]);
}

/* Hearing ------------------------------------------------------------------------------------- */

static void add_witness(struct arena *arena, struct witnesses *witnesses, struct witness witness)
{
	witnesses->items = arena_grow(arena, witnesses->items, witnesses->count,
		&witnesses->capacity, sizeof(witnesses->items[0]));
	witnesses->items[witnesses->count++] = witness;
}

/* What a witness said about the line; an empty text when it said nothing. */
static struct str said(const struct findings *findings, const char *path, uint32_t line)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (finding->line == line && str_is(finding->rule, path))
			return finding->message_en;
	}
	return STR("");
}

static void hear_all(const struct hearing *hearing, const struct findings *findings, uint32_t line,
	struct witnesses *witnesses)
{
	for (size_t i = 0; i < hearing->count; i++) {
		const char *path = hearing->witnesses[i].id;
		add_witness(hearing->arena, witnesses,
			(struct witness){str_of(path), line, said(findings, path, line)});
	}
}

void witnesses_hear(struct arena *arena, const struct rule *rule, const struct rule_facts *facts,
	const struct value *items, struct witnesses *witnesses)
{
	struct hearing *hearing = ARENA_NEW(arena, struct hearing);
	struct findings findings;
	*hearing = (struct hearing){.arena = arena, .rule = rule, .environment = rule->environment};
	if (rule->when_tree != NULL) {
		hearing->text = rule->document->when->text;
		add_paths(hearing, rule->when_tree);
	}
	hearing->text = rule->document->assertion->text;
	add_paths(hearing, rule->assertion_tree);
	const struct judge_input input = {
		.arena = arena,
		.facts = facts,
		.items = items,
		.rules = hearing->witnesses,
		.rule_count = hearing->count,
		.may = {true, true},
	};
	findings_init(&findings, arena);
	rules_judge(&input, &findings);
	if (!rule->is_of_line)
		hear_all(hearing, &findings, 0, witnesses);
	for (size_t i = 0; rule->is_of_line && i < facts->report->line_count; i++)
		hear_all(hearing, &findings, facts->report->lines[i].number, witnesses);
}
