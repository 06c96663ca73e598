/* SPDX-License-Identifier: EUPL-1.2 */
#include "header.h"

#include "report/report.h"

enum { TEXT_MAX = 64 };

static void read_answers(struct arena *arena, const struct json *root, struct header *header)
{
	const struct json *list = json_member(root, "explanations");
	if (list == NULL || list->type != JSON_ARRAY || list->count > REPORT_EXPLANATIONS_MAX)
		return;
	struct header_answer *answers = ARENA_ARRAY(arena, struct header_answer, list->count);
	for (const struct json *item = list->first; item != NULL; item = item->next) {
		struct header_answer *answer = &answers[header->answer_count];
		answer->rule = json_member_text(item, "rule");
		json_member_int(item, "line", &answer->line);
		header->answer_count += answer->rule.length > 0;
	}
	header->answers = answers;
}

bool header_read(struct arena *arena, struct str report, struct header *ret_header,
	struct json_error *ret_where)
{
	const struct json *root = json_parse(arena, report, HEADER_VALUES_MAX, ret_where);
	if (root == NULL)
		return false;
	struct header header = {
		.programme = json_member_text(root, "programme"),
		.municipality = json_member_text(root, "municipality"),
		.kind = json_member_text(root, "kind"),
		.period = json_member_text(root, "period"),
		.status = json_member_text(root, "status"),
	};
	json_member_int(root, "revision", &header.revision);
	read_answers(arena, root, &header);
	*ret_header = header;
	return true;
}

static struct str keep(struct arena *arena, struct str text)
{
	return arena_copy(
		arena, str_slice(text, 0, text.length < TEXT_MAX ? text.length : TEXT_MAX));
}

static const struct header_answer *keep_answers(struct arena *arena, const struct header *header)
{
	struct header_answer *answers =
		ARENA_ARRAY(arena, struct header_answer, header->answer_count);
	for (size_t i = 0; i < header->answer_count; i++) {
		answers[i].rule = keep(arena, header->answers[i].rule);
		answers[i].line = header->answers[i].line;
	}
	return answers;
}

struct header header_copy(struct arena *arena, const struct header *header)
{
	return (struct header){
		.programme = keep(arena, header->programme),
		.municipality = keep(arena, header->municipality),
		.kind = keep(arena, header->kind),
		.period = keep(arena, header->period),
		.status = keep(arena, header->status),
		.revision = header->revision,
		.answers = keep_answers(arena, header),
		.answer_count = header->answer_count,
	};
}

struct str header_stream(struct arena *arena, const struct header *header)
{
	if (header->municipality.length == 0 || header->kind.length == 0)
		return (struct str){0};
	return str_of(arena_format(arena, "%.*s %.*s %.*s", STR_ARG(header->municipality),
		STR_ARG(header->kind), STR_ARG(header->programme)));
}
