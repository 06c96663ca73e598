/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json.h"

#include "base/buf.h"
#include "tests/support/unit.h"

#include <string.h>

enum { VALUE_MAX = 1000 };

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* The text stays in place, since trees borrow from it. */
static const struct json *parse(const char *text)
{
	struct json_error err = {0};
	const struct json *root = json_parse(arena, str_of(text), VALUE_MAX, &err);
	if (root == NULL)
		fail_msg("%s: %u:%u: %s", text, err.line, err.column, err.reason);
	return root;
}

static void assert_refused(struct str text, uint32_t line, uint32_t column, const char *reason)
{
	struct json_error err = {0};
	const struct json *root = json_parse(arena, text, VALUE_MAX, &err);
	if (root != NULL)
		fail_msg("\"%.*s\" was taken", STR_ARG(text));
	if (err.line != line || err.column != column || strcmp(err.reason, reason) != 0)
		fail_msg("\"%.*s\": %u:%u: %s", STR_ARG(text), err.line, err.column, err.reason);
}

static void words_are_values(void **state)
{
	(void)state;
	assert_int_equal(parse("null")->type, JSON_NULL);
	assert_int_equal(parse("true")->type, JSON_BOOL);
	assert_true(parse("true")->is_true);
	assert_int_equal(parse(" false ")->type, JSON_BOOL);
	assert_false(parse("false")->is_true);
}

static void numbers_keep_their_own_text(void **state)
{
	(void)state;
	static const char *const numbers[] = {"0", "-0", "7", "-451", "12500.00", "0.1", "1e5",
		"1E+5", "1.5e-300", "-0.0e0", "123456789012345678901234567890.123456789"};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const struct json *number = parse(numbers[i]);
		assert_int_equal(number->type, JSON_NUMBER);
		assert_true(str_is(number->text, numbers[i]));
	}
}

static void strings_are_decoded(void **state)
{
	(void)state;
	const struct json *string = parse("\"caf\xc3\xa9 \\u00e9\\n\"");
	assert_int_equal(string->type, JSON_STRING);
	assert_true(str_is(string->text, "caf\xc3\xa9 \xc3\xa9\n"));
}

static void a_string_without_escapes_is_borrowed(void **state)
{
	(void)state;
	const char *text = "\"besteed\"";
	assert_ptr_equal(parse(text)->text.data, text + 1);
}

static void arrays_list_their_elements_in_order(void **state)
{
	(void)state;
	const struct json *array = parse("[1, \"two\", [], {}]");
	assert_int_equal(array->type, JSON_ARRAY);
	assert_int_equal(array->count, 4);
	const struct json *element = array->first;
	assert_true(str_is(element->text, "1"));
	element = element->next;
	assert_true(str_is(element->text, "two"));
	element = element->next;
	assert_int_equal(element->type, JSON_ARRAY);
	assert_int_equal(element->count, 0);
	assert_null(element->first);
	element = element->next;
	assert_int_equal(element->type, JSON_OBJECT);
	assert_null(element->next);
}

static void objects_list_their_members_in_order(void **state)
{
	(void)state;
	const struct json *object = parse("{ \"b\" : 1 , \"a\\u0062\" : [2] }");
	assert_int_equal(object->type, JSON_OBJECT);
	assert_int_equal(object->count, 2);
	assert_true(str_is(object->first->key, "b"));
	assert_true(str_is(object->first->next->key, "ab"));
	assert_int_equal(object->first->next->type, JSON_ARRAY);
	assert_null(object->first->next->next);
}

