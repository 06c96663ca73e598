/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling_part.h"

#include "tell/telling_example.h"

enum label {
	LABEL_PROGRAMME,
	LABEL_KIND,
	LABEL_SCOPE,
	LABEL_SEVERITY,
	LABEL_EXPLANATION,
	LABEL_PERIODS,
	LABEL_FOR_EACH,
	LABEL_POINTS_TO,
	LABEL_READS,
	LABEL_SKIPPED,
	LABEL_WHERE,
	LABEL_TEXTS,
	LABEL_MESSAGE,
	LABEL_HELP,
	LABEL_PASSES,
	LABEL_FAILS,
	LABEL_SOURCE,
	LABEL_EXAMPLES,
	LABEL_COUNT,
};

/* clang-format off */
static const struct words labels[LABEL_COUNT] = {
	[LABEL_PROGRAMME] = {{"Programma", "Programme"}},
	[LABEL_KIND] = {{"Geldt voor", "Applies to"}},
	[LABEL_SCOPE] = {{"Bekijkt", "Looks at"}},
	[LABEL_SEVERITY] = {{"Zwaarte", "Severity"}},
	[LABEL_EXPLANATION] = {{"Toelichting", "Explanation"}},
	[LABEL_PERIODS] = {{"Wanneer", "When"}},
	[LABEL_FOR_EACH] = {{"Eén regel voor", "One rule for"}},
	[LABEL_POINTS_TO] = {{"Wijst naar", "Points to"}},
	[LABEL_READS] = {{"Leest uit het archief", "Reads of the record"}},
	[LABEL_SKIPPED] = {{"Wordt overgeslagen zonder", "Is skipped without"}},
	[LABEL_WHERE] = {{"Daarin betekent:", "In which:"}},
	[LABEL_TEXTS] = {{"De inzender leest dan:", "The submitter then reads:"}},
	[LABEL_MESSAGE] = {{"Melding", "Message"}},
	[LABEL_HELP] = {{"Wat te doen", "What to do"}},
	[LABEL_PASSES] = {{"Goed:", "Passes:"}},
	[LABEL_FAILS] = {{"Fout:", "Fails:"}},
	[LABEL_SOURCE] = {{"Zoals het in het regelbestand staat:", "As it is in the rule file:"}},
	[LABEL_EXAMPLES] = {{"Voorbeelden:", "Examples:"}},
};

/* What stands before a condition: one, or a row whose members then follow it at once. */
enum lead { LEAD_WHEN, LEAD_THEN, LEAD_MUST, LEAD_COUNT };
enum lead_form { LEAD_ONE, LEAD_ALL, LEAD_ANY, LEAD_FORMS };

static const struct words leads[LEAD_COUNT][LEAD_FORMS] = {
	[LEAD_WHEN] = {
		{{"Als dit geldt:", "If this holds:"}},
		{{"Als dit allemaal geldt:", "If all of this holds:"}},
		{{"Als ten minste één hiervan geldt:", "If at least one of these holds:"}}},
	[LEAD_THEN] = {
		{{"dan moet dit gelden:", "then this must hold:"}},
		{{"dan moet dit allemaal gelden:", "then all of this must hold:"}},
		{{"dan moet ten minste één hiervan gelden:", "then at least one of these must hold:"}}},
	[LEAD_MUST] = {
		{{"Dit moet gelden:", "This must hold:"}},
		{{"Dit moet allemaal gelden:", "All of this must hold:"}},
		{{"Ten minste één hiervan moet gelden:", "At least one of these must hold:"}}},
};

static const struct words kinds[VIEW_COUNT] = {
	[VIEW_SPENDING] = {{"rapporten over besteding", "reports on spending"}},
	[VIEW_OUTREACH] = {{"rapporten over bereik", "reports on outreach"}},
	[VIEW_BOTH] = {{"rapporten over besteding en over bereik", "reports on spending and on outreach"}},
};

static const struct words scopes[] = {
	{{"het rapport als geheel", "the report as a whole"}},
	{{"elke regel van het rapport", "every line of the report"}},
};

static const struct words severities[] = {
	[SEVERITY_ERROR] = {{"fout; het rapport wordt niet aanvaard", "error; the report is not accepted"}},
	[SEVERITY_WARNING] = {{
		"waarschuwing; het rapport wordt toch aanvaard",
		"warning; the report is accepted all the same"}},
};

static const struct words required = {{
	"waarschuwing; het rapport wordt alleen met een toelichting aanvaard",
	"warning; the report is accepted only with an explanation"}};

static const struct words explanations[] = {
	[EXPLANATION_NONE] = {{"niet nodig", "not needed"}},
	[EXPLANATION_ALLOWED] = {{"mag", "allowed"}},
	[EXPLANATION_REQUIRED] = {{"verplicht", "required"}},
};
/* clang-format on */

static const char *in(const struct telling *telling, const struct words *words)
{
	return words->in[telling->language];
}

