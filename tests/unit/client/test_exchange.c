/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange.h"

#include "tests/unit/client/virtual_world.h"

static void nothing_to_send_needs_no_connection(void **state)
{
	(void)state;
	struct world world = world_new(1, 4);
	assert_int_equal(action(&world), EXCHANGE_DONE);
	arena_free(&world.arena);
}

static void a_report_is_sent_once_and_answered(void **state)
{
	(void)state;
	struct world world = world_new(1, 4);
	size_t found;
	size_t item = add(&world, 1, "a");
	assert_false(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	connect(&world);
	assert_int_equal(send_one(&world), item);
	assert_true(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	assert_int_equal(found, item);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_int_equal(step.until_us, world.now_us + 30 * SECOND);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	exchange_answered(world.exchange, item);
	assert_int_equal(exchange_unanswered(world.exchange), 0);
	assert_false(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	assert_int_equal(action(&world), EXCHANGE_DONE);
	arena_free(&world.arena);
}

static void no_more_than_the_window_is_under_way(void **state)
{
	(void)state;
	struct world world = world_new(1, 3);
	for (uint32_t i = 0; i < 10; i++)
		add(&world, i, "");
	connect(&world);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(send_one(&world), i);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	exchange_answered(world.exchange, 1);
	assert_int_equal(send_one(&world), 3);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	arena_free(&world.arena);
}

static void a_correction_waits_for_what_it_corrects(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "GM0001 spending");
	size_t second = add(&world, 2, "GM0001 spending");
	size_t other = add(&world, 3, "GM0002 spending");
	connect(&world);
	assert_int_equal(send_one(&world), first);
	assert_int_equal(send_one(&world), other);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	exchange_answered(world.exchange, first);
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void a_stream_whose_last_report_was_answered_does_not_wait(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "s");
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, first);
	size_t second = add(&world, 2, "s");
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void silence_means_a_new_socket_and_the_same_id(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	uint8_t id[EXCHANGE_ID_SIZE];
	size_t item = add(&world, 1, "");
	memcpy(id, exchange_id(world.exchange, item), sizeof(id));
	connect(&world);
	send_one(&world);
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_CLOSE);
	assert_int_equal(world.now_us, 1030 * SECOND);
	connect(&world);
	step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	assert_int_equal(step.item, item);
	assert_memory_equal(exchange_id(world.exchange, item), id, sizeof(id));
	arena_free(&world.arena);
}

static void what_was_under_way_on_a_lost_socket_goes_first_on_the_next(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	for (uint32_t i = 0; i < 4; i++)
		add(&world, i, "");
	connect(&world);
	send_one(&world);
	send_one(&world);
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	connect(&world);
	assert_int_equal(send_one(&world), 0);
	assert_int_equal(send_one(&world), 1);
	arena_free(&world.arena);
}

static void endpoints_take_turns(void **state)
{
	(void)state;
	struct world world = world_new(3, 2);
	add(&world, 1, "");
	for (size_t i = 0; i < 7; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_OPEN);
		assert_int_equal(step.endpoint, i % 3);
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	arena_free(&world.arena);
}

static void a_connection_that_never_comes_about_is_given_up(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	int64_t opened_us = world.now_us;
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_CLOSE);
	assert_int_equal(world.now_us, opened_us + 15 * SECOND);
	arena_free(&world.arena);
}

/* Full jitter: between nothing and a bound that doubles, up to its maximum. */
static void pauses_grow_and_are_spread(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	int64_t longest_early_us = 0;
	int64_t longest_us = 0;
	add(&world, 1, "");
	for (int i = 0; i < 200; i++) {
		int64_t before_us = world.now_us;
		assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
		int64_t pause_us = world.now_us - before_us;
		assert_true(pause_us <= 60 * SECOND);
		longest_us = pause_us > longest_us ? pause_us : longest_us;
		if (i < 3)
			longest_early_us = longest_us;
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	assert_true(longest_early_us <= 4 * SECOND);
	assert_true(longest_us > 40 * SECOND);
	arena_free(&world.arena);
}

static void an_answer_makes_the_pauses_short_again(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	size_t item = add(&world, 1, "");
	for (int i = 0; i < 20; i++) {
		assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, item);
	add(&world, 2, "");
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	int64_t before_us = world.now_us;
	connect(&world);
	assert_true(world.now_us - before_us <= SECOND);
	arena_free(&world.arena);
}

static void a_refused_key_ends_it_once_every_endpoint_has_said_so(void **state)
{
	(void)state;
	struct world world = world_new(2, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(action(&world), EXCHANGE_REFUSED);
	arena_free(&world.arena);
}

static void a_key_that_one_endpoint_knows_is_good_enough(void **state)
{
	(void)state;
	struct world world = world_new(2, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	connect(&world);
	send_one(&world);
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	arena_free(&world.arena);
}

static void a_busy_daemon_gets_its_pause_for_that_report_only(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t busy = add(&world, 1, "a");
	size_t other = add(&world, 2, "b");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, busy, EXCHANGE_DELAY_ITEM, 5 * SECOND, world.now_us);
	assert_int_equal(send_one(&world), other);
	exchange_answered(world.exchange, other);
	int64_t before_us = world.now_us;
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	assert_int_equal(step.item, busy);
	assert_true(world.now_us - before_us >= 5 * SECOND);
	arena_free(&world.arena);
}

static void a_rate_limit_holds_for_every_report(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t limited = add(&world, 1, "a");
	add(&world, 2, "b");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, limited, EXCHANGE_DELAY_ALL, 10 * SECOND, world.now_us);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_int_equal(step.until_us, world.now_us + 10 * SECOND);
	world.now_us = step.until_us;
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_stopping_daemon_is_left_for_the_next_endpoint(void **state)
{
	(void)state;
	struct world world = world_new(2, 8);
	size_t item = add(&world, 1, "a");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_MOVE, SECOND, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_OPEN);
	assert_int_equal(step.endpoint, 1);
	arena_free(&world.arena);
}

static void the_window_halves_under_load_and_grows_back(void **state)
{
	(void)state;
	struct world world = world_new(1, 64);
	for (uint32_t i = 0; i < 200; i++)
		add(&world, i, "");
	connect(&world);
	for (int i = 0; i < 10; i++) {
		size_t item = send_one(&world);
		exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ITEM, 0, world.now_us);
		world.now_us += SECOND;
	}
	assert_int_equal(exchange_window(world.exchange), 1);
	for (int i = 0; i < 100; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_SEND);
		exchange_sent(world.exchange, step.item, world.now_us);
		exchange_answered(world.exchange, step.item);
	}
	assert_int_equal(exchange_window(world.exchange), 64);
	arena_free(&world.arena);
}

