/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/verdict.h"

#include <inttypes.h>

enum { MESSAGE_MAX = 1000, VALUE_SHOWN_MAX = 200 };

static const char explain_nl[] = "Met een toelichting bij deze regel wordt het rapport aanvaard.";
static const char explain_en[] = "With an explanation of this rule the report is accepted.";

static struct str target_path(const struct verdict_input *input)
{
	const struct rule_target *target = &input->rule->target;
	const char *member = target->member != NULL ? target->member : "";
	const char *slash = target->member != NULL ? "/" : "";
	if (target->binding == BINDING_LINES)
		return STR("/lines");
	if (target->binding == BINDING_REPORT)
		return str_of(arena_format(input->arena, "%s%s", slash, member));
	return str_of(
		arena_format(input->arena, "/lines/%zu%s%s", input->line_index, slash, member));
}

static struct str target_value(const struct verdict_input *input)
{
	const struct rule_target *target = &input->rule->target;
	if (target->field == FIELD_NONE)
		return STR("");
	const struct value *record = &input->evaluation->variables[target->binding];
	return value_print(input->arena, &record->items[target->field], VALUE_SHOWN_MAX);
}

static struct finding place_finding(const struct verdict_input *input)
{
	struct finding finding = {.rule = str_of(input->rule->id), .severity = SEVERITY_ERROR};
	finding.path = target_path(input);
	if (input->line != NULL) {
		finding.line = input->line->number;
		finding.ref = input->line->ref;
	}
	return finding;
}

/* The answer to this rule on this line, or else one for the whole report. */
static const struct explanation *find_explanation(const struct verdict_input *input)
{
	const struct report *report = input->report;
	const struct explanation *general = NULL;
	evaluation_spend(input->evaluation, (int64_t)report->explanation_count);
	uint32_t line = input->line != NULL ? input->line->number : 0;
	for (size_t i = 0; i < report->explanation_count; i++) {
		const struct explanation *explanation = &report->explanations[i];
		/* A rule of for_each is also answered under the name that its file gives. */
		if (!str_is(explanation->rule, input->rule->id) &&
			!str_is(explanation->rule, input->rule->document->id))
			continue;
		if (explanation->line == line)
			return explanation;
		if (explanation->line == 0)
			general = explanation;
	}
	return general;
}

static struct str with_hint(struct arena *arena, struct str help, const char *hint)
{
	return str_of(
		arena_format(arena, "%.*s%s%s", STR_ARG(help), help.length > 0 ? " " : "", hint));
}

/* A warning that must be answered blocks until it is. */
static void weigh(const struct verdict_input *input, struct finding *finding)
{
	const struct rule *rule = input->rule;
	finding->severity = rule->severity;
	if (rule->explanation == EXPLANATION_NONE)
		return;
	const struct explanation *explanation = find_explanation(input);
	if (explanation != NULL) {
		finding->is_explained = true;
		finding->explanation = explanation->text;
	} else if (rule->explanation == EXPLANATION_REQUIRED) {
		finding->severity = SEVERITY_ERROR;
		finding->help_nl = with_hint(input->arena, finding->help_nl, explain_nl);
		finding->help_en = with_hint(input->arena, finding->help_en, explain_en);
	}
}

static bool render(const struct verdict_input *input, const struct text_template *template,
	struct str *ret_text, enum fault *ret_fault)
{
	if (template == NULL)
		return true;
	struct value value =
		template_render(input->evaluation, input->arena, template, MESSAGE_MAX);
	if (value.kind == VALUE_ERROR) {
		*ret_fault = value.fault;
		return false;
	}
	*ret_text = value.text;
	return true;
}

static bool tell_expected(
	const struct verdict_input *input, struct finding *finding, enum fault *ret_fault)
{
	if (input->rule->expected == NULL)
		return true;
	struct value expected = evaluation_run(input->evaluation, input->rule->expected);
	if (expected.kind == VALUE_ERROR) {
		*ret_fault = expected.fault;
		return false;
	}
	finding->expected = value_print(input->arena, &expected, VALUE_SHOWN_MAX);
	return true;
}

/* Past the bound findings are only counted, so nobody reads their texts: they are not made. */
static bool is_full(const struct findings *findings)
{
	return findings->count >= FINDINGS_MAX;
}

bool verdict_find(const struct verdict_input *input, struct findings *findings)
{
	const struct rule *rule = input->rule;
	struct finding finding = {.severity = SEVERITY_ERROR};
	enum fault fault = FAULT_COUNT;
	if (is_full(findings)) {
		weigh(input, &finding);
		findings_add(findings, &finding);
		return true;
	}
	finding = place_finding(input);
	if (!render(input, rule->message_nl, &finding.message_nl, &fault) ||
		!render(input, rule->message_en, &finding.message_en, &fault) ||
		!render(input, rule->help_nl, &finding.help_nl, &fault) ||
		!render(input, rule->help_en, &finding.help_en, &fault) ||
		!tell_expected(input, &finding, &fault)) {
		verdict_fault(input, fault, findings);
		return false;
	}
	finding.value = target_value(input);
	weigh(input, &finding);
	findings_add(findings, &finding);
	return true;
}

void verdict_fault(const struct verdict_input *input, enum fault fault, struct findings *findings)
{
	const struct fault_text *text = &fault_texts[fault];
	struct finding finding = place_finding(input);
	if (is_full(findings)) {
		findings_add(findings, &finding);
		return;
	}
	finding.value = target_value(input);
	finding.message_nl = str_of(arena_format(input->arena,
		"Regel %s kon niet worden beoordeeld: %s.", input->rule->id, text->nl));
	finding.message_en = str_of(arena_format(
		input->arena, "Rule %s could not be evaluated: %s.", input->rule->id, text->en));
	finding.help_nl =
		STR("Controleer de bedragen en aantallen. Zijn die juist, meld dit dan bij "
		    "het aanspreekpunt van het programma.");
	finding.help_en =
		STR("Check the amounts and counts. If they are right, tell the programme's "
		    "coordination point.");
	findings_add(findings, &finding);
}
