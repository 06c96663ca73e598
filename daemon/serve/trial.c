/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/trial.h"

#include "rule/witness.h"
#include "serve/output.h"

#include <stdio.h>
#include <string.h>

enum {
	TRIAL_ARENA_MAX = 64 * 1024 * 1024,
	TRIAL_LINES_MAX = 3, /* of an example, whose values are told when none is to blame */
};

/* The rule that was heard of, once nothing more of it can come. */
static void close_rule(struct trial *trial)
{
	size_t count = trial->rule_examples[false] + trial->rule_examples[true];
	if (trial->document == NULL)
		return;
	if (trial->rule_good == count)
		buf_format(trial->out, "  %-6s  %zu examples hold: %zu pass, %zu fail\n", trial->id,
			count, trial->rule_examples[true], trial->rule_examples[false]);
	else
		buf_format(trial->out, "  %-6s  %zu of %zu examples %s:\n", trial->id,
			count - trial->rule_good, count,
			count - trial->rule_good == 1 ? "is not as it says"
						      : "are not as they say");
	buf_add_str(trial->out, buf_str(&trial->details));
	/* What is cut short must not go out as if it were all. */
	trial->out->has_failed = trial->out->has_failed || trial->details.has_failed;
	buf_reset(&trial->details);
	trial->rule_count++;
	trial->bad_rules += trial->rule_good < count;
	trial->document = NULL;
}

static void open_rule(struct trial *trial, const struct example_outcome *outcome)
{
	const char *file = outcome->node->file;
	close_rule(trial);
	if (trial->file == NULL || strcmp(trial->file, file) != 0)
		buf_format(trial->out, "%s%s\n", trial->file != NULL ? "\n" : "", file);
	trial->file = file;
	trial->document = outcome->rules[0].document;
	snprintf(trial->id, sizeof(trial->id), "%s", trial->document->id);
	trial->rule_examples[false] = trial->rule_examples[true] = trial->rule_good = 0;
}

static void add_indented(struct buf *out, struct str text)
{
	struct str rest = text, line;
	while (str_split(&rest, '\n', &line)) {
		if (line.length > 0)
			buf_format(out, "    %.*s\n", STR_ARG(line));
	}
}

static void tell_place(struct trial *trial, const struct example_outcome *outcome)
{
	struct mistakes *mistakes = mistakes_new(trial->arena);
	struct buf text;
	buf_init(&text, OUTPUT_BYTES_MAX);
	node_mistake(mistakes, outcome->node, "%s", outcome->complaint);
	mistakes_print(mistakes, &text);
	add_indented(&trial->details, buf_str(&text));
	buf_free(&text);
}

static void tell_condition(struct trial *trial, const char *name, const struct node *node)
{
	if (node == NULL)
		return;
	buf_format(&trial->details, "      %s: ", name);
	buf_add_printable(&trial->details, str_trim(node->text));
	buf_add_char(&trial->details, '\n');
}

static void tell_witness(struct trial *trial, const struct witness *witness)
{
	buf_format(&trial->details, "      %.*s", STR_ARG(witness->path));
	if (witness->value.length == 0) {
		buf_add_text(&trial->details, " is empty or not there\n");
		return;
	}
	buf_add_text(&trial->details, " = ");
	buf_add_printable(&trial->details, witness->value);
	buf_add_char(&trial->details, '\n');
}

/* True for a line that a finding is about, or else for one of the first. */
static bool is_to_blame(const struct example_outcome *outcome, uint32_t line)
{
	const struct findings *findings = outcome->findings;
	for (size_t i = 0; i < findings->count; i++) {
		if (findings->items[i].line == line)
			return true;
	}
	return findings->count == 0 && line <= TRIAL_LINES_MAX;
}

/* Of the rules that for_each made, the one that found something, or the first. */
static const struct rule *rule_to_blame(const struct example_outcome *outcome)
{
	const struct findings *findings = outcome->findings;
	for (size_t i = 0; i < outcome->rule_count && findings->count > 0; i++) {
		if (str_is(findings->items[0].rule, outcome->rules[i].id))
			return &outcome->rules[i];
	}
	return &outcome->rules[0];
}

static void tell_reasons(struct trial *trial, const struct example_outcome *outcome)
{
	const struct rule *rule = rule_to_blame(outcome);
	struct witnesses witnesses = {.items = NULL};
	uint32_t line = 0;
	tell_condition(trial, "when", rule->document->when);
	tell_condition(trial, "assert", rule->document->assertion);
	witnesses_hear(trial->arena, rule, outcome->facts, outcome->items, &witnesses);
	for (size_t i = 0; i < witnesses.count; i++) {
		const struct witness *witness = &witnesses.items[i];
		if (!is_to_blame(outcome, witness->line))
			continue;
		if (witness->line != line && outcome->facts->report->line_count > 1)
			buf_format(&trial->details, "    on line %u\n", (unsigned)witness->line);
		line = witness->line;
		tell_witness(trial, witness);
	}
}

static void hear(void *context, const struct example_outcome *outcome)
{
	struct trial *trial = context;
	if (trial->document != outcome->rules[0].document)
		open_rule(trial, outcome);
	trial->rule_examples[outcome->must_pass]++;
	trial->example_count++;
	if (outcome->complaint == NULL) {
		trial->rule_good++;
		return;
	}
	trial->bad_examples++;
	arena_reset(trial->arena);
	tell_place(trial, outcome);
	tell_reasons(trial, outcome);
}

void trial_begin(struct trial *trial, struct buf *out)
{
	*trial = (struct trial){
		.listener = {.hear = hear, .context = trial},
		.out = out,
		.arena = arena_new(TRIAL_ARENA_MAX),
	};
	buf_init(&trial->details, OUTPUT_BYTES_MAX);
}

bool trial_finish(struct trial *trial, bool is_loaded)
{
	bool is_good = trial->bad_examples == 0 && is_loaded;
	close_rule(trial);
	if (is_good)
		buf_format(trial->out, "\nok: %zu rules, %zu examples, all as they say\n",
			trial->rule_count, trial->example_count);
	else if (trial->example_count > 0)
		buf_format(trial->out, "\nnot in order: %zu of %zu examples, in %zu of %zu rules\n",
			trial->bad_examples, trial->example_count, trial->bad_rules,
			trial->rule_count);
	if (!is_loaded)
		buf_add_text(trial->out, "not in order: there are mistakes in the files\n");
	buf_free(&trial->details);
	arena_free(&trial->arena);
	return is_good;
}
