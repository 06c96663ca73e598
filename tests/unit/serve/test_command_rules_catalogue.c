/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/file.h"
#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void all_rules_are_told_in_the_language_asked(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", house->config);
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	assert_true(str_starts_with(str_of(run.out), STR("# Regels: ")));
	assert_non_null(strstr(run.out, "\n### T-201\n"));
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", house->config, "-l", "en",
		"steunpakket-2021");
	assert_int_equal(run.status, 0);
	assert_true(str_starts_with(str_of(run.out), STR("# Rules: ")));
}

static void a_programme_without_rules_is_told(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", house->config, "dance");
	assert_int_equal(run.status, 1);
	assert_string_equal(run.out, "");
	assert_string_equal(
		run.err, "steund rules catalogue: there are no rules for the programme dance\n");
}

/* A copy of the shipped programme under another id. */
static void write_another_programme(struct house *house)
{
	struct str text;
	struct error err = {0};
	const char *shipped = house_shipped(house->arena, "programmes/steunpakket-2021.yaml");
	assert_true(file_read(house->arena, shipped, YAML_BYTES_MAX, &text, &err));
	house_write(house, "two/steunpakket-2021.yaml", text.data);
	memcpy(strstr(text.data, "steunpakket-2021"), "steunpakket-2031", 16);
	house_write(house, "two/steunpakket-2031.yaml", text.data);
	char *rules = arena_string(house->arena, str_of(house_rules));
	memcpy(strstr(rules, "steunpakket-2021"), "steunpakket-2031", 16);
	house_write(house, "rules/other.yaml", rules);
}

static void of_several_programmes_one_is_named(void **state)
{
	struct house *house = *state;
	struct command_run run;
	assert_int_equal(mkdir(unit_path(house->folder, "two"), 0700), 0);
	write_another_programme(house);
	const char *config = unit_path(house->folder, "two.yaml");
	unit_write(config, "files: {programmes: two}\n");
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", config);
	assert_int_equal(run.status, 1);
	assert_string_equal(
		run.err, "steund rules catalogue: there are several programmes: name one\n");
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", config, "steunpakket-2031");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "- Programma: `steunpakket-2031`\n"));
	RUN(&run, command_rules_explain, "rules explain", "-c", config, "T-101");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "- Programma: steunpakket-2021\n"));
	assert_non_null(strstr(run.out, "- Programma: steunpakket-2031\n"));
	assert_int_equal(unlink(unit_path(house->folder, "rules/other.yaml")), 0);
}

static void mistakes_are_listed(void **state)
{
	struct house *house = *state;
	struct command_run run;
	const char *draft = unit_path(house->folder, "draft.yaml");
	unit_write(draft, "ruleset: steunpakket-2021\nversion: none\n");
	RUN(&run, command_rules_catalogue, "rules catalogue", "-c", house->config, "-r", draft);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "draft.yaml:2:"));
	assert_string_equal(run.out, "");
}

static void misuse_is_told_apart(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules_catalogue, "rules catalogue", "one", "two");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_rules_are_told_in_the_language_asked),
		TEST(a_programme_without_rules_is_told),
		TEST(of_several_programmes_one_is_named),
		TEST(mistakes_are_listed),
		TEST(misuse_is_told_apart),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
