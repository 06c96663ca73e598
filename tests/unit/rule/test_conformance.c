/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The public conformance tests of CEL, where they are at hand: whatever the profile accepts means
 * what CEL says. What it refuses is counted, not judged.
 */
#include "base/file.h"
#include "base/json.h"
#include "base/json_write.h"
#include "rule/lex.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 4 << 20, JSON_VALUES_MAX = 5000, TEXT_MAX = 16 * 1024 };

static const char path[] = "../shared/cel/conformance.jsonl";

/* A typed value of the suite as the language writes it; false for types outside the profile. */
static bool write_typed(struct buf *out, const struct json *typed)
{
	const struct json *value = typed->first;
	if (value == NULL)
		return false;
	if (str_is(value->key, "int"))
		buf_add_str(out, value->text);
	else if (str_is(value->key, "bool"))
		buf_add_text(out, value->is_true ? "true" : "false");
	else if (str_is(value->key, "string"))
		buf_format(out, "'%.*s'", STR_ARG(value->text));
	else if (!str_is(value->key, "list"))
		return false;
	if (!str_is(value->key, "list"))
		return true;
	buf_add_char(out, '[');
	for (const struct json *item = value->first; item != NULL; item = item->next) {
		if (!write_typed(out, item))
			return false;
		buf_add_text(out, item->next != NULL ? ", " : "");
	}
	buf_add_char(out, ']');
	return true;
}

/* The same as JSON, for variables. */
static bool write_json(struct json_writer *writer, const char *name, const struct json *typed)
{
	const struct json *value = typed->first;
	if (value == NULL)
		return false;
	if (str_is(value->key, "int"))
		json_write_raw(writer, name, value->text);
	else if (str_is(value->key, "bool"))
		json_write_bool(writer, name, value->is_true);
	else if (str_is(value->key, "string"))
		json_write_str(writer, name, value->text);
	else if (!str_is(value->key, "list"))
		return false;
	if (!str_is(value->key, "list"))
		return true;
	json_open_array(writer, name);
	for (const struct json *item = value->first; item != NULL; item = item->next) {
		if (!write_json(writer, NULL, item))
			return false;
	}
	json_close_array(writer);
	return true;
}

static bool write_variables(struct arena *arena, struct buf *out, const struct json *bindings)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	for (const struct json *binding = bindings->first; binding != NULL;
		binding = binding->next) {
		if (!write_json(&writer, arena_string(arena, binding->key), binding))
			return false;
	}
	json_close_object(&writer);
	return true;
}

/* A literal with a point is a decimal here, and a double there: the one deliberate difference. */
static bool has_point(struct arena *arena, struct str expression)
{
	struct problems problems;
	struct token token = {.kind = TOKEN_COMMA};
	problems_init(&problems, arena);
	struct lexer lexer = {.arena = arena, .problems = &problems, .text = expression};
	while (token.kind != TOKEN_END && token.kind != TOKEN_DECIMAL) {
		if (!lex_next(&lexer, &token))
			return false;
	}
	return token.kind == TOKEN_DECIMAL;
}

struct tally {
	size_t right, refused, outside, wrong;
};

static void judge(
	struct tally *tally, const struct json *test, const char *found, const char *expected)
{
	if (strncmp(found, "refused", 7) == 0) {
		tally->refused++;
		return;
	}
	const struct json *expect = json_member(test, "expect");
	bool is_error = json_member(expect, "error") != NULL;
	if (is_error ? strncmp(found, "error: ", 7) == 0 : strcmp(found, expected) == 0) {
		tally->right++;
		return;
	}
	tally->wrong++;
	print_error("%.*s: %s, expected %s\n", STR_ARG(json_member_text(test, "expr")), found,
		is_error ? "an error" : expected);
}

static void run_case(struct tally *tally, struct str line)
{
	static char expected[TEXT_MAX], variables[TEXT_MAX];
	struct arena *arena = arena_new(16 << 20);
	struct json_error error;
	struct buf out;
	const struct json *test = json_parse(arena, line, JSON_VALUES_MAX, &error);
	assert_non_null(test);
	const struct json *expect = json_member(test, "expect");
	buf_init(&out, TEXT_MAX);
	bool is_inside = expect->type == JSON_OBJECT && !json_member(test, "check_only")->is_true &&
			 (json_member(expect, "error") != NULL || write_typed(&out, expect));
	snprintf(expected, sizeof(expected), "%.*s", STR_ARG(buf_str(&out)));
	buf_reset(&out);
	is_inside = is_inside && json_member_text(test, "container").length == 0 &&
		    write_variables(arena, &out, json_member(test, "bindings"));
	snprintf(variables, sizeof(variables), "%.*s", STR_ARG(buf_str(&out)));
	buf_free(&out);
	if (is_inside && !has_point(arena, json_member_text(test, "expr")))
		judge(tally, test,
			outcome_with(
				arena_string(arena, json_member_text(test, "expr")), variables),
			expected);
	else
		tally->outside++;
	arena_free(&arena);
}

#define CASE(expr, bindings, expect)                                                               \
	"{\"expr\":\"" expr "\",\"container\":\"\",\"check_only\":false,\"bindings\":" bindings    \
	",\"expect\":" expect "}"

static void a_case_is_right_refused_or_outside(void **state)
{
	(void)state;
	struct tally tally = {0, 0, 0, 0};
	run_case(&tally, STR(CASE("1 + x", "{\"x\":{\"int\":\"2\"}}", "{\"int\":\"3\"}")));
	run_case(&tally, STR(CASE("['a'] + x", "{\"x\":{\"list\":[{\"string\":\"b\"}]}}",
				 "{\"list\":[{\"string\":\"a\"},{\"string\":\"b\"}]}")));
	run_case(&tally, STR(CASE("!x", "{\"x\":{\"bool\":true}}", "{\"bool\":false}")));
	run_case(&tally, STR(CASE("1 / 0", "{}", "{\"error\":\"any\"}")));
	assert_int_equal(tally.right, 4);
	run_case(&tally, STR(CASE("1u", "{}", "{\"error\":\"any\"}")));
	assert_int_equal(tally.refused, 1);
	run_case(&tally, STR(CASE("1.5", "{}", "{\"double\":\"1.5\"}")));
	run_case(&tally, STR(CASE("x == 1.5", "{\"x\":{\"int\":\"2\"}}", "{\"bool\":false}")));
	run_case(&tally, STR(CASE("x", "{\"x\":{\"uint\":\"2\"}}", "{\"int\":\"2\"}")));
	assert_int_equal(tally.outside, 3);
	assert_int_equal(tally.wrong, 0);
}

static void what_is_accepted_means_what_cel_says(void **state)
{
	(void)state;
	if (access(path, R_OK) != 0) {
		print_message("skipped: %s is not here\n", path);
		skip();
	}
	struct arena *arena = arena_new(8 << 20);
	struct error err = {.is_set = false};
	struct tally tally = {0, 0, 0, 0};
	struct str text, line;
	assert_true(file_read(arena, path, FILE_MAX, &text, &err));
	while (str_split(&text, '\n', &line)) {
		if (line.length > 0)
			run_case(&tally, line);
	}
	print_message("%zu right, %zu refused, %zu outside, %zu wrong\n", tally.right,
		tally.refused, tally.outside, tally.wrong);
	assert_true(tally.right > 300);
	assert_int_equal(tally.wrong, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_is_right_refused_or_outside),
		cmocka_unit_test(what_is_accepted_means_what_cel_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
