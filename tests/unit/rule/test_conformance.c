/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The public conformance tests of CEL, where they are at hand: whatever loads means what CEL says,
 * and only what the profile leaves out is refused. And that the runner itself would notice.
 */
#include "cel/parse.h"
#include "tests/support/loosen.h"
#include "tests/support/suite.h"
#include "tests/support/syntax.h"
#include "tests/support/unit.h"

#include <string.h>

enum { JSON_VALUES_MAX = 500 };

/* A test with an expression, its bindings and what it expects, and further members. */
#define CASE_WITH(expr, bindings, expect, more)                                                    \
	"{\"expr\":\"" expr "\",\"bindings\":" bindings ",\"expect\":" expect ",\"type_env\":"     \
	"[],\"check_only\":false," more "}"
#define CHECKED "\"disable_check\":false"
#define CASE(expr, bindings, expect) CASE_WITH(expr, bindings, expect, CHECKED)
#define REFERENCE(type, tree) "{\"type\":\"" type "\",\"checked_ast\":\"" tree "\",\"error\":null}"
#define REFERENCE_ERROR(error) "{\"type\":null,\"checked_ast\":null,\"error\":\"" error "\"}"

static const struct json *parse(struct arena *arena, const char *text)
{
	struct json_error error;
	return json_parse(arena, str_of(text), JSON_VALUES_MAX, &error);
}

/* "right", "refused: uint", "wrong: 3"; and "; type differs" or the like. */
static const char *judgement(const char *test, const char *reference)
{
	static const char *const types[] = {[NOT_COMPARED] = "",
		[COMPARED_SAME] = "; type agrees",
		[COMPARED_OPEN] = "; type open",
		[COMPARED_DIFFERS] = "; type differs"};
	static char text[256];
	struct arena *arena = arena_new(16 << 20);
	struct suite_judgement judged;
	suite_judge(arena, parse(arena, test), reference != NULL ? parse(arena, reference) : NULL,
		&judged);
	bool is_refused = judged.verdict == SUITE_REFUSED, is_wrong = judged.verdict == SUITE_WRONG;
	snprintf(text, sizeof(text), "%s%s%s%s",
		is_refused ? "refused: "
		: is_wrong ? "wrong: "
			   : "right",
		is_refused ? outside_texts[judged.outside]
		: is_wrong ? judged.found
			   : "",
		types[judged.type], judged.tree == COMPARED_DIFFERS ? "; tree differs" : "");
	arena_free(&arena);
	return text;
}

static void an_answer_is_right_or_wrong(void **state)
{
	(void)state;
	assert_string_equal(
		judgement(CASE("1 + x", "{\"x\":{\"int\":\"2\"}}", "{\"int\":\"3\"}"), NULL),
		"right");
	assert_string_equal(
		judgement(CASE("1 + x", "{\"x\":{\"int\":\"2\"}}", "{\"int\":\"4\"}"), NULL),
		"wrong: 3");
	assert_string_equal(judgement(CASE("['a'] + x", "{\"x\":{\"list\":[{\"string\":\"b\"}]}}",
					      "{\"list\":[{\"string\":\"a\"},{\"string\":\"b\"}]}"),
				    NULL),
		"right");
	assert_string_equal(judgement(CASE("['a']", "{}", "{\"list\":[{\"string\":\"b\"}]}"), NULL),
		"wrong: ['a']");
	assert_string_equal(judgement(CASE("['a']", "{}", "{\"list\":[]}"), NULL), "wrong: ['a']");
	assert_string_equal(
		judgement(CASE("'a\\\\0001'", "{}", "{\"string\":\"a\\u00002\"}"), NULL),
		"wrong: 'a'");
	assert_string_equal(
		judgement(CASE("!x", "{\"x\":{\"bool\":true}}", "{\"bool\":true}"), NULL),
		"wrong: false");
}

static void an_error_is_right_where_one_is_expected(void **state)
{
	(void)state;
	assert_string_equal(judgement(CASE("1 / 0", "{}", "{\"error\":\"any\"}"), NULL), "right");
	assert_string_equal(
		judgement(CASE("1 / 1", "{}", "{\"error\":\"any\"}"), NULL), "wrong: 1");
	assert_string_equal(judgement(CASE("1 / 0", "{}", "{\"int\":\"0\"}"), NULL),
		"wrong: error: division by zero");
}

static void only_what_needs_something_outside_may_be_refused(void **state)
{
	(void)state;
	assert_string_equal(judgement(CASE("1u", "{}", "{\"uint\":\"1\"}"), NULL), "refused: uint");
	assert_string_equal(
		judgement(CASE("x", "{\"x\":{\"uint\":\"1\"}}", "{\"int\":\"1\"}"), NULL),
		"refused: uint");
	assert_string_equal(
		judgement(CASE("x", "{\"a.x\":{\"int\":\"1\"}}", "{\"int\":\"1\"}"), NULL),
		"refused: containers: names with points in them");
	assert_string_equal(judgement(CASE("x", "{}", "{\"int\":\"1\"}"), NULL),
		"wrong: refused at 0: unknown name 'x'");
	assert_string_equal(judgement(CASE("'a'.upper()", "{}", "{\"string\":\"A\"}"), NULL),
		"wrong: refused at 4: unknown function upper()");
}

