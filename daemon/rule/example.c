/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example.h"

#include "rule/example_world.h"

enum { EXAMPLES_MAX = 50 };

/* What all examples of a rule share. */
struct examples {
	struct arena *arena;
	const struct rule *rules;
	size_t rule_count;
	const struct programme *programme;
	const struct value *items;
	struct mistakes *mistakes;
};

/* "previous_line" or "previous_line, allocation": what the rule needs and the example may lack. */
static const char *needs_text(const struct examples *examples)
{
	const char *text = "";
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (examples->rules[0].needs & BINDING_BIT(i))
			text = arena_format(examples->arena, "%s%s%s", text,
				*text != '\0' ? ", " : "", binding_infos[i].name);
	}
	return text;
}

static bool check_outcome(const struct examples *examples, const struct node *node,
	const struct example_world *world, const struct findings *findings,
	const struct judge_tally *tally, bool must_pass)
{
	const char *id = examples->rules[0].document->id;
	if (tally->faulted > 0)
		return node_mistake(examples->mistakes, node,
			"rule %s cannot be evaluated on this example: %.*s", id,
			STR_ARG(findings->items[0].message_en));
	if (tally->judged == 0 && tally->skipped > 0)
		return node_mistake(examples->mistakes, node,
			"rule %s is skipped here: it needs %s, which this example does not give",
			id, needs_text(examples));
	if (must_pass && findings->count > 0)
		return node_mistake(examples->mistakes, node,
			"this example is to pass rule %s, but it fails: %.*s", id,
			STR_ARG(findings->items[0].message_en));
	if (!must_pass && findings->count == 0)
		return node_mistake(examples->mistakes, node,
			"this example is to fail rule %s, but %s", id,
			tally->judged == 0 ? "the rule does not apply to it" : "it passes");
	if (world->findings > 0 && findings->count != (size_t)world->findings)
		return node_mistake(examples->mistakes, node,
			"this example says findings: %d, but rule %s gives %zu",
			(int)world->findings, id, findings->count);
	return true;
}

static bool run_one(const struct examples *examples, const struct node *node, bool must_pass)
{
	struct example_world *world = ARENA_NEW(examples->arena, struct example_world);
	if (!example_world_make(examples->arena, node, &examples->rules[0], examples->programme,
		    world, examples->mistakes))
		return false;
	struct findings findings;
	struct judge_input input = {
		.arena = examples->arena,
		.facts = &world->facts,
		.items = examples->items,
		.rules = examples->rules,
		.rule_count = examples->rule_count,
		.may = {true, true},
	};
	findings_init(&findings, examples->arena);
	struct judge_tally tally = rules_judge(&input, &findings);
	return check_outcome(examples, node, world, &findings, &tally, must_pass);
}

static bool run_list(const struct examples *examples, const struct node *list, bool must_pass)
{
	bool is_good = true;
	if (list->type != NODE_SEQUENCE || list->count == 0 || list->count > EXAMPLES_MAX)
		return node_mistake(examples->mistakes, list, "'%s' is a list of 1 to %d examples",
			must_pass ? "pass" : "fail", EXAMPLES_MAX);
	for (const struct node *node = list->first; node != NULL; node = node->next)
		is_good = run_one(examples, node, must_pass) && is_good;
	return is_good;
}

bool examples_run(struct arena *arena, const struct rule_document *document,
	const struct rule *rules, size_t rule_count, const struct programme *programme,
	const struct value *items, struct mistakes *mistakes)
{
	struct examples examples = {
		.arena = arena,
		.rules = rules,
		.rule_count = rule_count,
		.programme = programme,
		.items = items,
		.mistakes = mistakes,
	};
	bool is_good = run_list(&examples, document->examples.pass, true);
	return run_list(&examples, document->examples.fail, false) && is_good;
}
