/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/config.h"

#include "base/file.h"
#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <stdlib.h>
#include <string.h>

static bool load(struct mistaken *mistaken, const char *text, struct config *ret_config)
{
	*ret_config = (struct config){0};
	return config_load(mistaken->arena, mistaken_file(mistaken, "steund.yaml", text),
		ret_config, mistaken->mistakes);
}

static void assert_mistake(void **state, const char *text, const char *expected)
{
	struct mistaken *mistaken = *state;
	struct config config;
	assert_false(load(mistaken, text, &config));
	if (strstr(mistaken_text(mistaken), expected) == NULL)
		fail_msg("expected\n%s\nin\n%s", expected, mistaken_text(mistaken));
}

static void what_is_left_out_has_its_default(void **state)
{
	struct mistaken *mistaken = *state;
	struct config config;
	assert_true(load(mistaken, "log_level: debug\n", &config));
	assert_int_equal(config.listen_count, 1);
	assert_string_equal(config.listen[0], "tcp://*:5871");
	assert_string_equal(config.time_zone, "Europe/Amsterdam");
	assert_string_equal(config_log_levels[config.log_level], "debug");
	assert_string_equal(config.database.conninfo, "dbname=steun");
	assert_int_equal(config.database.connections, 2);
	assert_int_equal(config.database.deadline_seconds, 10);
	assert_int_equal(config.keys.earlier_receipts.count, 0);
	assert_int_equal(config.limits.requests_per_minute, 60000);
	assert_int_equal(config.limits.handshakes_per_minute, 120);
	assert_int_equal(config.limits.waiting_reports, 2000);
	assert_int_equal(config.limits.waiting_bytes, 268435456);
	assert_int_equal(config.limits.stopping_seconds, 20);
}

static void assert_same_config(const struct config *a, const struct config *b)
{
	assert_null(config_fixed_difference(a, b));
	assert_int_equal(a->log_level, b->log_level);
	assert_int_equal(a->keys.earlier_receipts.count, b->keys.earlier_receipts.count);
	assert_int_equal(a->limits.requests_per_minute, b->limits.requests_per_minute);
	assert_int_equal(a->limits.stopping_seconds, b->limits.stopping_seconds);
	assert_string_equal(a->files.programmes, b->files.programmes);
	assert_string_equal(a->files.rules, b->files.rules);
	assert_string_equal(a->files.submitters, b->files.submitters);
	assert_string_equal(a->files.municipalities, b->files.municipalities);
	assert_string_equal(a->files.mergers, b->files.mergers);
	assert_string_equal(a->files.allocations, b->files.allocations);
	assert_string_equal(a->keys.receipt, b->keys.receipt);
}

static void the_shipped_file_names_every_key_at_its_default(void **state)
{
	static const char *const keys[] = {
		"listen:", "time_zone:", "log_level:", "database:", "conninfo:", "connections:",
		"deadline_seconds:", "keys:", "curve:", "receipt:", "earlier_receipts:", "files:",
		"programmes:", "rules:", "submitters:", "municipalities:", "mergers:",
		"allocations:", "limits:", "requests_per_minute:", "handshakes_per_minute:",
		"waiting_reports:", "waiting_bytes:", "stopping_seconds:"};
	struct mistaken *mistaken = *state;
	struct config shipped, bare;
	struct str text;
	struct error err = {0};
	assert_true(file_read(mistaken->arena, "config/steund.yaml", 65536, &text, &err));
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		assert_true(str_contains(text, str_of(keys[i])));
	assert_true(load(mistaken, arena_string(mistaken->arena, text), &shipped));
	assert_true(load(mistaken, "log_level: info\n", &bare));
	assert_same_config(&shipped, &bare);
}

static void paths_are_relative_to_the_folder_of_the_file(void **state)
{
	struct mistaken *mistaken = *state;
	struct config config;
	assert_true(load(mistaken, "files: {rules: policy, mergers: /srv/mergers.csv}\n", &config));
	assert_string_equal(
		config.files.rules, arena_format(mistaken->arena, "%s/policy", mistaken->folder));
	assert_string_equal(config.files.mergers, "/srv/mergers.csv");
	assert_string_equal(config.keys.curve,
		arena_format(mistaken->arena, "%s/keys/server.key_secret", mistaken->folder));
}

static void a_mistake_still_leaves_the_paths_to_look_at(void **state)
{
	struct mistaken *mistaken = *state;
	struct config config;
	assert_false(load(mistaken, "limits: {requests_per_minute: 0}\n", &config));
	assert_non_null(config.path);
	assert_string_equal(
		config.files.rules, arena_format(mistaken->arena, "%s/rules", mistaken->folder));
}

