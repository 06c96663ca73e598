/* SPDX-License-Identifier: EUPL-1.2 */
#include "settings.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct fixture {
	struct arena *arena;
	char folder[256];
	struct options options;
	struct settings settings;
	struct mistakes *mistakes;
};

static const char *const variables[] = {"STEUN_CONFIG", "STEUN_ENDPOINT", "STEUN_SERVER_KEY",
	"STEUN_KEY", "STEUN_SPOOL", "STEUN_RECEIPTS", "STEUN_PROGRAMME", "STEUN_PROGRAMMES",
	"STEUN_RECEIPT_KEYS", "STEUN_LANG", "STEUN_TIMEOUT"};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	fixture.arena = arena_new(128 * 1024 * 1024);
	fixture.mistakes = mistakes_new(fixture.arena);
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	setenv("HOME", fixture.folder, 1);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	unit_folder_remove(fixture->folder);
	return 0;
}

static bool load(struct fixture *fixture)
{
	return settings_load(
		fixture->arena, &fixture->options, &fixture->settings, fixture->mistakes);
}

static void write_config(struct fixture *fixture, const char *text)
{
	fixture->options.config = arena_format(fixture->arena, "%s/steun.yaml", fixture->folder);
	unit_write(fixture->options.config, text);
}

static void expect_mistake(struct fixture *fixture, const char *part)
{
	assert_false(load(fixture));
	struct buf out;
	buf_init(&out, 64 * 1024);
	mistakes_print(fixture->mistakes, &out);
	if (strstr(out.data, part) == NULL)
		print_message("%s", out.data);
	assert_non_null(strstr(out.data, part));
	buf_free(&out);
}

static void everything_has_a_default_but_the_ministry(void **state)
{
	struct fixture *fixture = *state;
	assert_true(load(fixture));
	assert_int_equal(fixture->settings.endpoints.count, 0);
	assert_null(fixture->settings.server_key);
	assert_null(fixture->settings.key);
	assert_string_equal(fixture->settings.spool,
		arena_format(fixture->arena, "%s/steun/spool", fixture->folder));
	assert_string_equal(fixture->settings.programme, "steunpakket-2021");
	assert_int_equal(fixture->settings.language, LANGUAGE_DUTCH);
	assert_int_equal(fixture->settings.timeout_s, 0);
	assert_int_equal(fixture->settings.window, 64);
}

/* The sample tells every key at its default: what it says must be what is so without it. */
static void the_shipped_sample_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	assert_true(load(fixture));
	struct settings without = fixture->settings;
	fixture->options.config = "config/steun.yaml";
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.spool, without.spool);
	assert_string_equal(fixture->settings.receipts, without.receipts);
	assert_string_equal(fixture->settings.programme, without.programme);
	assert_string_equal(fixture->settings.programmes, without.programmes);
	assert_int_equal(fixture->settings.endpoints.count, 0);
	assert_int_equal(fixture->settings.receipt_keys.count, 0);
	assert_int_equal(fixture->settings.language, without.language);
	assert_int_equal(fixture->settings.timeout_s, without.timeout_s);
	assert_int_equal(fixture->settings.reply_timeout_s, without.reply_timeout_s);
	assert_int_equal(fixture->settings.window, without.window);
}

static void a_file_tells_all(void **state)
{
	struct fixture *fixture = *state;
	write_config(fixture, "endpoints: [tcp://a:1, tcp://b:2]\nserver_key: x\nkey: ~/own\n"
			      "spool: /s\nreceipts: /r\nprogramme: p\nprogrammes: /p\n"
			      "receipt_keys: [k]\nlang: en\ntimeout_s: 5\nreply_timeout_s: 7\n"
			      "window: 9\n");
	assert_true(load(fixture));
	assert_int_equal(fixture->settings.endpoints.count, 2);
	assert_string_equal(
		fixture->settings.key, arena_format(fixture->arena, "%s/own", fixture->folder));
	assert_string_equal(fixture->settings.programmes, "/p");
	assert_int_equal(fixture->settings.receipt_keys.count, 1);
	assert_int_equal(fixture->settings.language, LANGUAGE_ENGLISH);
	assert_int_equal(fixture->settings.window, 9);
}

