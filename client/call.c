/* SPDX-License-Identifier: EUPL-1.2 */
#include "call.h"

#include "base/clock.h"
#include "print.h"

enum { MESSAGE_MAX = 1024 * 1024 };

int call_fail_text(const struct call *call, int status, const char *text)
{
	struct buf out;
	buf_init(&out, MESSAGE_MAX);
	buf_add_text(&out, "steun: ");
	print_text(&out, str_of(text));
	buf_add_char(&out, '\n');
	call_print(call->err, &out);
	buf_free(&out);
	return status;
}

int call_fail(const struct call *call, int status, const struct error *err)
{
	return call_fail_text(call, status, err->message);
}

int call_fail_mistakes(const struct call *call, int status, const struct mistakes *mistakes)
{
	struct buf out;
	buf_init(&out, MESSAGE_MAX);
	mistakes_print(mistakes, &out);
	call_print(call->err, &out);
	buf_free(&out);
	return status;
}

void call_trouble(const struct call *call, enum trouble trouble, const char *endpoint)
{
	struct buf out;
	buf_init(&out, MESSAGE_MAX);
	trouble_describe(trouble, endpoint, call->language, &out);
	if (out.length > 0)
		call_fail_text(call, 0, out.data);
	buf_free(&out);
}

void call_print(FILE *file, struct buf *text)
{
	fwrite(text->length > 0 ? text->data : "", 1, text->length, file);
	buf_reset(text);
}

int64_t call_deadline_us(const struct call *call, int64_t fallback_s)
{
	int64_t seconds = call->settings->timeout_s > 0 ? call->settings->timeout_s : fallback_s;
	return seconds > 0 ? clock_monotonic_us() + seconds * 1000000 : INT64_MAX;
}

bool call_can_connect(const struct call *call)
{
	struct mistakes *mistakes = mistakes_new(call->arena);
	if (settings_can_connect(call->settings, call->language, mistakes))
		return true;
	call_fail_mistakes(call, EXIT_USAGE, mistakes);
	return false;
}