static void a_literal_with_a_point_counts_as_refused(void **state)
{
	(void)state;
	static const char refused[] = "refused: double (a literal with a point is a decimal here)";
	assert_string_equal(judgement(CASE("1.5", "{}", "{\"double\":\"1.5\"}"), NULL), refused);
	assert_string_equal(judgement(CASE("1.5 == 1", "{}", "{\"bool\":false}"), NULL), refused);
}

static void what_the_reference_refuses_too_is_right_if_it_expects_an_error(void **state)
{
	(void)state;
	static const char reference[] = REFERENCE_ERROR("no overload");
	assert_string_equal(judgement(CASE("!0", "{}", "{\"error\":\"any\"}"), reference), "right");
	assert_string_equal(judgement(CASE("true || 1", "{}", "{\"bool\":true}"), reference),
		"wrong: refused at 8: || takes a bool, this is int");
	assert_string_equal(
		judgement(CASE_WITH("true || 1", "{}", "{\"bool\":true}", "\"disable_check\":true"),
			reference),
		"refused: dyn: types found out while running, lists of mixed types");
}

static void types_and_trees_are_those_of_the_reference(void **state)
{
	(void)state;
	assert_string_equal(
		judgement(CASE("1", "{}", "{\"int\":\"1\"}"), REFERENCE("int", "1~int")),
		"right; type agrees");
	assert_string_equal(
		judgement(CASE("1", "{}", "{\"int\":\"1\"}"), REFERENCE("string", "1~string")),
		"right; type differs");
	assert_string_equal(
		judgement(CASE("[]", "{}", "{\"list\":[]}"), REFERENCE("list(int)", "")),
		"right; type open");
	assert_string_equal(
		judgement(CASE("1", "{}", "{\"int\":\"1\"}"), REFERENCE("dyn", "1~dyn")), "right");
	assert_string_equal(judgement(CASE("1", "{}", "{\"int\":\"1\"}"), REFERENCE_ERROR("none")),
		"right; type differs");
	assert_string_equal(judgement(CASE("1", "{}", "{\"int\":\"1\"}"),
				    "{\"ast\":\"x^#Ident#\",\"type\":\"int\",\"error\":null}"),
		"right; type agrees; tree differs");
	assert_string_equal(
		judgement("{\"expr\":\"[1]\",\"bindings\":{},\"expect\":null,\"type_env\":[],"
			  "\"check_only\":true,\"disable_check\":false,\"expect_type\":\"list(int)"
			  "\"}",
			NULL),
		"right");
	assert_string_equal(
		judgement("{\"expr\":\"[1]\",\"bindings\":{},\"expect\":null,\"type_env\":[],"
			  "\"check_only\":true,\"disable_check\":false,\"expect_type\":\"int\"}",
			NULL),
		"wrong: [1]");
}

static void literals_become_variables_of_the_same_value(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct variables variables, loose;
	struct expression_result result;
	variables_read(arena, "{\"x\": 3}", &variables);
	struct str text =
		loosen(arena, STR("0x1 - 2 < x && true ? 'a\\n' : '1'"), &variables, &loose);
	assert_string_equal(arena_string(arena, text),
		"literal_1 - 2 < x && literal_2 ? literal_3 : literal_4");
	expression_run(arena, text, &loose, &result);
	assert_string_equal(value_outcome(arena, result.type, &result.value), "'a\n'");
	arena_free(&arena);
}

