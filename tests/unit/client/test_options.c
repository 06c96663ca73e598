/* SPDX-License-Identifier: EUPL-1.2 */
#include "options.h"

#include "tests/support/unit.h"

#include <stdlib.h>
#include <string.h>

static struct arena *arena;
static struct options options;
static struct error err;

static int open_arena(void **state)
{
	(void)state;
	unsetenv("STEUN_LANG");
	memset(&options, 0, sizeof(options));
	error_clear(&err);
	arena = arena_new(1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Splits a line at spaces; what follows the subcommand. */
static bool parse(enum command command, const char *line)
{
	char *argv[32];
	int argc = 0;
	struct str rest = str_of(line);
	struct str word;
	while (rest.length > 0 && str_split(&rest, ' ', &word))
		argv[argc++] = arena_string(arena, word);
	return options_parse(arena, command, argc, argv, &options, &err);
}

static void values_stand_apart_or_behind_an_equals_sign(void **state)
{
	(void)state;
	assert_true(parse(COMMAND_SUBMIT, "a.json --period 2021-06 --kind=spending b.json --nil"));
	assert_string_equal(options.period, "2021-06");
	assert_string_equal(options.kind, "spending");
	assert_true(options.is_nil);
	assert_int_equal(options.arguments.count, 2);
	assert_string_equal(options.arguments.items[1], "b.json");
}

static void some_options_may_be_repeated(void **state)
{
	(void)state;
	assert_true(parse(COMMAND_SUBMIT, "--explain B-1:x --explain B-2:y --endpoint tcp://a:1"));
	assert_int_equal(options.explanations.count, 2);
	assert_string_equal(options.explanations.items[1], "B-2:y");
	assert_int_equal(options.endpoints.count, 1);
}

static void behind_two_hyphens_everything_is_an_argument(void **state)
{
	(void)state;
	assert_true(parse(COMMAND_SUBMIT, "- -- --nil -x"));
	assert_false(options.is_nil);
	assert_int_equal(options.arguments.count, 3);
	assert_string_equal(options.arguments.items[0], "-");
	assert_string_equal(options.arguments.items[2], "-x");
}

static void help_may_be_asked_for_in_short(void **state)
{
	(void)state;
	assert_true(parse(COMMAND_PING, "-h"));
	assert_true(options.wants_help);
	assert_true(parse(COMMAND_PING, "--version"));
	assert_true(options.wants_version);
}

static void expect_error(enum command command, const char *line, const char *message)
{
	error_clear(&err);
	assert_false(parse(command, line));
	assert_string_equal(err.message, message);
}

static void wrong_options_are_told_in_dutch(void **state)
{
	(void)state;
	expect_error(COMMAND_SUBMIT, "--peroid x", "onbekende optie --peroid; bedoelt u --period?");
	expect_error(COMMAND_SUBMIT, "--zzz", "onbekende optie --zzz; --help noemt ze");
	expect_error(COMMAND_SUBMIT, "-x", "onbekende optie -x; --help noemt ze");
	expect_error(COMMAND_SUBMIT, "--nil=yes", "--nil heeft geen waarde");
	expect_error(COMMAND_SUBMIT, "--key", "na --key hoort BESTAND");
}

static void wrong_options_are_told_in_english(void **state)
{
	(void)state;
	expect_error(COMMAND_SUBMIT, "--lang en --peroid x",
		"unknown option --peroid; did you mean --period?");
	expect_error(COMMAND_SUBMIT, "--lang=en --zzz", "unknown option --zzz; --help lists them");
	expect_error(COMMAND_SUBMIT, "--lang en --nil=yes", "--nil takes no value");
	expect_error(COMMAND_SUBMIT, "--lang en --key", "--key needs FILE");
}

static void an_option_belongs_to_its_subcommands(void **state)
{
	(void)state;
	assert_false(parse(COMMAND_KEYGEN, "--json"));
	assert_false(parse(COMMAND_SUBMIT, "--offline"));
	error_clear(&err);
	assert_true(parse(COMMAND_CHECK, "--offline"));
	assert_true(options.is_offline);
}

static void a_key_is_a_file_to_send_with_and_a_receipt_key_to_verify_with(void **state)
{
	(void)state;
	assert_true(parse(COMMAND_SUBMIT, "--key a"));
	assert_string_equal(options.key, "a");
	assert_true(parse(COMMAND_VERIFY, "--key a --key b"));
	assert_null(options.key);
	assert_int_equal(options.receipt_keys.count, 2);
}

static void nothing_is_changed_by_a_mistake(void **state)
{
	(void)state;
	options.period = "as it was";
	assert_false(parse(COMMAND_SUBMIT, "--period 2021-06 --zzz"));
	assert_string_equal(options.period, "as it was");
}

static void the_language_is_known_before_anything_else(void **state)
{
	(void)state;
	char zzz[] = "--zzz";
	char lang[] = "--lang";
	char en[] = "en";
	char lang_en[] = "--lang=en";
	char *english[] = {zzz, lang, en};
	char *equals[] = {lang_en};
	char *unfinished[] = {lang};
	assert_int_equal(options_language(3, english), LANGUAGE_ENGLISH);
	assert_int_equal(options_language(1, equals), LANGUAGE_ENGLISH);
	assert_int_equal(options_language(1, unfinished), LANGUAGE_DUTCH);
	setenv("STEUN_LANG", "en", 1);
	assert_int_equal(options_language(0, NULL), LANGUAGE_ENGLISH);
}

static void help_lists_what_a_subcommand_takes(void **state)
{
	(void)state;
	struct buf out;
	buf_init(&out, 64 * 1024);
	options_help(COMMAND_VERIFY, LANGUAGE_DUTCH, &out);
	assert_non_null(strstr(out.data, "--allow-gaps"));
	assert_non_null(strstr(out.data, "--receipts MAP"));
	assert_null(strstr(out.data, "--period"));
	buf_reset(&out);
	options_help(COMMAND_COUNT, LANGUAGE_ENGLISH, &out);
	assert_non_null(strstr(out.data, "--period YYYY-MM"));
	buf_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(values_stand_apart_or_behind_an_equals_sign),
		TEST(some_options_may_be_repeated),
		TEST(behind_two_hyphens_everything_is_an_argument),
		TEST(help_may_be_asked_for_in_short),
		TEST(wrong_options_are_told_in_dutch),
		TEST(wrong_options_are_told_in_english),
		TEST(an_option_belongs_to_its_subcommands),
		TEST(a_key_is_a_file_to_send_with_and_a_receipt_key_to_verify_with),
		TEST(nothing_is_changed_by_a_mistake),
		TEST(the_language_is_known_before_anything_else),
		TEST(help_lists_what_a_subcommand_takes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
