/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/options.h"

#include "tests/support/unit.h"

#include <string.h>

static bool is_read;
static struct options options;
static const char *accepted;
static size_t rest_min, rest_max;
static char *arguments[64];

static void read_arguments(void)
{
	int count = 0;
	while (arguments[count] != NULL)
		count++;
	is_read = options_read(count, arguments, accepted, rest_min, rest_max, &options);
}

/* What was read, and what went to standard error. */
static const char *run_between(
	const char *letters, size_t min, size_t max, const char *const *words)
{
	static char said[4096];
	static char copies[64][64];
	size_t count = 0;
	for (; words[count] != NULL; count++) {
		strncpy(copies[count], words[count], sizeof(copies[count]) - 1);
		arguments[count] = copies[count];
	}
	arguments[count] = NULL;
	accepted = letters;
	rest_min = min;
	rest_max = max;
	unit_capture(read_arguments, said, sizeof(said));
	return said;
}

#define RUN(letters, rest, ...)                                                                    \
	run_between((letters), (rest), (rest), (const char *const[]){__VA_ARGS__, NULL})

static void what_is_left_out_has_its_default(void **state)
{
	(void)state;
	assert_string_equal(RUN("cds", 0, "migrate"), "");
	assert_true(is_read);
	assert_string_equal(options.config, "/etc/steund/steund.yaml");
	assert_null(options.database);
	assert_string_equal(options.sql, "/usr/share/steun/sql");
	assert_false(options.without_keys);
	assert_int_equal(options.language, LANGUAGE_NL);
}

static void options_are_taken_long_and_short(void **state)
{
	(void)state;
	RUN("cdks", 0, "audit", "-c", "a.yaml", "--database", "dbname=x", "-k", "one", "--key=two",
		"--sql", "folder");
	assert_true(is_read);
	assert_string_equal(options.config, "a.yaml");
	assert_string_equal(options.database, "dbname=x");
	assert_string_equal(options.sql, "folder");
	assert_int_equal(options.key_count, 2);
	assert_string_equal(options.keys[1], "two");
	RUN("cn", 0, "check", "--no-keys");
	assert_true(options.without_keys);
	RUN("afru", 0, "rules replay", "--from", "2021-01", "-u", "2021-02", "--all", "-r",
		"draft");
	assert_string_equal(options.from, "2021-01");
	assert_string_equal(options.until, "2021-02");
	assert_string_equal(options.rules, "draft");
	assert_true(options.has_all);
}

static void what_is_no_option_is_left(void **state)
{
	(void)state;
	RUN("", 1, "keygen", "folder");
	assert_true(is_read);
	assert_string_equal(options.rest[0], "folder");
	assert_non_null(strstr(RUN("", 1, "keygen"), "steund keygen: expected 1 arguments, not 0"));
	assert_false(is_read);
}

static void a_language_is_one_that_there_is(void **state)
{
	(void)state;
	RUN("l", 0, "rules explain", "--language", "en");
	assert_true(is_read);
	assert_int_equal(options.language, LANGUAGE_EN);
	assert_non_null(strstr(RUN("l", 0, "rules explain", "-l", "english"),
		"'english' is no language: expected nl or en"));
	assert_false(is_read);
}

static void an_argument_may_be_left_out(void **state)
{
	(void)state;
	const char *words[] = {"rules test", NULL, NULL, NULL};
	run_between("", 0, 1, words);
	assert_true(is_read);
	assert_int_equal(options.rest_count, 0);
	words[1] = "one.yaml";
	run_between("", 0, 1, words);
	assert_true(is_read);
	assert_string_equal(options.rest[0], "one.yaml");
	words[2] = "two.yaml";
	assert_string_equal(run_between("", 0, 1, words),
		"steund rules test: expected 0 to 1 arguments, not 2\n");
	assert_false(is_read);
}

static void an_option_of_another_command_is_refused(void **state)
{
	(void)state;
	assert_non_null(strstr(RUN("c", 0, "serve", "--sql", "x"), "it has no option -s"));
	assert_false(is_read);
}

static void an_unknown_option_is_refused(void **state)
{
	(void)state;
	assert_non_null(strstr(RUN("c", 0, "serve", "--quickly"), "steund --help"));
	assert_false(is_read);
}

static void keys_have_an_end(void **state)
{
	(void)state;
	const char *words[64] = {"audit"};
	for (int i = 1; i < 63; i++)
		words[i] = "-kone";
	assert_non_null(strstr(run_between("k", 0, 0, words), "at most 32 keys"));
	assert_false(is_read);
}

static struct arena *arena;
static struct config config;

static void read_config(void)
{
	is_read = options_config(arena, &options, &config);
}

static void mistakes_in_the_configuration_are_printed(void **state)
{
	(void)state;
	char said[4096];
	const char *folder = unit_folder_make();
	arena = arena_new(YAML_ARENA_MAX);
	options.config = unit_path(folder, "steund.yaml");
	unit_write(options.config, "log_level: loud\n");
	unit_capture(read_config, said, sizeof(said));
	assert_false(is_read);
	assert_non_null(strstr(said, "steund.yaml:1:12: "));
	unit_write(options.config, "log_level: debug\n");
	unit_capture(read_config, said, sizeof(said));
	assert_true(is_read);
	assert_string_equal(said, "");
	arena_free(&arena);
	unit_folder_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_out_has_its_default),
		cmocka_unit_test(options_are_taken_long_and_short),
		cmocka_unit_test(what_is_no_option_is_left),
		cmocka_unit_test(a_language_is_one_that_there_is),
		cmocka_unit_test(an_argument_may_be_left_out),
		cmocka_unit_test(an_option_of_another_command_is_refused),
		cmocka_unit_test(an_unknown_option_is_refused),
		cmocka_unit_test(keys_have_an_end),
		cmocka_unit_test(mistakes_in_the_configuration_are_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
