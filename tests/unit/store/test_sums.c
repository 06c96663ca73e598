/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sums.h"

#include "tests/support/unit.h"

static const struct line_texts {
	const char *march, *april;
} texts = {"x\tb\t1.10\t2.00\t\nx\ta\t10.00\t0.00\tref\n",
	"x\tb\t0.05\t-2.00\t\nw\tz\t1.00\t1.00\t\n"};

static struct arena *arena;
static struct sums sums;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(1024 * 1024);
	sums_init(&sums, arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void expect(size_t at, const char *key, int64_t lines, const char *spent)
{
	char text[DECIMAL_TEXT_MAX];

	assert_true(at < sums.count);
	assert_true(str_is(sums.items[at]->total.key, key));
	assert_int_equal(sums.items[at]->lines, lines);
	decimal_format(sums.items[at]->total.spent, text);
	assert_string_equal(text, spent);
}

static void nothing_adds_up_to_nothing(void **state)
{
	(void)state;
	sums_sort(&sums);
	assert_int_equal(sums.count, 0);
}

static void lines_about_the_same_add_up(void **state)
{
	(void)state;
	sums_add(&sums, KIND_SPENDING, str_of(texts.march));
	sums_add(&sums, KIND_SPENDING, str_of(texts.april));
	sums_sort(&sums);
	assert_int_equal(sums.count, 3);
	expect(0, "w\tz", 1, "1.00");
	expect(1, "x\ta", 1, "10.00");
	expect(2, "x\tb", 2, "1.15");
	assert_int_equal(decimal_sign(sums.items[2]->total.committed), 0);
	assert_false(sum_is_zero(sums.items[2]));
}

static void what_is_taken_off_again_is_zero(void **state)
{
	(void)state;
	sums_subtract(&sums, KIND_SPENDING, str_of(texts.march));
	expect(0, "x\tb", -1, "-1.10");
	sums_add(&sums, KIND_SPENDING, str_of(texts.march));
	assert_true(sum_is_zero(sums.items[0]));
	assert_true(sum_is_zero(sums.items[1]));
}

static void counts_add_up_too(void **state)
{
	(void)state;
	sums_add(&sums, KIND_OUTREACH, STR("x\tg\t1\t2\t3\ta\tp,q\t\t\n"));
	sums_add(&sums, KIND_OUTREACH, STR("x\tg\t10\t20\t30\t\t\t\t\n"));
	assert_int_equal(sums.count, 1);
	assert_int_equal(sums.items[0]->total.people_reached, 11);
	assert_int_equal(sums.items[0]->total.contact_moments, 22);
	assert_int_equal(sums.items[0]->total.activities, 33);
	sums_subtract(&sums, KIND_OUTREACH, STR("x\tg\t11\t22\t0\t\t\t\t\n"));
	assert_int_equal(sums.items[0]->lines, 1);
	assert_int_equal(sums.items[0]->total.people_reached, 0);
	assert_false(sum_is_zero(sums.items[0]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_adds_up_to_nothing),
		TEST(lines_about_the_same_add_up),
		TEST(what_is_taken_off_again_is_zero),
		TEST(counts_add_up_too),
	};

	return cmocka_run_group_tests_name("sums", tests, NULL, NULL);
}