const char *telling_kind(const struct rule *rule, enum language language)
{
	return kinds[rule->view].in[language];
}

const char *telling_periods(
	struct arena *arena, enum language language, const char *from, const char *until)
{
	static const struct words between[] = {{{"van", "from"}}, {{"tot en met", "to"}}};
	static const struct words since = {{"vanaf", "from"}}, up_to = {{"tot en met", "up to"}};
	static const struct words all = {{"alle periodes", "all periods"}};
	if (from != NULL && until != NULL)
		return arena_format(arena, "%s %s %s %s", between[0].in[language], from,
			between[1].in[language], until);
	if (from != NULL)
		return arena_format(arena, "%s %s", since.in[language], from);
	if (until != NULL)
		return arena_format(arena, "%s %s", up_to.in[language], until);
	return all.in[language];
}

static struct prose prose_of(const struct told *told)
{
	return (struct prose){
		.arena = told->telling->arena,
		.page = told->page,
		.language = told->telling->language,
		.unit = told->rule->unit,
		.dimension = (enum dimension)told->rule->document->for_each,
		.each = told->each,
	};
}

/* Facts --------------------------------------------------------------------------------------- */

static void begin_fact(const struct told *told, enum label label)
{
	page_begin_item(told->page, 0);
	page_add_text(told->page, in(told->telling, &labels[label]));
	page_add_text(told->page, ": ");
}

static void tell_fact(const struct told *told, enum label label, const char *text)
{
	begin_fact(told, label);
	page_add_text(told->page, text);
	page_end_line(told->page);
}

static void tell_bindings(const struct told *told, enum label label, uint64_t bindings)
{
	bool has_begun = false;
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (!(bindings & BINDING_BIT(i)))
			continue;
		if (!has_begun)
			begin_fact(told, label);
		page_add_text(told->page, has_begun ? "; " : "");
		page_add_text(told->page, in(told->telling, words_of_binding((enum binding)i)));
		has_begun = true;
	}
	if (has_begun)
		page_end_line(told->page);
}

/* Of a rule with for_each: what it goes over, and what it was made for. */
static void tell_dimension(const struct told *told)
{
	const struct rule_document *document = told->rule->document;
	if (!document->has_for_each)
		return;
	const struct dimension_words *words =
		words_of_dimension((enum dimension)document->for_each);
	begin_fact(told, LABEL_FOR_EACH);
	page_add_text(
		told->page, in(told->telling, told->each != NULL ? &words->one : &words->every));
	page_add_text(told->page, told->each != NULL ? " " : ": ");
	if (told->each != NULL)
		page_add_code(told->page, told->each->items[EACH_ID].text);
	bool has_begun = false;
	for (size_t i = 0; told->each == NULL && i < told->telling->rule_count; i++) {
		const struct rule *rule = &told->telling->rules[i];
		if (rule->document != document)
			continue;
		page_add_text(told->page, has_begun ? ", " : "");
		page_add_code(told->page, str_of(rule->id));
		has_begun = true;
	}
	page_end_line(told->page);
}

static void tell_target(const struct told *told)
{
	const struct rule_target *target = &told->rule->target;
	const struct type *type = binding_infos[target->binding].types[told->rule->view];
	begin_fact(told, LABEL_POINTS_TO);
	if (target->member != NULL) {
		page_add_text(told->page,
			in(told->telling, words_of_field(type->record, target->member)));
		page_add_text(
			told->page, told->telling->language == LANGUAGE_NL ? " van " : " of ");
	}
	page_add_text(told->page, in(told->telling, words_of_binding(target->binding)));
	page_end_line(told->page);
}

static const char *severity_text(const struct told *told)
{
	bool is_required = told->rule->explanation == EXPLANATION_REQUIRED;
	return in(told->telling, is_required ? &required : &severities[told->rule->severity]);
}

void telling_rule_periods(const struct told *told)
{
	if (told->telling->programme != NULL)
		tell_fact(told, LABEL_PROGRAMME, told->telling->programme);
	tell_fact(told, LABEL_PERIODS,
		telling_periods(told->telling->arena, told->telling->language, told->rule->from,
			told->rule->until));
}

void telling_facts(const struct told *told)
{
	const struct rule *rule = told->rule;
	uint64_t optional = environment_optional(rule->environment);
	tell_fact(told, LABEL_KIND, telling_kind(rule, told->telling->language));
	tell_fact(told, LABEL_SCOPE, in(told->telling, &scopes[rule->is_of_line]));
	tell_dimension(told);
	tell_fact(told, LABEL_SEVERITY, severity_text(told));
	tell_fact(told, LABEL_EXPLANATION, in(told->telling, &explanations[rule->explanation]));
	tell_target(told);
	tell_bindings(told, LABEL_READS, rule->uses & (bindings_of_history() | optional));
	tell_bindings(told, LABEL_SKIPPED, rule->needs);
}

/* The rule itself ----------------------------------------------------------------------------- */

