/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading is as strict as writing is fixed: a receipt has one form only, so whoever compares two
 * of them compares bytes, and a field that moved or grew is somebody else's format.
 */
#include "report/receipt.h"

#include "base/clock.h"
#include "base/json.h"

#include <string.h>

enum { RECEIPT_VALUES_MAX = 32 };

struct part {
	const char *name;
	enum json_type type;
	bool (*read)(const struct part *part, const struct json *value, void *content);
	size_t offset;            /* in struct receipt_content */
	size_t size;              /* of bytes written in hexadecimal */
	const char *const *words; /* the value is one of */
	int64_t least, most;
};

static bool read_format(const struct part *part, const struct json *value, void *content)
{
	(void)part;
	(void)content;
	return str_is(value->text, "steun-receipt/1");
}

static bool read_text(const struct part *part, const struct json *value, void *content)
{
	*(struct str *)((char *)content + part->offset) = value->text;
	return value->text.length > 0 && !value->has_nul && !value->has_surrogate;
}

static bool is_lower_hex(struct str text, size_t size)
{
	if (text.length != 2 * size)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return true;
}

static bool read_hex_text(const struct part *part, const struct json *value, void *content)
{
	return is_lower_hex(value->text, part->size) && read_text(part, value, content);
}

static bool read_bytes(const struct part *part, const struct json *value, void *content)
{
	return is_lower_hex(value->text, part->size) &&
	       hex_decode(value->text, (uint8_t *)content + part->offset, part->size);
}

static bool read_word(const struct part *part, const struct json *value, void *content)
{
	for (size_t i = 0; part->words[i] != NULL; i++) {
		if (str_is(value->text, part->words[i]))
			return read_text(part, value, content);
	}
	return false;
}

static bool read_time(const struct part *part, const struct json *value, void *content)
{
	int64_t realtime_us;
	return clock_parse_utc(value->text, &realtime_us) && read_text(part, value, content);
}

static bool read_period(const struct part *part, const struct json *value, void *content)
{
	return period_is_valid(value->text) && read_text(part, value, content);
}

/* In the form that we write: digits only, without a minus even before zero. */
static bool read_whole(const struct part *part, const struct json *value, void *content)
{
	int64_t *number = (int64_t *)((char *)content + part->offset);
	return value->text.data[0] != '-' && json_int(value, number) && *number >= part->least &&
	       *number <= part->most;
}

#define AT(member) .offset = offsetof(struct receipt_content, member)

static const struct part parts[] = {
	{"format", JSON_STRING, read_format, .offset = 0},
	{"number", JSON_STRING, read_text, AT(full_number)},
	{"received_at", JSON_STRING, read_time, AT(received_at)},
	{"submitter", JSON_STRING, read_text, AT(submitter)},
	{"sender_key", JSON_STRING, read_hex_text, AT(sender_key), .size = SHA256_SIZE},
	{"request", JSON_STRING, read_bytes, AT(request), .size = REQUEST_ID_SIZE},
	{"programme", JSON_STRING, read_text, AT(programme)},
	{"municipality", JSON_STRING, read_text, AT(municipality)},
	{"kind", JSON_STRING, read_word, AT(kind), .words = kind_names},
	{"period", JSON_STRING, read_period, AT(period)},
	{"revision", JSON_NUMBER, read_whole, AT(revision), .least = 1,
		.most = REPORT_REVISION_MAX},
	{"status", JSON_STRING, read_word, AT(status), .words = status_names},
	{"report_sha256", JSON_STRING, read_bytes, AT(report_sha256), .size = SHA256_SIZE},
	{"ruleset_sha256", JSON_STRING, read_hex_text, AT(ruleset_sha256), .size = SHA256_SIZE},
	{"verdict", JSON_STRING, read_word, AT(verdict), .words = verdict_names},
	{"errors", JSON_NUMBER, read_whole, AT(errors), .most = INT64_MAX},
	{"warnings", JSON_NUMBER, read_whole, AT(warnings), .most = INT64_MAX},
	{"findings_sha256", JSON_STRING, read_bytes, AT(findings_sha256), .size = SHA256_SIZE},
	{"previous", JSON_STRING, read_bytes, AT(previous), .size = SHA256_SIZE},
	{"signing_key", JSON_STRING, read_hex_text, AT(signing_key), .size = 8},
};

static bool read_parts(const struct json *root, struct receipt_content *content, struct error *err)
{
	const struct json *member = root->first;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++, member = member->next) {
		const struct part *part = &parts[i];
		if (member == NULL || !str_is(member->key, part->name))
			return error_set(
				err, "receipt: expected \"%s\" as field %zu", part->name, i + 1);
		if (member->type != part->type || !part->read(part, member, content))
			return error_set(err, "receipt: \"%s\" is not as it must be", part->name);
	}
	return member == NULL ||
	       error_set(err, "receipt: there are more fields than there should be");
}

/* "<programme>/<municipality>/<n>", of the same programme and municipality as the rest. */
static bool read_number(struct receipt_content *content, struct error *err)
{
	struct str rest = content->full_number, programme, municipality, number;
	int64_t value;
	if (str_split(&rest, '/', &programme) && str_split(&rest, '/', &municipality) &&
		str_split(&rest, '/', &number) && rest.data == NULL &&
		str_equal(programme, content->programme) &&
		str_equal(municipality, content->municipality) && number.length > 0 &&
		number.data[0] >= '1' && number.data[0] <= '9' && str_parse_int64(number, &value)) {
		content->number = (uint64_t)value;
		return true;
	}
	return error_set(err, "receipt: \"number\" is not <programme>/<municipality>/<n>");
}

bool receipt_read(struct arena *arena, struct str bytes, struct receipt_content *ret_content,
	struct error *err)
{
	struct receipt_content content = {.number = 0};
	struct json_error where;
	if (bytes.length > RECEIPT_BYTES_MAX)
		return error_set(err, "receipt: longer than %d bytes", RECEIPT_BYTES_MAX);
	const struct json *root =
		json_parse(arena, arena_copy(arena, bytes), RECEIPT_VALUES_MAX, &where);
	if (root == NULL)
		return error_set(err, "receipt: not JSON at line %u, column %u: %s", where.line,
			where.column, where.reason);
	if (root->type != JSON_OBJECT)
		return error_set(err, "receipt: expected a JSON object");
	if (!read_parts(root, &content, err) || !read_number(&content, err))
		return false;
	if (str_is(content.status, status_names[STATUS_UNKNOWN]) &&
		!str_is(content.verdict, verdict_names[VERDICT_REJECTED]))
		return error_set(err, "receipt: a report of unknown status cannot be accepted");
	*ret_content = content;
	return true;
}
