/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/finding_read.h"

static bool read_severity(const struct json *json, enum severity *ret_severity)
{
	struct str name = json_member_text(json, "severity");

	for (int i = 0; severity_names[i] != NULL; i++) {
		if (str_is(name, severity_names[i])) {
			*ret_severity = (enum severity)i;
			return true;
		}
	}
	return false;
}

/* Null where the finding is about the whole report. */
static bool read_line(const struct json *json, uint32_t *ret_line)
{
	const struct json *line = json_member(json, "line");
	int64_t number = 0;

	if (line == NULL || (line->type != JSON_NULL && !json_int(line, &number)) || number < 0 ||
		number > UINT32_MAX)
		return false;
	*ret_line = (uint32_t)number;
	return true;
}

static bool read_finding(const struct json *json, struct finding *ret_finding)
{
	const struct json *message = json_member(json, "message");
	const struct json *help = json_member(json, "help");
	const struct json *explained = json_member(json, "explained");

	*ret_finding = (struct finding){
		.rule = json_member_text(json, "rule"),
		.path = json_member_text(json, "path"),
		.ref = json_member_text(json, "ref"),
		.value = json_member_text(json, "value"),
		.expected = json_member_text(json, "expected"),
		.message_nl = json_member_text(message, "nl"),
		.message_en = json_member_text(message, "en"),
		.help_nl = json_member_text(help, "nl"),
		.help_en = json_member_text(help, "en"),
		.is_explained = explained != NULL && explained->is_true,
	};
	return ret_finding->rule.length > 0 && read_severity(json, &ret_finding->severity) &&
	       read_line(json, &ret_finding->line);
}

bool findings_read(struct arena *arena, struct str reply, struct findings *ret_findings)
{
	struct json_error why;
	const struct json *root = json_parse(arena, reply, FINDINGS_VALUES_MAX, &why);
	const struct json *list = root != NULL ? json_member(root, "findings") : NULL;
	size_t count = 0;

	if (list == NULL || list->type != JSON_ARRAY)
		return false;
	struct finding *items = ARENA_ARRAY(arena, struct finding, list->count);
	for (const struct json *json = list->first; json != NULL; json = json->next) {
		if (!read_finding(json, &items[count++]))
			return false;
	}
	findings_init(ret_findings, arena);
	findings_take(ret_findings, items, count);
	return true;
}
