/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/scalar.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <stddef.h>
#include <string.h>

struct target {
	int64_t before;
	union {
		const char *text;
		bool is_true;
		int64_t number;
		struct decimal decimal;
		int choice;
	} value;
	int64_t behind;
};

static const char *const colours[] = {"rood", "wit", "blauw", NULL};

/* Binds the value of "k: <yaml>"; the struct around the field stays as it was. */
static bool bind(void **state, const char *yaml, struct bind_field field, struct target *ret_target)
{
	struct mistaken *at = *state;
	const char *text = arena_format(at->arena, "k: %s\n", yaml);
	const struct node *root = yaml_parse(at->arena, "a.yaml", str_of(text), at->mistakes);
	assert_non_null(root);
	field.key = "k";
	field.offset = offsetof(struct target, value);
	*ret_target = (struct target){.before = 1, .behind = 2};
	bool is_good = scalar_bind(root->first, &field, ret_target, at->mistakes);
	assert_int_equal(ret_target->before, 1);
	assert_int_equal(ret_target->behind, 2);
	return is_good;
}

static void refuse(void **state, const char *yaml, struct bind_field field, const char *wanted)
{
	struct mistaken *at = *state;
	at->mistakes = mistakes_new(at->arena);
	struct target target;
	assert_false(bind(state, yaml, field, &target));
	assert_string_equal(mistaken_text(at), wanted);
	assert_null(target.value.text);
}

static void only_single_values_have_a_scalar_type(void **state)
{
	(void)state;
	assert_true(scalar_has_type(BIND_TEXT));
	assert_true(scalar_has_type(BIND_CHOICE));
	assert_false(scalar_has_type(BIND_TEXTS));
	assert_false(scalar_has_type(BIND_STRUCT));
	assert_false(scalar_has_type(BIND_LIST));
	assert_false(scalar_has_type(BIND_NODE));
}

static void a_collection_is_no_scalar(void **state)
{
	struct bind_field field = {.type = BIND_INT};
	refuse(state, "[1]", field, "a.yaml:1:4: 'k' must be a single value, not a list\n");
	refuse(state, "{a: 1}", field, "a.yaml:1:4: 'k' must be a single value, not a mapping\n");
}

static void a_text_keeps_its_bytes(void **state)
{
	struct target target;
	assert_true(bind(state, "'twee woorden'", (struct bind_field){.type = BIND_TEXT}, &target));
	assert_string_equal(target.value.text, "twee woorden");
	assert_true(bind(state, "12", (struct bind_field){.type = BIND_TEXT, .max = 2}, &target));
	assert_string_equal(target.value.text, "12");
	assert_true(bind(state, "''", (struct bind_field){.type = BIND_TEXT}, &target));
	assert_string_equal(target.value.text, "");
}

static void a_text_has_a_length_within_bounds(void **state)
{
	struct bind_field field = {.type = BIND_TEXT, .min = 2, .max = 4};
	refuse(state, "''", field, "a.yaml:1:4: 'k' must not be empty\n");
	refuse(state, "a", field, "a.yaml:1:4: 'k' must have 2 to 4 bytes, not 1\n");
	refuse(state, "abcde", field, "a.yaml:1:4: 'k' must have 2 to 4 bytes, not 5\n");
}

static void a_text_without_a_maximum_tells_none(void **state)
{
	refuse(state, "a", (struct bind_field){.type = BIND_TEXT, .min = 2},
		"a.yaml:1:4: 'k' must have at least 2 bytes, not 1\n");
}