static void all_mistakes_come_out_at_once_with_their_places(void **state)
{
	assert_mistake(state,
		"lisen: ['tcp://*:1']\n"
		"log_level: loud\n"
		"limits:\n"
		"  waiting_reports: 0\n",
		"steund.yaml:1:1: the key 'lisen' is not known here; did you mean 'listen'?\n"
		"steund.yaml:2:12: ");
	struct mistaken *mistaken = *state;
	assert_non_null(strstr(mistaken_text(mistaken), "steund.yaml:4:20: "));
}

static void only_tcp_is_listened_on(void **state)
{
	assert_mistake(state, "listen: ['tcp://*:1', 'ipc:///tmp/x']\n",
		"steund.yaml:1:23: 'ipc:///tmp/x' is no endpoint");
}

static void somewhere_must_be_listened(void **state)
{
	assert_mistake(state, "listen: []\n", "steund.yaml:1:9: ");
}

static void a_time_zone_must_be_known(void **state)
{
	assert_mistake(state, "time_zone: Europe/Amsterdm\n",
		"steund.yaml:1:12: the time zone 'Europe/Amsterdm' is not known on this machine");
}

static void a_time_zone_is_no_path(void **state)
{
	assert_mistake(state, "time_zone: ../../../etc/hostname\n", "steund.yaml:1:12: ");
}

static void an_earlier_key_must_be_one(void **state)
{
	assert_mistake(state, "keys:\n  earlier_receipts:\n    - 'MCowBQYDK2VwAyEA'\n",
		"steund.yaml:3:7: this is no receipt key");
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *mistaken = *state;
	struct config config = {0};
	assert_false(config_load(
		mistaken->arena, "/nonexistent/steund.yaml", &config, mistaken->mistakes));
	assert_null(config.path);
	assert_int_equal(mistakes_count(mistaken->mistakes), 1);
}

static void a_credential_of_the_same_name_goes_first(void **state)
{
	struct mistaken *mistaken = *state;
	const char *path = mistaken_file(mistaken, "receipt.key_secret", "x");
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_string_equal(config_key_path(mistaken->arena, "keys/receipt.key_secret"),
		"keys/receipt.key_secret");
	setenv("CREDENTIALS_DIRECTORY", mistaken->folder, 1);
	assert_string_equal(config_key_path(mistaken->arena, "keys/receipt.key_secret"), path);
	assert_string_equal(config_key_path(mistaken->arena, "receipt.key_secret"), path);
	assert_string_equal(config_key_path(mistaken->arena, "keys/server.key_secret"),
		"keys/server.key_secret");
	setenv("CREDENTIALS_DIRECTORY", "relative", 1);
	assert_string_equal(
		config_key_path(mistaken->arena, "receipt.key_secret"), "receipt.key_secret");
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void what_waits_for_the_next_start_is_named(void **state)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
		{"listen: ['tcp://*:1']\n", "listen"},
		{"listen: ['tcp://*:5871', 'tcp://*:1']\n", "listen"},
		{"time_zone: UTC\n", "time_zone"},
		{"database: {conninfo: dbname=other}\n", "database"},
		{"database: {connections: 3}\n", "database"},
		{"database: {deadline_seconds: 3}\n", "database"},
		{"keys: {curve: other}\n", "keys.curve"},
		{"limits: {handshakes_per_minute: 1}\n", "limits.handshakes_per_minute"},
		{"limits: {waiting_reports: 1}\n",
			"limits.waiting_reports or limits.waiting_bytes"},
		{"limits: {waiting_bytes: 1048576}\n",
			"limits.waiting_reports or limits.waiting_bytes"},
		{"limits: {requests_per_minute: 1}\n", NULL},
	};
	struct mistaken *mistaken = *state;
	struct config running, wanted;
	assert_true(load(mistaken, "log_level: info\n", &running));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(load(mistaken, cases[i].text, &wanted));
		const char *name = config_fixed_difference(&running, &wanted);
		if (cases[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, cases[i].name);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_left_out_has_its_default),
		TEST(the_shipped_file_names_every_key_at_its_default),
		TEST(paths_are_relative_to_the_folder_of_the_file),
		TEST(a_mistake_still_leaves_the_paths_to_look_at),
		TEST(all_mistakes_come_out_at_once_with_their_places),
		TEST(only_tcp_is_listened_on),
		TEST(somewhere_must_be_listened),
		TEST(a_time_zone_must_be_known),
		TEST(a_time_zone_is_no_path),
		TEST(an_earlier_key_must_be_one),
		TEST(a_file_that_is_not_there_is_a_mistake),
		TEST(a_credential_of_the_same_name_goes_first),
		TEST(what_waits_for_the_next_start_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