static void trees_are_written_as_the_reference_writes_them(void **state)
{
	(void)state;
	static const struct {
		const char *expression, *tree;
	} cases[] = {
		{"1 + 2 * -x == 3 - 4 - 5", "_==_(_+_(1,_*_(2,-_(x))),_-_(_-_(3,4),5))"},
		{"a && b && c && d || e", "_||_(_&&_(_&&_(a,b),_&&_(c,d)),e)"},
		{"!!a && !!!b", "_&&_(a,!_(b))"},
		{"has(a.b) ? .c[0] : d.e('x', [true,])",
			"_?_:_(a.b~test-only~,_[_](.c,0),d.e(\"\",[true]))"},
		{"size('a') in [1]", "@in(size(\"\"),[1])"},
		{"[1].all(x, x)", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new(1 << 20);
		struct problems problems;
		problems_init(&problems, arena);
		const char *tree = syntax_of(
			arena, parse_expression(arena, str_of(cases[i].expression), &problems));
		if (cases[i].tree == NULL)
			assert_null(tree);
		else
			assert_string_equal(tree, cases[i].tree);
		arena_free(&arena);
	}
	struct arena *arena = arena_new(1 << 20);
	assert_string_equal(
		syntax_of_reference(
			arena, STR("_+_(\n  \"a\\\"#^\"^#*expr.Constant#,\n  x^#I#.b^#S#\n)^#C#")),
		"_+_(\"\",x.b)");
	arena_free(&arena);
}

static void words_tell_what_is_outside(void **state)
{
	(void)state;
	static const struct {
		const char *expression;
		enum outside outside;
	} cases[] = {
		{"0x1f + 12 - -3 * 'u' in ['1u', r'\\']", INSIDE},
		{"a.b.map(x, x.y > 1, x.z).all(e, e in [1]) ? \"{\" : '''`'''", INSIDE},
		{"math.greatest(1, 2) + size('a') // 1u {", INSIDE},
		{"has(a.int) && a.dyn == a.null && true ? .x : .y", INSIDE},
		{"f_unknown(17) + unknown.trimmed()", INSIDE},
		{"1.5", OUTSIDE_DOUBLE},
		{"[.5]", OUTSIDE_DOUBLE},
		{"1e3", OUTSIDE_DOUBLE},
		{"0x1eu", OUTSIDE_UINT},
		{"7U", OUTSIDE_UINT},
		{"x == bR'a'", OUTSIDE_BYTES},
		{"a == null", OUTSIDE_NULL},
		{"1 in {1: 2}", OUTSIDE_MAP},
		{"p.Name{a: 1}", OUTSIDE_PROTO},
		{"TestAllTypes.NestedEnum(2)", OUTSIDE_PROTO},
		{"google.protobuf.x", OUTSIDE_PROTO},
		{"x.getFullYear()", OUTSIDE_TIME},
		{"dyn(1)", OUTSIDE_DYN},
		{"type(1)", OUTSIDE_TYPE},
		{"x == int", OUTSIDE_TYPE},
		{"'a'.trim()", OUTSIDE_STRINGS},
		{"math . sign(1)", INSIDE},
		{"math.sign(1)", OUTSIDE_MATH},
		{"optional.none()", OUTSIDE_OPTIONALS},
		{"a.?b", OUTSIDE_OPTIONALS},
		{"a[?0]", OUTSIDE_OPTIONALS},
		{"[1].all(i, v, v > size('a,b'))", OUTSIDE_TWO_VARIABLES},
		{"[1].all(v, v in [1, 2])", INSIDE},
		{"a.`b-c`", OUTSIDE_QUOTED},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (outside_by_words(str_of(cases[i].expression)) != cases[i].outside)
			fail_msg("%s", cases[i].expression);
	}
}

static void types_tell_what_is_outside(void **state)
{
	(void)state;
	assert_int_equal(outside_by_type(STR("list(list(string))")), INSIDE);
	assert_int_equal(outside_by_type(STR("map(string, int)")), OUTSIDE_MAP);
	assert_int_equal(outside_by_type(STR("list(uint)")), OUTSIDE_UINT);
	assert_int_equal(
		outside_by_tree(STR("_+_(\n  \"~uint\"~string,\n  x~string^x\n)~string")), INSIDE);
	assert_int_equal(outside_by_tree(STR("\"a\"~string.size()~int^string_size")), INSIDE);
	assert_int_equal(outside_by_tree(STR("_[_](\n  x~list(map(int, int))^x")), OUTSIDE_MAP);
	assert_int_equal(outside_by_tree(STR("x~google.protobuf.Any^x")), OUTSIDE_PROTO);
	assert_int_equal(outside_by_tree(STR("[]~list(dyn)")), INSIDE);
	assert_int_equal(outside_by_tree(STR("[\n  []~list(dyn)\n]~list(list(dyn))")), INSIDE);
	assert_int_equal(
		outside_by_tree(STR("[\n  1~int,\n  \"a\"~string\n]~list(dyn)")), OUTSIDE_DYN);
	assert_int_equal(outside_by_tree(STR("f(\n  1~int\n)~dyn^to_dyn")), OUTSIDE_DYN);
}

static void what_is_accepted_means_what_cel_says(void **state)
{
	(void)state;
	struct suite_tally tally;
	struct error err = {.is_set = false};
	if (!suite_is_here()) {
		print_message("skipped: ../shared/cel is not here\n");
		skip();
	}
	assert_true(suite_run(stderr, &tally, &err));
	assert_true(tally.right > 400);
	assert_true(tally.types[COMPARED_SAME] > 400);
	assert_true(tally.trees[COMPARED_SAME] > 400);
	assert_true(suite_is_good(&tally));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_right_or_wrong),
		cmocka_unit_test(an_error_is_right_where_one_is_expected),
		cmocka_unit_test(only_what_needs_something_outside_may_be_refused),
		cmocka_unit_test(a_literal_with_a_point_counts_as_refused),
		cmocka_unit_test(what_the_reference_refuses_too_is_right_if_it_expects_an_error),
		cmocka_unit_test(types_and_trees_are_those_of_the_reference),
		cmocka_unit_test(literals_become_variables_of_the_same_value),
		cmocka_unit_test(trees_are_written_as_the_reference_writes_them),
		cmocka_unit_test(words_tell_what_is_outside),
		cmocka_unit_test(types_tell_what_is_outside),
		cmocka_unit_test(what_is_accepted_means_what_cel_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
