/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/impact_print.h"

#include "base/clock.h"

#include <inttypes.h>

enum { MUNICIPALITIES_SHOWN = 20 };

/* Head -------------------------------------------------------------------------------------- */

static void print_bounds(struct buf *out, const struct replay_bounds *bounds)
{
	if (bounds->from == NULL && bounds->until == NULL)
		buf_add_text(out, "all");
	else if (bounds->until == NULL)
		buf_format(out, "from %s", bounds->from);
	else if (bounds->from == NULL)
		buf_format(out, "until %s", bounds->until);
	else
		buf_format(out, "%s to %s", bounds->from, bounds->until);
	buf_add_char(out, '\n');
}

void impact_print_head(struct buf *out, const struct impact_print *print)
{
	char taken_at[CLOCK_UTC_SIZE];
	clock_format_utc(print->taken_at_us, taken_at);
	buf_format(out, "Draft rules:  %s\n", print->rules);
	for (size_t i = 0; i < print->settings->programme_count; i++) {
		const struct settings_programme *part = &print->settings->programmes[i];
		if (part->ruleset != NULL)
			buf_format(out, "              %s: %zu rules, sha256 %s\n",
				part->programme->id, ruleset_rule_count(part->ruleset),
				ruleset_sha256(part->ruleset));
	}
	buf_format(
		out, "Record:       database %s, as it stood at %s\n", print->database, taken_at);
	buf_add_text(out, "Periods:      ");
	print_bounds(out, &print->bounds);
}

/* Differences ------------------------------------------------------------------------------- */

/* In the language asked for, or in the one there is. */
static struct str choose(const struct impact_print *print, const struct impact_example *example)
{
	bool is_english = print->language == LANGUAGE_EN;
	struct str wanted = is_english ? example->message_en : example->message_nl;
	struct str other = is_english ? example->message_nl : example->message_en;
	return wanted.length > 0 ? wanted : other;
}

static void print_place(struct buf *out, const struct impact_example *example)
{
	buf_format(out, "%-8s %.*s %s %s revision %" PRId64 " (%.*s/%.*s/%" PRIu64 ")",
		difference_names[example->kind], STR_ARG(example->municipality), example->period,
		kind_names[example->report_kind], example->revision, STR_ARG(example->programme),
		STR_ARG(example->municipality), example->number);
	if (example->line > 0)
		buf_format(out, ", line %" PRIu32, example->line);
	if (example->ref.length > 0) {
		buf_add_text(out, " [");
		buf_add_printable(out, example->ref);
		buf_add_char(out, ']');
	}
	if (example->recorded != example->drafted)
		buf_format(out, ", %s -> %s", verdict_names[example->recorded],
			verdict_names[example->drafted]);
	buf_add_text(out, ": ");
}

void impact_print_example(
	struct buf *out, const struct impact_print *print, const struct impact_example *example)
{
	buf_add_printable(out, example->rule);
	buf_add_char(out, ' ');
	print_place(out, example);
	buf_add_printable(out, choose(print, example));
	buf_add_char(out, '\n');
}

/* Submissions and verdicts ------------------------------------------------------------------ */

static void print_outcomes(struct buf *out, const struct impact *impact)
{
	static const char *const names[REJUDGED_COUNT] = {
		[REJUDGED] = "judged again",
		[REJUDGED_STRUCTURAL] = "could not be read when they came: no rule decides on them",
		[REJUDGED_UNKNOWN] = "name what is no longer in the programme's files: not judged",
		[REJUDGED_WITHOUT] =
			"are of a programme that the draft has no rules for: not judged",
	};
	buf_add_text(out, "\nSubmissions\n\n");
	for (int i = 0; i < REJUDGED_COUNT; i++) {
		if (i == REJUDGED || impact->outcomes[i] > 0)
			buf_format(out, "  %9" PRIu64 "  %s\n", impact->outcomes[i], names[i]);
	}
}

static void print_rulesets(
	struct buf *out, const struct impact_print *print, const struct impact *impact)
{
	if (impact->ruleset_count == 0)
		return;
	buf_add_text(out, "\nJudged before by\n\n");
	for (size_t i = 0; i < impact->ruleset_count; i++) {
		const struct impact_ruleset *ruleset = impact->rulesets[i];
		const struct settings_programme *part =
			settings_programme(print->settings, ruleset->programme);
		bool is_draft = part != NULL && part->ruleset != NULL &&
				str_is(ruleset->sha256, ruleset_sha256(part->ruleset));
		buf_format(out, "  %9" PRIu64 "  %.*s: sha256 %.*s%s\n", ruleset->submissions,
			STR_ARG(ruleset->programme), STR_ARG(ruleset->sha256),
			is_draft ? ", the same as the draft" : "");
	}
}

