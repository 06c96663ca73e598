/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/document.h"

#include "report/finding.h"
#include "rule/ruleset.h"

enum { RULES_MAX = 500, CHOICE_NONE = -1 };

static const char *const kind_choices[] = {"spending", "outreach", "both", NULL};
static const char *const scope_choices[] = {"report", "line", NULL};
static const char *const dimension_choices[] = {
	"action_line", "item", "target_group", "funding_line", NULL};

const char *const explanation_policy_names[] = {"none", "allowed", "required", NULL};

#define MESSAGE_FIELD(name) offsetof(struct rule_texts, name)
#define RULE_FIELD(name) offsetof(struct rule_document, name)
#define DOCUMENT_FIELD(name) offsetof(struct document, name)

static const struct bind_table message_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "nl",
				.type = BIND_NODE,
				.offset = MESSAGE_FIELD(nl),
				.is_required = true,
				.help = "in Dutch; {{...}} holds expressions"},
			{.key = "en",
				.type = BIND_NODE,
				.offset = MESSAGE_FIELD(en),
				.is_required = true,
				.help = "in English"},
			{.key = NULL},
		},
	.size = sizeof(struct rule_texts),
};

static const struct bind_table help_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "nl",
				.type = BIND_NODE,
				.offset = MESSAGE_FIELD(nl),
				.help = "what to do, in Dutch"},
			{.key = "en",
				.type = BIND_NODE,
				.offset = MESSAGE_FIELD(en),
				.help = "what to do, in English"},
			{.key = NULL},
		},
	.size = sizeof(struct rule_texts),
};

static const struct bind_table examples_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "pass",
				.type = BIND_NODE,
				.offset = offsetof(struct rule_examples, pass),
				.is_required = true,
				.help = "worlds in which the rule finds nothing"},
			{.key = "fail",
				.type = BIND_NODE,
				.offset = offsetof(struct rule_examples, fail),
				.is_required = true,
				.help = "worlds in which it finds something"},
			{.key = NULL},
		},
	.size = sizeof(struct rule_examples),
};

static const struct bind_table rule_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "id",
				.type = BIND_TEXT,
				.offset = RULE_FIELD(id),
				.is_required = true,
				.min = 1,
				.max = 40,
				.help = "a letter, a dash and three digits: B-210"},
			{.key = "kind",
				.type = BIND_CHOICE,
				.offset = RULE_FIELD(kind),
				.is_required = true,
				.choices = kind_choices,
				.help = "the reports it looks at"},
			{.key = "scope",
				.type = BIND_CHOICE,
				.offset = RULE_FIELD(scope),
				.is_required = true,
				.choices = scope_choices,
				.help = "once a report, or once a line"},
			{.key = "severity",
				.type = BIND_CHOICE,
				.offset = RULE_FIELD(severity),
				.is_required = true,
				.choices = severity_names,
				.help = "an error blocks, a warning does not"},
			{.key = "from",
				.type = BIND_PERIOD,
				.offset = RULE_FIELD(from),
				.help = "the first period it applies to"},
			{.key = "until",
				.type = BIND_PERIOD,
				.offset = RULE_FIELD(until),
				.help = "the last period it applies to"},
			{.key = "for_each",
				.type = BIND_CHOICE,
				.offset = RULE_FIELD(for_each),
				.choices = dimension_choices,
				.has_offset = RULE_FIELD(has_for_each),
				.help = "makes one rule for each of them, called each"},
			{.key = "when",
				.type = BIND_NODE,
				.offset = RULE_FIELD(when),
				.help = "an expression; false: the rule does not apply"},
			{.key = "assert",
				.type = BIND_NODE,
				.offset = RULE_FIELD(assertion),
				.is_required = true,
				.help = "an expression; false: the rule finds something"},
			{.key = "at",
				.type = BIND_NODE,
				.offset = RULE_FIELD(at),
				.help = "the field that the finding points to"},
			{.key = "expected",
				.type = BIND_NODE,
				.offset = RULE_FIELD(expected),
				.help = "an expression: what was expected there"},
			{.key = "explanation",
				.type = BIND_CHOICE,
				.offset = RULE_FIELD(explanation),
				.fallback = "none",
				.choices = explanation_policy_names,
				.help = "whether the submitter may, or must, explain"},
			{.key = "message",
				.type = BIND_STRUCT,
				.offset = RULE_FIELD(message),
				.is_required = true,
				.table = &message_table,
				.help = "what is wrong"},
			{.key = "help",
				.type = BIND_STRUCT,
				.offset = RULE_FIELD(help),
				.table = &help_table,
				.help = "what to do about it"},
			{.key = "examples",
				.type = BIND_STRUCT,
				.offset = RULE_FIELD(examples),
				.is_required = true,
				.table = &examples_table,
				.help = "run whenever the rules are loaded"},
			{.key = NULL},
		},
	.size = sizeof(struct rule_document),
	.node_offset = RULE_FIELD(node),
};

