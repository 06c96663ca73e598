/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/metrics.h"

#include "tests/support/unit.h"

static void only_what_happened_is_written(void **state)
{
	(void)state;
	struct metrics metrics = {.repeated = 3, .unreached = 1};
	metrics.requests[VERB_SUBMIT] = 12;
	metrics.receipts[VERDICT_ACCEPTED] = 7;
	metrics.receipts[VERDICT_REJECTED] = 2;
	metrics.refusals[REFUSAL_CONFLICT] = 4;
	metrics.retries[RETRY_BUSY] = 5;
	struct buf out;
	buf_init(&out, 1024);
	metrics_write(&metrics, &out);
	assert_string_equal(out.data, "SUBMIT 12, accepted 7, rejected 2, repeated 3, conflict 4, "
				      "busy 5, unreached 1");
	buf_free(&out);
}

static void a_quiet_life_leaves_nothing_to_tell(void **state)
{
	(void)state;
	struct metrics metrics = {0};
	struct buf out;
	buf_init(&out, 1024);
	metrics_write(&metrics, &out);
	assert_int_equal(out.length, 0);
	buf_free(&out);
}

static void receipts_are_counted_whatever_the_verdict(void **state)
{
	(void)state;
	struct metrics metrics = {.repeated = 9};
	metrics.receipts[VERDICT_ACCEPTED] = 1;
	metrics.receipts[VERDICT_ACCEPTED_WITH_WARNINGS] = 2;
	metrics.receipts[VERDICT_REJECTED] = 4;
	assert_int_equal(metrics_receipts(&metrics), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_happened_is_written),
		cmocka_unit_test(a_quiet_life_leaves_nothing_to_tell),
		cmocka_unit_test(receipts_are_counted_whatever_the_verdict),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