static void values_know_where_they_stand(void **state)
{
	(void)state;
	const char *text = "\n{\"a\": [10 , \"b\\n\"] , \"c\":-1.5\t}\n";
	const struct json *object = parse(text);
	assert_int_equal(object->offset, 1);
	assert_int_equal(object->length, strlen(text) - 2);
	const struct json *array = json_member(object, "a");
	assert_true(str_is(str_slice(str_of(text), array->offset, array->offset + array->length),
		"[10 , \"b\\n\"]"));
	const struct json *string = array->first->next;
	assert_memory_equal(text + string->offset, "\"b\\n\"", string->length);
	const struct json *number = json_member(object, "c");
	assert_memory_equal(text + number->offset, "-1.5\t", number->length + 1);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line;
		uint32_t column;
		const char *reason;
	} cases[] = {
		{"", 1, 1, "expected a value"},
		{" \n ", 2, 2, "expected a value"},
		{"nul", 1, 1, "expected a value"},
		{"True", 1, 1, "expected a value"},
		{"NaN", 1, 1, "expected a value"},
		{"'a'", 1, 1, "expected a value"},
		{"nullx", 1, 5, "expected the end of the text"},
		{"1 2", 1, 3, "expected the end of the text"},
		{"01", 1, 2, "expected the end of the text"},
		{"{} // comment", 1, 4, "expected the end of the text"},
		{"+1", 1, 1, "expected a value"},
		{".5", 1, 1, "expected a value"},
		{"-", 1, 2, "expected a digit"},
		{"-a", 1, 2, "expected a digit"},
		{"1.", 1, 3, "expected a digit"},
		{"1.e5", 1, 3, "expected a digit"},
		{"1e", 1, 3, "expected a digit"},
		{"1e+", 1, 4, "expected a digit"},
		{"1e-x", 1, 4, "expected a digit"},
		{"[", 1, 2, "expected a value"},
		{"[1", 1, 3, "expected ',' or ']'"},
		{"[1,]", 1, 4, "expected a value"},
		{"[1 2]", 1, 4, "expected ',' or ']'"},
		{"[1}", 1, 3, "expected ',' or ']'"},
		{"{", 1, 2, "expected a name in quotes"},
		{"{a: 1}", 1, 2, "expected a name in quotes"},
		{"{\"a\"", 1, 5, "expected ':'"},
		{"{\"a\" 1}", 1, 6, "expected ':'"},
		{"{\"a\":}", 1, 6, "expected a value"},
		{"{\"a\":1,}", 1, 8, "expected a name in quotes"},
		{"{\"a\":1\n \"b\":2}", 2, 2, "expected ',' or '}'"},
		{"{\"a\":1", 1, 7, "expected ',' or '}'"},
		{"{\"a", 1, 4, "a string without its closing '\"'"},
		{"[\"\xc3\xa9\xc3\xa9\", x]", 1, 8, "expected a value"},
		{"[1,\r\n2,\r\nx]", 3, 1, "expected a value"},
		{"\v1", 1, 1, "expected a value"},
		{"\xc2\xa0"
		 "1",
			1, 1, "expected a value"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_refused(
			str_of(cases[i].text), cases[i].line, cases[i].column, cases[i].reason);
	assert_refused(STR("1\0"), 1, 2, "expected the end of the text");
	assert_refused((struct str){0}, 1, 1, "expected a value");
}

static void a_byte_order_mark_is_refused_by_name(void **state)
{
	(void)state;
	assert_refused(STR("\xef\xbb\xbf{}"), 1, 1,
		"a byte order mark: the text must begin with its first value");
}

static void nesting_is_bounded(void **state)
{
	(void)state;
	char text[2 * JSON_DEPTH_MAX + 3];
	memset(text, '[', JSON_DEPTH_MAX);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	text[2 * JSON_DEPTH_MAX] = '\0';
	parse(text);

	memset(text, '[', JSON_DEPTH_MAX + 1);
	assert_refused(
		(struct str){text, sizeof(text) - 1}, 1, JSON_DEPTH_MAX + 1, "nested too deeply");

	/* Depth is what is open at once, not what there was in all. */
	char row[4 * JSON_DEPTH_MAX + 16] = "[";
	for (int i = 0; i < JSON_DEPTH_MAX + 2; i++)
		strncat(row, i == 0 ? "[]" : ",[]", 3);
	strncat(row, "]", 2);
	parse(row);
}

static void values_are_counted(void **state)
{
	(void)state;
	struct json_error err = {0};
	assert_non_null(json_parse(arena, STR("[1,2,{\"a\":3}]"), 5, &err));
	assert_null(json_parse(arena, STR("[1,2,{\"a\":3}]"), 4, &err));
	assert_string_equal(err.reason, "too many values");
	assert_null(json_parse(arena, STR("[1,2,3]"), 3, &err));
	assert_int_equal(err.column, 6);
	assert_null(json_parse(arena, STR("1"), 0, &err));
}

static void repeated_keys_are_marked_from_the_second_on(void **state)
{
	(void)state;
	const struct json *object = parse("{\"a\":1,\"b\":2,\"\\u0061\":3,\"a\":4,\"A\":5}");
	static const bool expected[] = {false, false, true, true, false};
	const struct json *member = object->first;
	for (size_t i = 0; i < 5; i++, member = member->next)
		assert_int_equal(member->is_repeated, expected[i]);
	assert_true(str_is(json_member(object, "a")->text, "1"));

	/* The same key in another object is another key. */
	const struct json *outer = parse("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}");
	assert_false(json_member(json_member(outer, "a"), "a")->is_repeated);
	assert_false(json_member(outer, "b")->first->next->first->is_repeated);
}

static void flaws_of_keys_and_strings_are_marked_on_their_value(void **state)
{
	(void)state;
	const struct json *object =
		parse("{\"a\\u0000\":1,\"b\":\"\\u0000\",\"c\":\"\\ud800\","
		      "\"\\udc00\":1,\"e\":[\"\\u0000\"],\"f\":\"\\ud83d\\ude00\"}");
	const struct json *member = object->first;
	assert_true(member->has_nul);
	assert_int_equal(member->key.length, 2);
	member = member->next;
	assert_true(member->has_nul && !member->has_surrogate);
	member = member->next;
	assert_true(member->has_surrogate && !member->has_nul);
	assert_true(str_is(member->text, "\xef\xbf\xbd"));
	member = member->next;
	assert_true(member->has_surrogate);
	member = member->next;
	assert_false(member->has_nul);
	assert_true(member->first->has_nul);
	member = member->next;
	assert_false(member->has_surrogate);
	assert_true(str_is(member->text, "\xf0\x9f\x98\x80"));
}

static void members_are_looked_up(void **state)
{
	(void)state;
	const struct json *object = parse("{\"name\":\"x\",\"n\":-5,\"big\":9223372036854775808,"
					  "\"frac\":1.0,\"exp\":1e2,\"text\":\"7\"}");
	assert_true(str_is(json_member_text(object, "name"), "x"));
	assert_int_equal(json_member_text(object, "n").length, 0);
	assert_int_equal(json_member_text(object, "absent").length, 0);
	assert_null(json_member(object, "absent"));
	assert_null(json_member(object->first, "name"));
	assert_null(json_member(NULL, "name"));

	int64_t value = 1;
	assert_true(json_member_int(object, "n", &value));
	assert_int_equal(value, -5);
	static const char *const others[] = {"big", "frac", "exp", "text", "name", "absent"};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(json_member_int(object, others[i], &value));
	assert_int_equal(value, -5);
	assert_false(json_int(NULL, &value));
}

/* The two ways to make the parser spend most for least: many members, short escaped strings. */
static void assert_suffices(const char *value, int count)
{
	struct buf text;
	buf_init(&text, 1 << 20);
	for (int i = 0; i < count; i++) {
		buf_add_char(&text, i == 0 ? '{' : ',');
		buf_add_text(&text, "\"\\n");
		buf_format(&text, "%x\":", (unsigned)i);
		buf_add_text(&text, value);
	}
	buf_add_char(&text, '}');
	assert_false(text.has_failed);

	size_t values = (size_t)count + 1;
	struct arena *small = arena_new(values * JSON_VALUE_COST + text.length);
	struct json_error err;
	const struct json *object = json_parse(small, buf_str(&text), values, &err);
	assert_non_null(object);
	assert_int_equal(object->count, count);
	arena_free(&small);
	buf_free(&text);
}

static void the_arena_pays_no_more_than_is_declared(void **state)
{
	(void)state;
	/* 3/4 of a power of two and one more is where the set of keys has just doubled. */
	static const int counts[] = {1, 16, 17, 48, 49, 3072, 3073, 24576, 24577, 30000};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		assert_suffices("0", counts[i]);
		assert_suffices("\"\\n\"", counts[i]);
		assert_suffices("\"\\nabcdefghijklmn\"", counts[i]);
	}
}

#define JSON_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		JSON_TEST(words_are_values),
		JSON_TEST(numbers_keep_their_own_text),
		JSON_TEST(strings_are_decoded),
		JSON_TEST(a_string_without_escapes_is_borrowed),
		JSON_TEST(arrays_list_their_elements_in_order),
		JSON_TEST(objects_list_their_members_in_order),
		JSON_TEST(values_know_where_they_stand),
		JSON_TEST(what_is_not_json_is_refused_with_its_place),
		JSON_TEST(a_byte_order_mark_is_refused_by_name),
		JSON_TEST(nesting_is_bounded),
		JSON_TEST(values_are_counted),
		JSON_TEST(repeated_keys_are_marked_from_the_second_on),
		JSON_TEST(flaws_of_keys_and_strings_are_marked_on_their_value),
		JSON_TEST(members_are_looked_up),
		JSON_TEST(the_arena_pays_no_more_than_is_declared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
