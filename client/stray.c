/* SPDX-License-Identifier: EUPL-1.2 */
#include "stray.h"

#include "print.h"

#include <inttypes.h>

/* Rules were asked: a finding of the report's form means that they were not. */
static bool is_judged(const struct json *findings)
{
	if (findings == NULL || findings->type != JSON_ARRAY)
		return false;
	return findings->first == NULL ||
	       !str_starts_with(json_member_text(findings->first, "rule"), STR("S-"));
}

/* The rule itself, or one of those that were made of it for each item: B-203 of B-203.jeugd. */
static bool is_rule(struct str rule, struct str asked)
{
	return str_equal(rule, asked) ||
	       (str_starts_with(rule, asked) && rule.data[asked.length] == '.');
}

static bool is_answered_by(const struct json *finding, const struct header_answer *answer)
{
	const struct json *explained = json_member(finding, "explained");
	int64_t line = 0;
	json_member_int(finding, "line", &line);
	return explained != NULL && explained->is_true &&
	       is_rule(json_member_text(finding, "rule"), answer->rule) &&
	       (answer->line == 0 || answer->line == line);
}

static bool is_stray(const struct header_answer *answer, const struct json *findings)
{
	const struct json *finding = findings->first;
	while (finding != NULL && !is_answered_by(finding, answer))
		finding = finding->next;
	return finding == NULL;
}

void stray_print(struct buf *out, const struct header *header, const struct json *findings,
	enum language language)
{
	for (size_t i = 0; i < header->answer_count && is_judged(findings); i++) {
		const struct header_answer *answer = &header->answers[i];
		if (!is_stray(answer, findings))
			continue;
		buf_add_text(out, SAY(language, "  LET OP  de toelichting bij ",
					  "  NOTE  the explanation of "));
		print_text(out, answer->rule);
		if (answer->line > 0)
			buf_format(out,
				SAY(language, ", regel %" PRId64 ",", ", line %" PRId64 ","),
				answer->line);
		buf_add_text(out, SAY(language, " hoort bij geen enkel signaal\n",
					  " belongs to no warning\n"));
	}
}

static void write_answer(struct json_writer *writer, const struct header_answer *answer)
{
	json_open_object(writer, NULL);
	json_write_str(writer, "rule", answer->rule);
	if (answer->line > 0)
		json_write_int(writer, "line", answer->line);
	json_close_object(writer);
}

void stray_write(
	struct json_writer *writer, const struct header *header, const struct json *findings)
{
	bool is_open = false;
	for (size_t i = 0; i < header->answer_count && is_judged(findings); i++) {
		if (!is_stray(&header->answers[i], findings))
			continue;
		if (!is_open)
			json_open_array(writer, "stray_explanations");
		is_open = true;
		write_answer(writer, &header->answers[i]);
	}
	if (is_open)
		json_close_array(writer);
}