static void print_verdicts(struct buf *out, const struct impact *impact)
{
	buf_format(out, "\nVerdicts that would change: %" PRIu64 " of %" PRIu64 "\n\n",
		impact_changed_verdicts(impact), impact->outcomes[REJUDGED]);
	buf_format(out, "  %-28s", "as recorded, by the draft:");
	for (int to = 0; to < VERDICT_COUNT; to++)
		buf_format(out, "  %s", verdict_names[to]);
	buf_add_char(out, '\n');
	for (int from = 0; from < VERDICT_COUNT; from++) {
		buf_format(out, "  %-28s", verdict_names[from]);
		for (int to = 0; to < VERDICT_COUNT; to++)
			buf_format(out, "  %*" PRIu64, (int)str_of(verdict_names[to]).length,
				impact->verdicts[from][to]);
		buf_add_char(out, '\n');
	}
}

/* Rules ------------------------------------------------------------------------------------- */

static void print_counts_head(struct buf *out, const char *first)
{
	buf_format(out, "  %-28s", first);
	for (int i = 0; i < DIFFERENCE_COUNT; i++)
		buf_format(out, "  %8s", difference_names[i]);
}

static void print_counts(struct buf *out, const uint64_t counts[DIFFERENCE_COUNT])
{
	for (int i = 0; i < DIFFERENCE_COUNT; i++)
		buf_format(out, "  %8" PRIu64, counts[i]);
}

static void print_rule_table(struct buf *out, const struct impact *impact)
{
	buf_add_text(out, "\nFindings that would change, by rule\n\n");
	print_counts_head(out, "rule");
	buf_add_text(out, "  verdicts  municipalities\n");
	for (size_t i = 0; i < impact->rule_count; i++) {
		const struct impact_rule *rule = impact->rules[i];
		buf_format(out, "  %-28.*s", STR_ARG(rule->id));
		print_counts(out, rule->counts);
		buf_format(out, "  %8" PRIu64 "  %14" PRIu64 "\n", rule->verdicts,
			rule->municipalities);
	}
}

static void print_examples(struct buf *out, const struct impact_print *print,
	const struct impact_rule *rule, enum difference_kind kind)
{
	for (uint64_t i = 0; i < rule->counts[kind] && i < IMPACT_EXAMPLES_MAX; i++) {
		buf_add_text(out, "  ");
		impact_print_example(out, print, &rule->examples[kind][i]);
	}
	if (rule->counts[kind] > IMPACT_EXAMPLES_MAX)
		buf_format(out, "  %.*s %-8s %" PRIu64 " more: --all lists them\n",
			STR_ARG(rule->id), difference_names[kind],
			rule->counts[kind] - IMPACT_EXAMPLES_MAX);
}

static void print_rules(
	struct buf *out, const struct impact_print *print, const struct impact *impact)
{
	if (impact->rule_count == 0) {
		buf_add_text(out, "\nNo finding would change.\n");
		return;
	}
	print_rule_table(out, impact);
	if (print->has_all)
		return;
	buf_add_text(out, "\nThe first of each rule\n\n");
	for (size_t i = 0; i < impact->rule_count; i++) {
		for (int kind = 0; kind < DIFFERENCE_COUNT; kind++)
			print_examples(out, print, impact->rules[i], (enum difference_kind)kind);
	}
}

/* Municipalities ---------------------------------------------------------------------------- */

static void print_municipality(struct buf *out, const struct impact_print *print,
	const struct impact_municipality *municipality)
{
	const struct municipality *known =
		municipality_find(print->settings->municipalities, municipality->code);
	size_t start = out->length;
	buf_format(out, "  %.*s %s", STR_ARG(municipality->code), known != NULL ? known->name : "");
	struct str name = str_slice(buf_str(out), start, out->length);
	for (size_t width = utf8_length(name); width < 30; width++)
		buf_add_char(out, ' ');
	print_counts(out, municipality->counts);
	buf_format(out, "  %8" PRIu64 " of %" PRIu64 "\n", municipality->verdicts,
		municipality->submissions);
}

static bool is_touched(const struct impact_municipality *municipality)
{
	return municipality->verdicts > 0 || impact_sum(municipality->counts) > 0;
}

static void print_municipalities(
	struct buf *out, const struct impact_print *print, const struct impact *impact)
{
	size_t touched = 0;
	while (touched < impact->municipality_count && is_touched(impact->municipalities[touched]))
		touched++;
	if (touched == 0)
		return;
	buf_format(out, "\nBy municipality: %zu of %zu see a change\n\n", touched,
		impact->municipality_count);
	print_counts_head(out, "municipality");
	buf_add_text(out, "  verdicts\n");
	size_t shown =
		print->has_all || touched < MUNICIPALITIES_SHOWN ? touched : MUNICIPALITIES_SHOWN;
	for (size_t i = 0; i < shown; i++)
		print_municipality(out, print, impact->municipalities[i]);
	if (shown < touched)
		buf_format(out, "  and %zu more: --all lists them\n", touched - shown);
}

void impact_print_tables(
	struct buf *out, const struct impact_print *print, const struct impact *impact)
{
	print_outcomes(out, impact);
	print_rulesets(out, print, impact);
	print_verdicts(out, impact);
	print_rules(out, print, impact);
	print_municipalities(out, print, impact);
}