static void no_daemon_can_put_a_report_off_for_years(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t item = add(&world, 1, "a");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ALL, INT64_MAX, world.now_us);
	int64_t before_us = world.now_us;
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_SEND);
	assert_true(world.now_us - before_us <= EXCHANGE_AFTER_MAX_US);
	exchange_sent(world.exchange, item, world.now_us);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ALL, -5, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_report_put_off_again_and_again_lets_its_stream_pass(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t poison = add(&world, 1, "s");
	size_t behind = add(&world, 2, "s");
	connect(&world);
	for (int i = 0; i < EXCHANGE_PATIENCE; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_SEND);
		assert_int_equal(step.item, poison);
		exchange_sent(world.exchange, poison, world.now_us);
		exchange_delayed(world.exchange, poison, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	}
	assert_int_equal(send_one(&world), behind);
	exchange_answered(world.exchange, behind);
	/* Nor does one that comes later wait for it. */
	add(&world, 3, "s");
	assert_int_equal(exchange_unanswered(world.exchange), 2);
	arena_free(&world.arena);
}

static void a_report_that_joins_a_stuck_stream_does_not_wait(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t poison = add(&world, 1, "s");
	connect(&world);
	for (int i = 0; i < EXCHANGE_PATIENCE; i++) {
		struct exchange_step step = next_after_waiting(&world);
		exchange_sent(world.exchange, step.item, world.now_us);
		exchange_delayed(world.exchange, poison, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	}
	size_t behind = add(&world, 2, "s");
	assert_int_equal(send_one(&world), behind);
	arena_free(&world.arena);
}

static void a_socket_that_takes_no_more_is_tried_again_soon(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	add(&world, 1, "");
	connect(&world);
	assert_int_equal(action(&world), EXCHANGE_SEND);
	exchange_not_sent(world.exchange, world.now_us);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_true(step.until_us - world.now_us <= SECOND);
	world.now_us = step.until_us;
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_report_that_is_given_up_lets_its_stream_go_on(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "s");
	size_t second = add(&world, 2, "s");
	connect(&world);
	exchange_drop(world.exchange, first);
	exchange_drop(world.exchange, first);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void an_answer_that_comes_twice_counts_once(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t item = add(&world, 1, "s");
	add(&world, 2, "s");
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, item);
	exchange_answered(world.exchange, item);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	arena_free(&world.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_to_send_needs_no_connection),
		cmocka_unit_test(a_report_is_sent_once_and_answered),
		cmocka_unit_test(no_more_than_the_window_is_under_way),
		cmocka_unit_test(a_correction_waits_for_what_it_corrects),
		cmocka_unit_test(a_stream_whose_last_report_was_answered_does_not_wait),
		cmocka_unit_test(silence_means_a_new_socket_and_the_same_id),
		cmocka_unit_test(what_was_under_way_on_a_lost_socket_goes_first_on_the_next),
		cmocka_unit_test(endpoints_take_turns),
		cmocka_unit_test(a_connection_that_never_comes_about_is_given_up),
		cmocka_unit_test(pauses_grow_and_are_spread),
		cmocka_unit_test(an_answer_makes_the_pauses_short_again),
		cmocka_unit_test(a_refused_key_ends_it_once_every_endpoint_has_said_so),
		cmocka_unit_test(a_key_that_one_endpoint_knows_is_good_enough),
		cmocka_unit_test(a_busy_daemon_gets_its_pause_for_that_report_only),
		cmocka_unit_test(a_rate_limit_holds_for_every_report),
		cmocka_unit_test(a_stopping_daemon_is_left_for_the_next_endpoint),
		cmocka_unit_test(the_window_halves_under_load_and_grows_back),
		cmocka_unit_test(no_daemon_can_put_a_report_off_for_years),
		cmocka_unit_test(a_report_put_off_again_and_again_lets_its_stream_pass),
		cmocka_unit_test(a_report_that_joins_a_stuck_stream_does_not_wait),
		cmocka_unit_test(a_socket_that_takes_no_more_is_tried_again_soon),
		cmocka_unit_test(a_report_that_is_given_up_lets_its_stream_go_on),
		cmocka_unit_test(an_answer_that_comes_twice_counts_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
