/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sqlstate.h"

#include "tests/support/unit.h"

static void what_others_did_is_tried_again(void **state)
{
	(void)state;
	assert_int_equal(sqlstate_remedy("40001"), REMEDY_AGAIN);
	assert_int_equal(sqlstate_remedy("40P01"), REMEDY_AGAIN);
	assert_int_equal(sqlstate_remedy("55P03"), REMEDY_AGAIN);
	assert_int_equal(sqlstate_remedy("57014"), REMEDY_AGAIN);
}

static void what_the_data_did_is_split(void **state)
{
	(void)state;
	assert_int_equal(sqlstate_remedy("23505"), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy("23503"), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy("22021"), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy("XX000"), REMEDY_SPLIT);
}

static void a_server_that_is_not_fit_is_left(void **state)
{
	(void)state;
	assert_int_equal(sqlstate_remedy("57P01"), REMEDY_RECONNECT);
	assert_int_equal(sqlstate_remedy("25006"), REMEDY_RECONNECT);
	assert_int_equal(sqlstate_remedy("53100"), REMEDY_RECONNECT);
	assert_int_equal(sqlstate_remedy("08006"), REMEDY_RECONNECT);
	assert_int_equal(sqlstate_remedy("42883"), REMEDY_RECONNECT);
}

static void what_nobody_knows_is_split(void **state)
{
	(void)state;
	assert_int_equal(sqlstate_remedy("ZZ999"), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy(""), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy("4"), REMEDY_SPLIT);
	assert_int_equal(sqlstate_remedy(0), REMEDY_SPLIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_others_did_is_tried_again),
		cmocka_unit_test(what_the_data_did_is_split),
		cmocka_unit_test(a_server_that_is_not_fit_is_left),
		cmocka_unit_test(what_nobody_knows_is_split),
	};

	return cmocka_run_group_tests_name("sqlstate", tests, NULL, NULL);
}