static void tell_lead(const struct told *told, const struct words *words)
{
	page_paragraph(told->page, str_of(in(told->telling, words)));
	page_gap(told->page);
}

static void tell_condition(
	const struct told *told, enum lead lead, const struct expression *condition)
{
	struct prose prose = prose_of(told);
	enum lead_form form = condition->kind == EXPRESSION_AND  ? LEAD_ALL
			      : condition->kind == EXPRESSION_OR ? LEAD_ANY
								 : LEAD_ONE;
	tell_lead(told, &leads[lead][form]);
	if (form == LEAD_ONE)
		prose_condition(&prose, condition, 0);
	for (size_t i = 0; form != LEAD_ONE && i < condition->count; i++)
		prose_condition(&prose, condition->operands[i], 0);
}

/* A value in its line; a condition as a list. */
static void tell_let(struct prose *prose, const struct let *let, const struct expression *tree)
{
	bool is_condition = tree->type->kind == TYPE_BOOL;
	page_begin_item(prose->page, 0);
	page_add_code(prose->page, str_of(let->name));
	page_add_text(
		prose->page, is_condition ? phrase_in(PHRASE_HOLDS_IF, prose->language) : " = ");
	if (!is_condition)
		prose_value(prose, tree);
	page_end_line(prose->page);
	if (is_condition)
		prose_condition(prose, tree, 1);
}

static void tell_lets(const struct told *told)
{
	const struct unit *unit = told->rule->unit;
	struct prose prose = prose_of(told);
	bool has_begun = false;
	for (size_t i = 0; i < unit->let_count; i++) {
		if (!(told->rule->uses >> (BINDING_COUNT + i) & 1))
			continue;
		if (!has_begun)
			tell_lead(told, &labels[LABEL_WHERE]);
		tell_let(&prose, &unit->lets[i], unit->lets[i].tree[told->rule->view]);
		has_begun = true;
	}
}

void telling_sentence(const struct told *told)
{
	const struct rule *rule = told->rule;
	if (rule->when_tree != NULL)
		tell_condition(told, LEAD_WHEN, rule->when_tree);
	tell_condition(told, rule->when_tree != NULL ? LEAD_THEN : LEAD_MUST, rule->assertion_tree);
	tell_lets(told);
}

void telling_text(struct page *page, struct str text)
{
	struct str trimmed = str_trim(text);
	for (size_t at = 0, from = 0; at < trimmed.length; at++) {
		struct str rest = str_slice(trimmed, at, trimmed.length);
		bool opens = str_starts_with(rest, STR("{{"));
		bool closes = str_starts_with(rest, STR("}}"));
		if (opens) {
			page_add(page, str_slice(trimmed, from, at));
			from = at;
		} else if (closes) {
			page_add_code(page, str_slice(trimmed, from, at + 2));
			from = at + 2;
		} else if (at + 1 == trimmed.length) {
			page_add(page, str_slice(trimmed, from, trimmed.length));
		}
	}
}

static void tell_text(const struct told *told, enum label label, const struct rule_texts *texts)
{
	const struct node *node = told->telling->language == LANGUAGE_NL ? texts->nl : texts->en;
	if (node == NULL)
		return;
	begin_fact(told, label);
	telling_text(told->page, node->text);
	page_end_line(told->page);
}

/* The lead keeps the list before it from going on: an empty line alone does not end one. */
void telling_texts(const struct told *told)
{
	tell_lead(told, &labels[LABEL_TEXTS]);
	tell_text(told, LABEL_MESSAGE, &told->rule->document->message);
	tell_text(told, LABEL_HELP, &told->rule->document->help);
}

/* Source and examples ------------------------------------------------------------------------- */

void telling_source(const struct told *told)
{
	const struct rule_document *document = told->rule->document;
	const struct node *nodes[] = {document->when, document->assertion};
	static const char *const names[] = {"when", "assert"};
	struct buf text;
	buf_init(&text, 2 * EXPRESSION_BYTES_MAX + 1024);
	for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
		if (nodes[i] != NULL)
			buf_format(
				&text, "%s: %.*s\n", names[i], STR_ARG(str_trim(nodes[i]->text)));
	}
	page_gap(told->page);
	page_paragraph(told->page, str_of(in(told->telling, &labels[LABEL_SOURCE])));
	page_block(told->page, "", buf_str(&text));
	buf_free(&text);
}

void telling_example_lists(const struct told *told)
{
	const struct rule_examples *examples = &told->rule->document->examples;
	const struct node *lists[] = {examples->pass, examples->fail};
	static const enum label sorts[] = {LABEL_PASSES, LABEL_FAILS};
	struct prose prose = prose_of(told);
	tell_lead(told, &labels[LABEL_EXAMPLES]);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		page_begin_item(told->page, 0);
		page_add_text(told->page, in(told->telling, &labels[sorts[i]]));
		page_end_line(told->page);
		telling_examples(&prose, told->rule, lists[i], told->telling->has_examples);
	}
}
