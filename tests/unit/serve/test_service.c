/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/service.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <sys/stat.h>

static struct settings *load(struct house *house)
{
	struct buf complaints;
	buf_init(&complaints, 65536);
	struct settings *settings = settings_load(house->config, SETTINGS_WITH_KEYS, &complaints);
	assert_non_null(settings);
	buf_free(&complaints);
	return settings;
}

static void an_open_service_answers_and_stores(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct reply reply = house_ask(house, house->client, VERB_SUBMIT,
		house_spending(house, "GM0451", "2021-06", 1, "1.00"));
	expect_reply(reply, REPLY_RECEIPT, "\\\"verdict\\\":\\\"accepted\\\"");
	expect_sql(&house->cluster, "record", "SELECT count(*) FROM steun.submission", "1");
}

static void assert_does_not_open(struct house *house, const char *why)
{
	struct service service;
	struct error err = {0};
	assert_false(service_open(&service, house->config, load(house), &err));
	if (!str_contains(str_of(err.message), str_of(why)))
		fail_msg("expected %s in %s", why, err.message);
	assert_null(service.server);
	assert_null(service.store);
	assert_null(service.settings);
}

static void an_address_that_is_not_ours_opens_nothing(void **state)
{
	struct house *house = *state;
	house_write(house, "steund.yaml",
		arena_format(house->arena,
			"listen: ['tcp://192.0.2.1:1']\n"
			"files:\n  programmes: %s\n  municipalities: %s\n  mergers: %s\n",
			house_shipped(house->arena, "programmes"),
			house_shipped(house->arena, "municipalities.csv"),
			house_shipped(house->arena, "municipality-mergers.csv")));
	assert_does_not_open(house, "cannot listen");
}

static void words_that_libpq_does_not_know_open_nothing(void **state)
{
	struct house *house = *state;
	house_write(house, "steund.yaml",
		arena_format(house->arena,
			"listen: ['tcp://127.0.0.1:*']\n"
			"database: {conninfo: 'nonsense=1'}\n"
			"files:\n  programmes: %s\n  municipalities: %s\n  mergers: %s\n",
			house_shipped(house->arena, "programmes"),
			house_shipped(house->arena, "municipalities.csv"),
			house_shipped(house->arena, "municipality-mergers.csv")));
	assert_does_not_open(house, "nonsense");
}

static void a_key_that_went_after_the_look_opens_nothing(void **state)
{
	struct house *house = *state;
	const char *path = unit_path(house->folder, "keys/server.key_secret");
	struct settings *settings = load(house);
	struct service service;
	struct error err = {0};
	assert_int_equal(chmod(path, 0644), 0);
	assert_false(service_open(&service, house->config, settings, &err));
	assert_int_equal(chmod(path, 0600), 0);
	assert_true(str_contains(str_of(err.message), STR("server.key_secret")));
	assert_null(service.settings);
}

static void what_is_under_way_at_the_end_is_given_up(void **state)
{
	struct house *house = *state;
	uint8_t id[REQUEST_ID_SIZE] = "under way";
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	assert_true(client_send(house->client, VERB_SUBMIT, id,
		str_of(house_spending(house, "GM0451", "2021-06", 1, "1.00"))));
	assert_true(client_send(house->client, VERB_PING, id, STR("")));
	for (int i = 0; i < 2; i++)
		house_turn(house);
	house_close(house);
	assert_null(house->service.server);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_open_service_answers_and_stores),
		TEST(an_address_that_is_not_ours_opens_nothing),
		TEST(words_that_libpq_does_not_know_open_nothing),
		TEST(a_key_that_went_after_the_look_opens_nothing),
		TEST(what_is_under_way_at_the_end_is_given_up),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
