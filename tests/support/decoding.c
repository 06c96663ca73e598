/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/decoding.h"

#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

enum { FOUND_TEXT_MAX = 512 };

#define HEADER(kind)                                                                               \
	"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\",\"kind\":\"" kind       \
	"\",\"municipality\":\"GM0451\",\"period\":\"2021-06\",\"revision\":1,"                    \
	"\"status\":\"provisional\","

int decoding_setup(void **state)
{
	struct arena *programmes = arena_new(1 << 20);
	struct decoding *decoding = ARENA_NEW(programmes, struct decoding);
	decoding->programmes = programmes;
	decoding->programme = sample_programme(programmes);
	decoding->arena = arena_new(REPORT_ARENA_BYTES);
	*state = decoding;
	return 0;
}

int decoding_teardown(void **state)
{
	struct decoding *decoding = *state;
	struct arena *programmes = decoding->programmes;
	arena_free(&decoding->arena);
	arena_free(&programmes);
	return 0;
}

void decode_text(struct decoding *decoding, struct str text)
{
	findings_init(&decoding->findings, decoding->arena);
	decoding->result = report_decode(decoding->arena, text, &decoding->programme, 1,
		&decoding->report, &decoding->findings, &decoding->json_error);
}

void decode_format(struct decoding *decoding, const char *format, ...)
{
	va_list arguments;
	arena_reset(decoding->arena);
	char *text = arena_alloc(decoding->arena, REPORT_BYTES_MAX + 1);
	va_start(arguments, format);
	int length = vsnprintf(text, REPORT_BYTES_MAX + 1, format, arguments);
	va_end(arguments);
	assert_in_range(length, 0, REPORT_BYTES_MAX);
	decode_text(decoding, (struct str){text, (size_t)length});
}

void decode_report(struct decoding *decoding, const char *rest)
{
	decode_format(decoding, HEADER("spending") "%s}", rest);
}

void decode_spending(struct decoding *decoding, const char *lines)
{
	decode_format(decoding, HEADER("spending") "\"lines\":[%s]}", lines);
}

void decode_outreach(struct decoding *decoding, const char *lines)
{
	decode_format(decoding, HEADER("outreach") "\"lines\":[%s]}", lines);
}

static void print_found(const struct decoding *decoding)
{
	for (size_t i = 0; i < decoding->findings.count; i++) {
		const struct finding *finding = &decoding->findings.items[i];
		print_error("found %.*s %.*s\n", STR_ARG(finding->rule), STR_ARG(finding->path));
	}
}

static bool is_found(const struct decoding *decoding, const char *expected)
{
	char text[FOUND_TEXT_MAX];
	for (size_t i = 0; i < decoding->findings.count; i++) {
		const struct finding *finding = &decoding->findings.items[i];
		snprintf(text, sizeof(text), "%.*s %.*s", STR_ARG(finding->rule),
			STR_ARG(finding->path));
		if (strcmp(text, expected) == 0)
			return true;
	}
	return false;
}

void expect_found(
	const struct decoding *decoding, const char *const *expected, const char *file, int line)
{
	size_t count = 0;
	for (; expected[count] != NULL; count++) {
		if (is_found(decoding, expected[count]))
			continue;
		print_error("not found: %s\n", expected[count]);
		print_found(decoding);
		_fail(file, line);
	}
	if (count == decoding->findings.count)
		return;
	print_error("expected %zu findings, found %zu\n", count, decoding->findings.count);
	print_found(decoding);
	_fail(file, line);
}

void expect_no_findings(const struct decoding *decoding, const char *file, int line)
{
	if (decoding->result == DECODE_SOUND && decoding->findings.count == 0)
		return;
	print_error("expected a sound report, got result %d\n", (int)decoding->result);
	print_found(decoding);
	_fail(file, line);
}

const struct finding *found(const struct decoding *decoding, const char *rule)
{
	for (size_t i = 0; i < decoding->findings.count; i++) {
		if (str_is(decoding->findings.items[i].rule, rule))
			return &decoding->findings.items[i];
	}
	print_error("not found: %s\n", rule);
	print_found(decoding);
	fail();
	return NULL;
}
