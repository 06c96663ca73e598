/* SPDX-License-Identifier: EUPL-1.2 */
#include "header.h"

enum { TEXT_MAX = 64 };

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
	*ret_header = header;
	return true;
}

static struct str keep(struct arena *arena, struct str text)
{
	return arena_copy(
		arena, str_slice(text, 0, text.length < TEXT_MAX ? text.length : TEXT_MAX));
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
	};
}

struct str header_stream(struct arena *arena, const struct header *header)
{
	if (header->municipality.length == 0 || header->kind.length == 0)
		return (struct str){0};
	return str_of(arena_format(arena, "%.*s %.*s %.*s", STR_ARG(header->municipality),
		STR_ARG(header->kind), STR_ARG(header->programme)));
}
