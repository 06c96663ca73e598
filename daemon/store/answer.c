/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/answer.h"

#include "base/ensure.h"

#include <libpq-fe.h>
#include <string.h>

static const PGresult *result_of(const struct answer *answer)
{
	return (const PGresult *)answer;
}

enum answer_kind answer_kind(const struct answer *answer)
{
	ExecStatusType status = PQresultStatus(result_of(answer));

	if (status == PGRES_TUPLES_OK)
		return ANSWER_ROWS;
	if (status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY)
		return ANSWER_COMMAND;
	if (status == PGRES_PIPELINE_ABORTED)
		return ANSWER_SKIPPED;
	return ANSWER_ERROR;
}

/* libpq takes results by non-const pointer wherever it only reads them. */
static PGresult *readable(const struct answer *answer)
{
	union {
		const struct answer *answer;
		PGresult *result;
	} view = {.answer = answer};

	return view.result;
}

const char *answer_tag(const struct answer *answer)
{
	const char *tag = PQcmdStatus(readable(answer));

	return tag != NULL ? tag : "";
}

static const char *field(const struct answer *answer, int code)
{
	const char *text = PQresultErrorField(result_of(answer), code);

	return text != NULL ? text : "";
}

const char *answer_sqlstate(const struct answer *answer)
{
	return field(answer, PG_DIAG_SQLSTATE);
}

bool answer_is_fatal(const struct answer *answer)
{
	return strcmp(field(answer, PG_DIAG_SEVERITY_NONLOCALIZED), "ERROR") != 0;
}

bool answer_error(const struct answer *answer, struct error *err)
{
	const char *message = field(answer, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = field(answer, PG_DIAG_MESSAGE_DETAIL);
	const char *hint = field(answer, PG_DIAG_MESSAGE_HINT);

	if (message[0] == '\0')
		message = PQresultErrorMessage(result_of(answer));
	return error_set(err, "%s%s%s%s%s (SQLSTATE %s)", message, detail[0] != '\0' ? ": " : "",
		detail, hint[0] != '\0' ? ". " : "", hint, answer_sqlstate(answer));
}

size_t answer_rows(const struct answer *answer)
{
	return (size_t)PQntuples(result_of(answer));
}

static void ensure_inside(const struct answer *answer, size_t row, size_t column)
{
	ensure(row < answer_rows(answer));
	ensure(column < (size_t)PQnfields(result_of(answer)));
}

bool answer_is_null(const struct answer *answer, size_t row, size_t column)
{
	ensure_inside(answer, row, column);
	return PQgetisnull(result_of(answer), (int)row, (int)column) != 0;
}

struct str answer_text(const struct answer *answer, size_t row, size_t column)
{
	ensure_inside(answer, row, column);
	return (struct str){PQgetvalue(result_of(answer), (int)row, (int)column),
		(size_t)PQgetlength(result_of(answer), (int)row, (int)column)};
}

int64_t answer_int(const struct answer *answer, size_t row, size_t column)
{
	struct str bytes = answer_text(answer, row, column);
	uint64_t value = 0;

	if (answer_is_null(answer, row, column))
		return 0;
	ensure(bytes.length == 4 || bytes.length == 8);
	for (size_t i = 0; i < bytes.length; i++)
		value = value << 8 | (uint8_t)bytes.data[i];
	return bytes.length == 4 ? (int32_t)value : (int64_t)value;
}

bool answer_bool(const struct answer *answer, size_t row, size_t column)
{
	struct str bytes = answer_text(answer, row, column);

	return bytes.length == 1 && bytes.data[0] == 1;
}
