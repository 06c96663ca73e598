/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/finding_read.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(FINDINGS_ARENA_BYTES);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* A RECEIPT body with these findings, as findings_write writes them. */
static struct str reply_of(struct findings *findings)
{
	struct buf out;
	buf_init(&out, 16 << 20);
	struct json_writer writer = json_writer_on(&out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "receipt", "{}");
	findings_finish(findings);
	findings_write(findings, &writer, "findings");
	json_close_object(&writer);
	struct str reply = arena_copy(arena, buf_str(&out));
	buf_free(&out);
	return reply;
}

static void expect_same(const struct finding *a, const struct finding *b)
{
	assert_true(str_equal(a->rule, b->rule));
	assert_int_equal(a->severity, b->severity);
	assert_int_equal(a->line, b->line);
	assert_true(str_equal(a->path, b->path));
	assert_true(str_equal(a->ref, b->ref));
	assert_true(str_equal(a->value, b->value));
	assert_true(str_equal(a->expected, b->expected));
	assert_true(str_equal(a->message_nl, b->message_nl));
	assert_true(str_equal(a->message_en, b->message_en));
	assert_true(str_equal(a->help_nl, b->help_nl));
	assert_true(str_equal(a->help_en, b->help_en));
	assert_int_equal(a->is_explained, b->is_explained);
}

static void what_was_written_is_read_again(void **state)
{
	const struct finding full = {.rule = STR("B-210"),
		.severity = SEVERITY_WARNING,
		.line = 3,
		.path = STR("/lines/2/spent"),
		.ref = STR("\"GB\"\n\xe2\x80\xae"),
		.value = STR("1.00"),
		.expected = STR("2.00"),
		.message_nl = STR("nee"),
		.message_en = STR("no"),
		.help_nl = STR("doe iets"),
		.help_en = STR("do something"),
		.is_explained = true};
	const struct finding bare = {.rule = STR("S-001"), .message_nl = STR("x")};
	struct findings findings, read;
	(void)state;
	findings_init(&findings, arena);
	findings_add(&findings, &full);
	findings_add(&findings, &bare);
	assert_true(findings_read(arena, reply_of(&findings), &read));
	assert_int_equal(read.count, 2);
	expect_same(&read.items[0], &bare);
	expect_same(&read.items[1], &full);
	assert_int_equal(read.error_count, 1);
	assert_int_equal(read.warning_count, 1);
	assert_int_equal(read.unexplained_warning_count, 0);
	assert_true(read.is_finished);
}

static void as_many_as_can_be_told_are_read(void **state)
{
	struct findings findings, read;
	(void)state;
	findings_init(&findings, arena);
	for (int i = 0; i < FINDINGS_MAX + 7; i++)
		findings_add(&findings, &(struct finding){.rule = STR("B-101"),
						.line = 7,
						.ref = STR("r"),
						.value = STR("v"),
						.expected = STR("e"),
						.message_nl = STR("n"),
						.message_en = STR("m"),
						.help_nl = STR("h"),
						.help_en = STR("i")});
	assert_true(findings_read(arena, reply_of(&findings), &read));
	assert_int_equal(read.count, FINDINGS_MAX + 1);
	assert_true(str_is(read.items[FINDINGS_MAX].rule, "S-999"));
	assert_int_equal(read.error_count, FINDINGS_MAX + 1);
}

static void no_findings_are_none(void **state)
{
	struct findings read;
	(void)state;
	assert_true(findings_read(arena, STR("{\"findings\":[]}"), &read));
	assert_int_equal(read.count, 0);
}

static void what_is_no_receipt_is_not_read(void **state)
{
	static const char *const bodies[] = {
		"",
		"{\"findings\":[}",
		"{}",
		"[]",
		"{\"findings\":{}}",
		"{\"findings\":[1]}",
		"{\"findings\":[{\"severity\":\"error\",\"line\":null}]}",
		"{\"findings\":[{\"rule\":\"B-101\",\"severity\":\"grave\",\"line\":null}]}",
		"{\"findings\":[{\"rule\":\"B-101\",\"severity\":\"error\"}]}",
		"{\"findings\":[{\"rule\":\"B-101\",\"severity\":\"error\",\"line\":-1}]}",
		"{\"findings\":[{\"rule\":\"B-101\",\"severity\":\"error\",\"line\":4294967296}]}",
		"{\"findings\":[{\"rule\":\"B-101\",\"severity\":\"error\",\"line\":\"1\"}]}",
	};
	struct findings read;
	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++)
		assert_false(findings_read(arena, str_of(bodies[i]), &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_written_is_read_again, setup, teardown),
		cmocka_unit_test_setup_teardown(as_many_as_can_be_told_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(no_findings_are_none, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_receipt_is_not_read, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
