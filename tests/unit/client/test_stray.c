/* SPDX-License-Identifier: EUPL-1.2 */
#include "stray.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;
static struct buf out;
static struct header header;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_free(&out);
	arena_free(&arena);
	return 0;
}

/* What is said of explanations (JSON) beside findings (JSON, or NULL: none at all). */
static const char *told(const char *explanations, const char *findings, enum language language)
{
	struct json_error where;
	const char *report = arena_format(arena, "{\"explanations\":%s}", explanations);
	assert_true(header_read(arena, str_of(report), &header, &where));
	buf_reset(&out);
	stray_print(&out, &header,
		findings != NULL ? json_parse(arena, str_of(findings), 1000, &where) : NULL,
		language);
	return out.length > 0 ? out.data : "";
}

static void an_explanation_of_nothing_is_told(void **state)
{
	(void)state;
	assert_string_equal(
		told("[{\"rule\":\"B-21O\"},{\"rule\":\"B-1\",\"line\":3}]", "[]", LANGUAGE_DUTCH),
		"  LET OP  de toelichting bij B-21O hoort bij geen enkel signaal\n"
		"  LET OP  de toelichting bij B-1, regel 3, hoort bij geen enkel signaal\n");
	assert_string_equal(told("[{\"rule\":\"B-1\",\"line\":3}]", "[]", LANGUAGE_ENGLISH),
		"  NOTE  the explanation of B-1, line 3, belongs to no warning\n");
}

static void one_that_explains_something_is_not(void **state)
{
	static const char findings[] = "[{\"rule\":\"B-1\",\"line\":3,\"explained\":true},"
				       "{\"rule\":\"B-2.jeugd\",\"line\":null,\"explained\":true}]";
	(void)state;
	assert_string_equal(told("[{\"rule\":\"B-1\",\"line\":3}]", findings, LANGUAGE_DUTCH), "");
	assert_string_equal(told("[{\"rule\":\"B-1\"}]", findings, LANGUAGE_DUTCH), "");
	assert_string_equal(told("[{\"rule\":\"B-2\"}]", findings, LANGUAGE_DUTCH), "");
	assert_string_equal(told("[{\"rule\":\"B-2.jeugd\"}]", findings, LANGUAGE_DUTCH), "");
	assert_string_not_equal(told("[{\"rule\":\"B-\"}]", findings, LANGUAGE_DUTCH), "");
	assert_string_not_equal(
		told("[{\"rule\":\"B-1\",\"line\":2}]", findings, LANGUAGE_DUTCH), "");
}

static void a_warning_that_stays_open_was_not_explained(void **state)
{
	(void)state;
	assert_string_not_equal(
		told("[{\"rule\":\"B-1\",\"line\":3}]",
			"[{\"rule\":\"B-1\",\"line\":3,\"explained\":false}]", LANGUAGE_DUTCH),
		"");
}

static void without_a_judgement_nothing_is_said(void **state)
{
	(void)state;
	assert_string_equal(told("[{\"rule\":\"B-1\"}]", NULL, LANGUAGE_DUTCH), "");
	assert_string_equal(told("[{\"rule\":\"B-1\"}]", "{}", LANGUAGE_DUTCH), "");
	assert_string_equal(told("[{\"rule\":\"B-1\"}]", "[{\"rule\":\"S-002\",\"line\":null}]",
				    LANGUAGE_DUTCH),
		"");
}

static void what_it_is_called_plays_no_tricks(void **state)
{
	(void)state;
	const char *text = told("[{\"rule\":\"B\\u001b\\u202e\"}]", "[]", LANGUAGE_DUTCH);
	assert_null(strchr(text, '\x1b'));
	assert_null(strstr(text, "\xe2\x80\xae"));
}

static void machines_get_a_list(void **state)
{
	struct json_error where;
	const struct json *findings =
		json_parse(arena, STR("[{\"rule\":\"B-1\",\"explained\":true}]"), 10, &where);
	(void)state;
	told("[{\"rule\":\"B-1\"},{\"rule\":\"B-2\",\"line\":3},{\"rule\":\"B-3\"}]", NULL,
		LANGUAGE_DUTCH);
	struct json_writer writer = json_writer_on(&out);
	json_open_object(&writer, NULL);
	stray_write(&writer, &header, findings);
	json_close_object(&writer);
	assert_string_equal(out.data, "{\"stray_explanations\":[{\"rule\":\"B-2\",\"line\":3},"
				      "{\"rule\":\"B-3\"}]}");
	told("[{\"rule\":\"B-1\"}]", NULL, LANGUAGE_DUTCH);
	writer = json_writer_on(&out);
	json_open_object(&writer, NULL);
	stray_write(&writer, &header, findings);
	json_close_object(&writer);
	assert_string_equal(out.data, "{}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_explanation_of_nothing_is_told),
		TEST(one_that_explains_something_is_not),
		TEST(a_warning_that_stays_open_was_not_explained),
		TEST(without_a_judgement_nothing_is_said),
		TEST(what_it_is_called_plays_no_tricks),
		TEST(machines_get_a_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