static void the_environment_overrides_the_file_and_options_both(void **state)
{
	struct fixture *fixture = *state;
	write_config(fixture, "endpoints: [tcp://a:1]\nspool: /file\nreceipts: /file\n"
			      "programme: file\nlang: en\ntimeout_s: 1\n");
	setenv("STEUN_SPOOL", "/environment", 1);
	setenv("STEUN_RECEIPTS", "/environment", 1);
	setenv("STEUN_PROGRAMME", "", 1);
	setenv("STEUN_ENDPOINT", " tcp://b:2  tcp://c:3", 1);
	setenv("STEUN_RECEIPT_KEYS", "k1 k2", 1);
	setenv("STEUN_TIMEOUT", "2", 1);
	setenv("STEUN_LANG", "nl", 1);
	fixture->options.receipts = "/option";
	fixture->options.timeout = "3";
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.spool, "/environment");
	assert_string_equal(fixture->settings.receipts, "/option");
	assert_string_equal(fixture->settings.programme, "file");
	assert_int_equal(fixture->settings.endpoints.count, 2);
	assert_string_equal(fixture->settings.endpoints.items[1], "tcp://c:3");
	assert_int_equal(fixture->settings.receipt_keys.count, 2);
	assert_int_equal(fixture->settings.timeout_s, 3);
	assert_int_equal(fixture->settings.language, LANGUAGE_DUTCH);
	static const char *endpoints[] = {"tcp://d:4"};
	fixture->options.endpoints = (struct values){.items = endpoints, .count = 1};
	fixture->options.language_text = "en";
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.endpoints.items[0], "tcp://d:4");
	assert_int_equal(fixture->settings.language, LANGUAGE_ENGLISH);
}

static void a_file_is_found_at_home_or_where_the_environment_says(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(mkdir(unit_path(fixture->folder, ".config"), 0700), 0);
	assert_int_equal(mkdir(unit_path(fixture->folder, ".config/steun"), 0700), 0);
	unit_write(unit_path(fixture->folder, ".config/steun/steun.yaml"), "programme: home\n");
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.programme, "home");
	unit_write(unit_path(fixture->folder, "other.yaml"), "programme: other\n");
	setenv("STEUN_CONFIG", unit_path(fixture->folder, "other.yaml"), 1);
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.programme, "other");
	setenv("STEUN_CONFIG", "/nonexistent.yaml", 1);
	expect_mistake(fixture, "/nonexistent.yaml");
}

static void without_a_home_a_tilde_is_a_tilde(void **state)
{
	struct fixture *fixture = *state;
	unsetenv("HOME");
	assert_true(load(fixture));
	assert_string_equal(fixture->settings.spool, "~/steun/spool");
}

static void every_mistake_is_told(void **state)
{
	struct fixture *fixture = *state;
	write_config(fixture, "endpoint: x\nwindow: 0\nlang: fr\n");
	setenv("STEUN_LANG", "fr", 1);
	setenv("STEUN_TIMEOUT", "-1", 1);
	setenv("STEUN_ENDPOINT", "ipc:///x", 1);
	expect_mistake(fixture, "steun.yaml:1:1");
	assert_int_equal(mistakes_count(fixture->mistakes), 6);
	expect_mistake(fixture, "STEUN_LANG: expected nl or en, not fr");
	expect_mistake(fixture, "STEUN_TIMEOUT: expected seconds");
	expect_mistake(fixture, "endpoints: expected tcp://<host>:<port>");
}

static void nothing_is_changed_by_a_mistake(void **state)
{
	struct fixture *fixture = *state;
	fixture->settings.programme = "as it was";
	fixture->options.timeout = "soon";
	expect_mistake(fixture, "--timeout");
	assert_string_equal(fixture->settings.programme, "as it was");
	fixture->options.timeout = "604801";
	assert_false(load(fixture));
}

static void what_connecting_needs_is_told_in_both_languages(void **state)
{
	struct fixture *fixture = *state;
	assert_true(load(fixture));
	assert_false(settings_can_connect(&fixture->settings, LANGUAGE_DUTCH, fixture->mistakes));
	assert_int_equal(mistakes_count(fixture->mistakes), 3);
	assert_string_equal(mistakes_at(fixture->mistakes, 0)->text,
		"het adres van het ministerie ontbreekt: geef --endpoint, of zet endpoints in "
		"steun.yaml");
	struct mistakes *english = mistakes_new(fixture->arena);
	assert_false(settings_can_connect(&fixture->settings, LANGUAGE_ENGLISH, english));
	assert_non_null(strstr(mistakes_at(english, 1)->text, "your own key"));
	static const char *endpoints[] = {"tcp://d:4"};
	fixture->settings.endpoints = (struct texts){.items = endpoints, .count = 1};
	fixture->settings.server_key = fixture->settings.key = "x";
	assert_true(settings_can_connect(&fixture->settings, LANGUAGE_ENGLISH, english));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_has_a_default_but_the_ministry),
		TEST(the_shipped_sample_changes_nothing),
		TEST(a_file_tells_all),
		TEST(the_environment_overrides_the_file_and_options_both),
		TEST(a_file_is_found_at_home_or_where_the_environment_says),
		TEST(without_a_home_a_tilde_is_a_tilde),
		TEST(every_mistake_is_told),
		TEST(nothing_is_changed_by_a_mistake),
		TEST(what_connecting_needs_is_told_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