static void an_id_has_an_alphabet(void **state)
{
	struct bind_field field = {.type = BIND_ID};
	struct target target;
	assert_true(bind(state, "a-1._z", field, &target));
	assert_string_equal(target.value.text, "a-1._z");
	static const char *const bad[] = {"''", "A", "-a", ".a", "a b", "a/b", "\xc3\xa9", "_"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(bind(state, bad[i], field, &target));
	refuse(state, "De.Post", field,
		"a.yaml:1:4: 'k' must be an id: lower-case letters, digits, and '.', '_' or '-' "
		"after the first, at most 64 in all; not 'De.Post'\n");
}

static void an_id_has_at_most_64_bytes_unless_told(void **state)
{
	struct target target;
	char text[66];
	memset(text, 'a', 65);
	text[65] = '\0';
	assert_false(bind(state, text, (struct bind_field){.type = BIND_ID}, &target));
	assert_true(bind(state, text, (struct bind_field){.type = BIND_ID, .max = 65}, &target));
	assert_true(bind(state, text + 1, (struct bind_field){.type = BIND_ID}, &target));
	assert_true(bind(state, "ab", (struct bind_field){.type = BIND_ID, .min = 2}, &target));
	assert_false(bind(state, "a", (struct bind_field){.type = BIND_ID, .min = 2}, &target));
	assert_false(bind(
		state, text, (struct bind_field){.type = BIND_ID, .min = 66, .max = 70}, &target));
}

static void a_bool_is_plain_true_or_false(void **state)
{
	struct bind_field field = {.type = BIND_BOOL};
	struct target target;
	assert_true(bind(state, "true", field, &target));
	assert_true(target.value.is_true);
	assert_true(bind(state, "false", field, &target));
	assert_false(target.value.is_true);
	refuse(state, "yes", field, "a.yaml:1:4: 'k' must be true or false, not 'yes'\n");
	refuse(state, "'true'", field,
		"a.yaml:1:4: 'k' must be true or false, not 'true' in quotes\n");
}

static void an_int_lies_within_its_bounds(void **state)
{
	struct bind_field field = {.type = BIND_INT, .min = 1, .max = 12};
	struct target target;
	assert_true(bind(state, "1", field, &target));
	assert_int_equal(target.value.number, 1);
	assert_true(bind(state, "12", field, &target));
	assert_int_equal(target.value.number, 12);
	refuse(state, "0", field, "a.yaml:1:4: 'k' must be a whole number from 1 to 12, not '0'\n");
	refuse(state, "13", field,
		"a.yaml:1:4: 'k' must be a whole number from 1 to 12, not '13'\n");
	refuse(state, "1.5", field,
		"a.yaml:1:4: 'k' must be a whole number from 1 to 12, not '1.5'\n");
	refuse(state, "'3'", field,
		"a.yaml:1:4: 'k' must be a whole number from 1 to 12, not '3' in quotes\n");
}

static void an_int_without_bounds_is_not_negative(void **state)
{
	struct bind_field field = {.type = BIND_INT};
	struct target target;
	assert_true(bind(state, "9223372036854775807", field, &target));
	assert_true(target.value.number == INT64_MAX);
	refuse(state, "-1", field,
		"a.yaml:1:4: 'k' must be a whole number of at least 0, not '-1'\n");
	refuse(state, "9223372036854775808", field,
		"a.yaml:1:4: 'k' must be a whole number of at least 0, not "
		"'9223372036854775808'\n");
	field.min = INT64_MIN;
	assert_true(bind(state, "-5", field, &target));
	assert_int_equal(target.value.number, -5);
}

static void a_decimal_keeps_its_own_text(void **state)
{
	struct bind_field field = {.type = BIND_DECIMAL, .max = 100};
	struct target target;
	char text[DECIMAL_TEXT_MAX];
	assert_true(bind(state, "12.50", field, &target));
	decimal_format(target.value.decimal, text);
	assert_string_equal(text, "12.50");
	assert_true(bind(state, "'100'", field, &target));
	assert_true(bind(state, "\"0\"", field, &target));
}

static void a_decimal_lies_within_its_bounds(void **state)
{
	struct bind_field field = {.type = BIND_DECIMAL, .min = 1, .max = 100};
	static const char *const bad[] = {"0.99", "100.01", "1,5", "1e2", "-1", "x"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct mistaken *at = *state;
		const char *wanted = arena_format(at->arena,
			"a.yaml:1:4: 'k' must be a number from 1 to 100, with a point and no "
			"thousands separators, not '%s'\n",
			bad[i]);
		refuse(state, bad[i], field, wanted);
	}
	struct target target;
	assert_false(bind(state, "|\n  12", field, &target));
}

static void a_date_must_exist(void **state)
{
	struct bind_field field = {.type = BIND_DATE};
	struct target target;
	assert_true(bind(state, "2024-02-29", field, &target));
	assert_string_equal(target.value.text, "2024-02-29");
	refuse(state, "2021-02-29", field,
		"a.yaml:1:4: 'k' must be a date that exists, as in 2021-06-30, not '2021-02-29'\n");
}

static void a_period_is_a_month(void **state)
{
	struct bind_field field = {.type = BIND_PERIOD};
	struct target target;
	assert_true(bind(state, "2021-12", field, &target));
	assert_string_equal(target.value.text, "2021-12");
	static const char *const bad[] = {
		"2021-13", "2021-1", "1999-01", "2021-06-01", "juni", "''"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(bind(state, bad[i], field, &target));
	refuse(state, "2021-00", field,
		"a.yaml:1:4: 'k' must be a month, as in 2021-06, not '2021-00'\n");
}

static void a_choice_is_an_index(void **state)
{
	struct bind_field field = {.type = BIND_CHOICE, .choices = colours};
	struct target target;
	assert_true(bind(state, "blauw", field, &target));
	assert_int_equal(target.value.choice, 2);
	assert_true(bind(state, "rood", field, &target));
	assert_int_equal(target.value.choice, 0);
	refuse(state, "blaw", field,
		"a.yaml:1:4: 'k' must be one of rood, wit, blauw, not 'blaw'; did you mean "
		"'blauw'?\n");
	refuse(state, "oranje", field,
		"a.yaml:1:4: 'k' must be one of rood, wit, blauw, not 'oranje'\n");
}

static void a_long_list_of_choices_is_cut(void **state)
{
	struct mistaken *at = *state;
	const char *long_choices[40] = {NULL};
	for (size_t i = 0; i < 39; i++)
		long_choices[i] = "een-heel-lange-keuze";
	struct target target;
	assert_false(bind(state, "kort",
		(struct bind_field){.type = BIND_CHOICE, .choices = long_choices}, &target));
	assert_int_equal(mistakes_count(at->mistakes), 1);
	assert_true(strlen(mistakes_at(at->mistakes, 0)->text) < 700);
}

static void a_long_value_is_shown_in_part(void **state)
{
	struct mistaken *at = *state;
	char text[1001];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	struct target target;
	assert_false(bind(state, text, (struct bind_field){.type = BIND_INT}, &target));
	assert_true(strlen(mistakes_at(at->mistakes, 0)->text) < 200);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_single_values_have_a_scalar_type),
		TEST(a_collection_is_no_scalar),
		TEST(a_text_keeps_its_bytes),
		TEST(a_text_has_a_length_within_bounds),
		TEST(a_text_without_a_maximum_tells_none),
		TEST(an_id_has_an_alphabet),
		TEST(an_id_has_at_most_64_bytes_unless_told),
		TEST(a_bool_is_plain_true_or_false),
		TEST(an_int_lies_within_its_bounds),
		TEST(an_int_without_bounds_is_not_negative),
		TEST(a_decimal_keeps_its_own_text),
		TEST(a_decimal_lies_within_its_bounds),
		TEST(a_date_must_exist),
		TEST(a_period_is_a_month),
		TEST(a_choice_is_an_index),
		TEST(a_long_list_of_choices_is_cut),
		TEST(a_long_value_is_shown_in_part),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