static const struct bind_table document_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "ruleset",
				.type = BIND_ID,
				.offset = DOCUMENT_FIELD(ruleset),
				.is_required = true,
				.help = "the programme whose reports it judges"},
			{.key = "version",
				.type = BIND_INT,
				.offset = DOCUMENT_FIELD(version),
				.is_required = true,
				.min = 1,
				.help = "its number; files with the same one belong together"},
			{.key = "from",
				.type = BIND_PERIOD,
				.offset = DOCUMENT_FIELD(from),
				.help = "the first period that this version is for; it ends "
					"where the next begins"},
			{.key = "params",
				.type = BIND_NODE,
				.offset = DOCUMENT_FIELD(params),
				.help = "values that rules use, by name"},
			{.key = "let",
				.type = BIND_NODE,
				.offset = DOCUMENT_FIELD(let),
				.help = "expressions that rules use, by name"},
			{.key = "rules",
				.type = BIND_NODE,
				.offset = DOCUMENT_FIELD(rules),
				.is_required = true,
				.help = "the rules"},
			{.key = NULL},
		},
	.size = sizeof(struct document),
	.node_offset = DOCUMENT_FIELD(node),
};

bool document_bind(struct arena *arena, const struct node *root, struct document *ret_document,
	struct mistakes *mistakes)
{
	*ret_document = (struct document){.ruleset = NULL};
	bool is_good = bind_mapping(arena, root, &document_table, ret_document, mistakes);
	const struct node *rules = ret_document->rules;
	if (rules == NULL ||
		(rules->type == NODE_SEQUENCE && rules->count > 0 && rules->count <= RULES_MAX))
		return is_good;
	ret_document->rules = NULL;
	return node_mistake(mistakes, rules, "'rules' is a list of 1 to %d rules", RULES_MAX);
}

bool document_bind_rule(struct arena *arena, const struct node *node,
	struct rule_document *ret_rule, struct mistakes *mistakes)
{
	*ret_rule = (struct rule_document){
		.kind = CHOICE_NONE, .scope = CHOICE_NONE, .for_each = CHOICE_NONE};
	return bind_mapping(arena, node, &rule_table, ret_rule, mistakes);
}

bool document_may_be_checked(const struct rule_document *rule)
{
	return rule->id != NULL && rule->kind != CHOICE_NONE && rule->scope != CHOICE_NONE &&
	       rule->assertion != NULL &&
	       (node_member(rule->node, "for_each") == NULL || rule->for_each != CHOICE_NONE);
}

/* True when a plain scalar is the last thing on the only line it is written on. */
static bool fills_its_line(const struct node *node)
{
	struct str line = str_trim(node->source_line);
	return str_ends_with(line, node->text) && !str_contains(line, STR(" #"));
}

const struct node *document_expression(
	const struct node *node, const char *key, bool may_be_plain, struct mistakes *mistakes)
{
	bool is_good = true;
	if (node->type != NODE_SCALAR ||
		(node_is_plain(node) && !(may_be_plain && fills_its_line(node))))
		is_good = node_mistake(mistakes, node,
			"put the expression of '%s' in quotes, or behind | on lines of its own: "
			"YAML "
			"takes plain ones for something else",
			key);
	else if (node->text.length == 0)
		is_good = node_mistake(mistakes, node, "'%s' is empty", key);
	return is_good ? node : NULL;
}
