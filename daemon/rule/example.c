/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example.h"

#include "rule/example_world.h"

enum { EXAMPLES_MAX = 50, EXAMPLE_ARENA_BYTES = 512 * 1024 * 1024 };

/* What all examples of a rule share. */
struct examples {
	struct arena *arena; /* of the one at hand: many take no more memory than one */
	const struct rule *rules;
	size_t rule_count;
	const struct programme *programme;
	const struct value *items;
	const struct example_listener *listener;
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

/* What is wrong with how it came out, or NULL. `wanted`: how many findings it is to give, or 0. */
static const char *complain(const struct examples *examples, const struct example_outcome *outcome,
	const struct judge_tally *tally, int64_t wanted)
{
	struct arena *arena = examples->arena;
	const struct findings *findings = outcome->findings;
	const char *id = examples->rules[0].document->id;
	if (tally->faulted > 0)
		return arena_format(arena, "rule %s cannot be evaluated on this example: %.*s", id,
			STR_ARG(findings->items[0].message_en));
	if (tally->judged == 0 && tally->skipped > 0)
		return arena_format(arena,
			"rule %s is skipped here: it needs %s, which this example does not give",
			id, needs_text(examples));
	if (outcome->must_pass && findings->count > 0)
		return arena_format(arena, "this example is to pass rule %s, but it fails: %.*s",
			id, STR_ARG(findings->items[0].message_en));
	if (!outcome->must_pass && findings->count == 0)
		return arena_format(arena, "this example is to fail rule %s, but %s", id,
			tally->judged == 0 ? "the rule does not apply to it" : "it passes");
	if (wanted > 0 && findings->count != (size_t)wanted)
		return arena_format(arena, "this example says findings: %d, but rule %s gives %zu",
			(int)wanted, id, findings->count);
	return NULL;
}

static bool tell(const struct examples *examples, const struct example_outcome *outcome)
{
	if (examples->listener != NULL)
		examples->listener->hear(examples->listener->context, outcome);
	else if (outcome->complaint != NULL)
		node_mistake(examples->mistakes, outcome->node, "%s", outcome->complaint);
	return outcome->complaint == NULL;
}

static bool run_one(const struct examples *examples, const struct node *node, bool must_pass)
{
	arena_reset(examples->arena);
	struct example_world *world = ARENA_NEW(examples->arena, struct example_world);
	if (!example_world_make(examples->arena, node, &examples->rules[0], examples->programme,
		    world, examples->mistakes))
		return false;
	struct findings *findings = ARENA_NEW(examples->arena, struct findings);
	struct judge_input input = {
		.arena = examples->arena,
		.facts = &world->facts,
		.items = examples->items,
		.rules = examples->rules,
		.rule_count = examples->rule_count,
		.may = {true, true},
	};
	findings_init(findings, examples->arena);
	struct judge_tally tally = rules_judge(&input, findings);
	struct example_outcome outcome = {
		.rules = examples->rules,
		.rule_count = examples->rule_count,
		.items = examples->items,
		.node = node,
		.must_pass = must_pass,
		.facts = &world->facts,
		.findings = findings,
	};
	outcome.complaint = complain(examples, &outcome, &tally, world->findings);
	return tell(examples, &outcome);
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

bool examples_run(const struct rule_document *document, const struct rule *rules, size_t rule_count,
	const struct programme *programme, const struct value *items,
	const struct example_listener *listener, struct mistakes *mistakes)
{
	struct arena *arena = arena_new(EXAMPLE_ARENA_BYTES);
	struct examples examples = {
		.arena = arena,
		.rules = rules,
		.rule_count = rule_count,
		.programme = programme,
		.items = items,
		.listener = listener,
		.mistakes = mistakes,
	};
	bool is_good = run_list(&examples, document->examples.pass, true);
	is_good = run_list(&examples, document->examples.fail, false) && is_good;
	arena_free(&arena);
	return is_good;
}
