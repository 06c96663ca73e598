/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/answer.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

static const struct address nobody = {.route = {.size = 4, .bytes = "gone"}};

static void an_answer_to_nobody_is_counted_and_forgotten(void **state)
{
	struct house *house = *state;
	house_open(house);
	answer(&house->service, &nobody, REPLY_PONG, STR("{}"));
	assert_int_equal(house->service.metrics.unreached, 1);
}

static void refusals_are_counted_by_code_and_carry_their_detail(void **state)
{
	struct house *house = *state;
	house_open(house);
	answer_refused(&house->service, &nobody, REFUSAL_CONFLICT, STR("{\"x\":1}"));
	assert_int_equal(house->service.metrics.refusals[REFUSAL_CONFLICT], 1);
	assert_true(str_contains(buf_str(&house->service.body), STR("\"detail\":{\"x\":1}")));
	answer_refused(&house->service, &nobody, REFUSAL_CONFLICT, STR(""));
	assert_int_equal(house->service.metrics.refusals[REFUSAL_CONFLICT], 2);
	assert_false(str_contains(buf_str(&house->service.body), STR("detail")));
}

static void retries_are_counted_by_code(void **state)
{
	struct house *house = *state;
	house_open(house);
	answer_retry(&house->service, &nobody, RETRY_STOPPING);
	assert_int_equal(house->service.metrics.retries[RETRY_STOPPING], 1);
	assert_true(str_contains(buf_str(&house->service.body), STR("\"code\":\"stopping\"")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_to_nobody_is_counted_and_forgotten),
		TEST(refusals_are_counted_by_code_and_carry_their_detail),
		TEST(retries_are_counted_by_code),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
