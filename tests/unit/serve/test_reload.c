/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/reload.h"

#include "base/clock.h"
#include "serve/errand.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <unistd.h>

static bool is_settled(struct house *house)
{
	return house->service.reload.candidate == NULL;
}

static void reload(struct house *house)
{
	reload_ask(&house->service);
	house_run_until(house, is_settled);
}

static void new_settings_come_in_force_when_the_database_has_them(void **state)
{
	struct house *house = *state;
	house_open(house);
	const struct settings *before = house->service.settings;
	house_submitter(house, "new", "[GM0362]", "[spending]", house->keys[1].public_text);
	assert_int_equal(unlink(unit_path(house->folder, "submitters/few.yaml")), 0);
	reload_ask(&house->service);
	assert_ptr_equal(house->service.settings, before);
	house_run_until(house, is_settled);
	/* The key belonged to another submitter before: the database does not take that. */
	assert_ptr_equal(house->service.settings, before);
	assert_int_equal(unlink(unit_path(house->folder, "submitters/new.yaml")), 0);
	reload(house);
	assert_ptr_not_equal(house->service.settings, before);
	assert_int_equal(house->service.settings->submitters->count, 1);
}

static void a_mistake_leaves_everything_as_it_was(void **state)
{
	struct house *house = *state;
	house_open(house);
	const struct settings *before = house->service.settings;
	house_write(house, "rules/test.yaml", "ruleset: steunpakket-2021\n\tnonsense\n");
	reload(house);
	assert_ptr_equal(house->service.settings, before);
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0451", "2021-06", 1, "1")),
		REPLY_RECEIPT, "accepted");
}

static void asked_again_meanwhile_it_loads_once_more(void **state)
{
	struct house *house = *state;
	house_open(house);
	reload_ask(&house->service);
	reload_advance(&house->service);
	assert_true(house->service.reload.is_asking);
	const struct settings *candidate = house->service.reload.candidate;
	reload_ask(&house->service);
	assert_true(house->service.reload.is_wanted);
	house_run_until(house, is_settled);
	assert_false(house->service.reload.is_wanted);
	assert_ptr_not_equal(house->service.settings, candidate);
}

static bool is_down(struct house *house)
{
	return !store_is_up(house->service.store);
}

static void while_the_database_is_down_new_settings_wait(void **state)
{
	struct house *house = *state;
	house_open(house);
	const struct settings *before = house->service.settings;
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_command(&house->cluster, "stop");
	house_run_until(house, is_down);
	reload_ask(&house->service);
	assert_int_equal(reload_timeout_ms(&house->service), -1);
	reload_advance(&house->service);
	assert_false(house->service.reload.is_asking);
	assert_ptr_equal(house->service.settings, before);
	cluster_command(&house->cluster, "start");
	house_run_until(house, is_settled);
	assert_ptr_not_equal(house->service.settings, before);
}

/* Puts another function in the place of the one that loads the reference data. */
static void hide_loading(struct house *house, const char *body)
{
	cluster_run(&house->cluster, "record",
		arena_format(house->arena,
			"ALTER FUNCTION steun.reference_load(text) RENAME TO reference_hidden;"
			"CREATE FUNCTION steun.reference_load(document text) RETURNS text LANGUAGE "
			"plpgsql AS 'BEGIN %s; END';"
			"GRANT EXECUTE ON FUNCTION steun.reference_load(text) TO steun_daemon",
			body));
}

static void show_loading(struct house *house)
{
	cluster_run(&house->cluster, "record",
		"DROP FUNCTION steun.reference_load(text);"
		"ALTER FUNCTION steun.reference_hidden(text) RENAME TO reference_load");
}

static bool has_answer(struct house *house)
{
	return !house->service.reload.is_asking;
}

static void a_database_that_goes_meanwhile_is_told_later(void **state)
{
	struct house *house = *state;
	house_open(house);
	const struct settings *before = house->service.settings;
	hide_loading(house, "PERFORM pg_sleep(60)");
	reload_ask(&house->service);
	reload_advance(&house->service);
	house_turn(house);
	assert_true(house->service.reload.is_asking);
	cluster_command(&house->cluster, "crash");
	house_run_until(house, has_answer);
	assert_non_null(house->service.reload.candidate);
	assert_ptr_equal(house->service.settings, before);
	cluster_command(&house->cluster, "start");
	show_loading(house);
	house_run_until(house, is_settled);
	assert_ptr_not_equal(house->service.settings, before);
}

static void what_waits_is_due_at_once_or_a_little_later(void **state)
{
	struct house *house = *state;
	house_open(house);
	assert_int_equal(reload_timeout_ms(&house->service), -1);
	reload_ask(&house->service);
	assert_int_equal(reload_timeout_ms(&house->service), 0);
	house->service.reload.again_us = clock_monotonic_us() + 1000000;
	assert_in_range(reload_timeout_ms(&house->service), 500, 1001);
	house->service.is_stopping = true;
	assert_int_equal(reload_timeout_ms(&house->service), -1);
	reload_advance(&house->service);
	assert_false(house->service.reload.is_asking);
}

static void open_refused(struct house *house)
{
	struct buf complaints;
	struct error err = {0};
	hide_loading(house, "RAISE EXCEPTION ''not today''");
	buf_init(&complaints, 65536);
	struct settings *settings = settings_load(house->config, SETTINGS_WITH_KEYS, &complaints);
	assert_true(service_open(&house->service, house->config, settings, &err));
	while (house->service.reload.again_us == 0)
		house_turn(house);
	assert_false(house->service.is_ready);
	assert_non_null(house->service.reload.candidate);
}

static void a_start_is_tried_again_until_the_database_agrees(void **state)
{
	struct house *house = *state;
	open_refused(house);
	show_loading(house);
	house->service.reload.again_us = 0;
	house_run_until(house, is_settled);
	assert_true(house->service.is_ready);
}

static void a_reload_that_is_refused_during_the_start_does_not_end_it(void **state)
{
	struct house *house = *state;
	open_refused(house);
	reload_ask(&house->service);
	assert_ptr_not_equal(house->service.reload.candidate, house->service.settings);
	while (house->service.reload.again_us == 0)
		house_turn(house);
	assert_ptr_equal(house->service.reload.candidate, house->service.settings);
	show_loading(house);
	house->service.reload.again_us = 0;
	house_run_until(house, is_settled);
	assert_true(house->service.is_ready);
}

static void a_report_under_way_keeps_the_settings_it_arrived_under(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct settings *before = settings_hold(house->service.settings);
	struct errand *errand = errand_open(house->service.errands, &house->service);
	reload(house);
	assert_ptr_equal(errand->settings, before);
	assert_int_equal(before->holders, 2);
	errand_close(house->service.errands, &errand);
	assert_int_equal(before->holders, 1);
	settings_release(&before);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(new_settings_come_in_force_when_the_database_has_them),
		TEST(a_mistake_leaves_everything_as_it_was),
		TEST(asked_again_meanwhile_it_loads_once_more),
		TEST(while_the_database_is_down_new_settings_wait),
		TEST(a_database_that_goes_meanwhile_is_told_later),
		TEST(what_waits_is_due_at_once_or_a_little_later),
		TEST(a_start_is_tried_again_until_the_database_agrees),
		TEST(a_reload_that_is_refused_during_the_start_does_not_end_it),
		TEST(a_report_under_way_keeps_the_settings_it_arrived_under),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
