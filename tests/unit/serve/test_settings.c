/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/settings.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct settings *load(
	struct house *house, enum settings_extent extent, struct buf *complaints)
{
	buf_init(complaints, 1024 * 1024);
	return settings_load(house->config, extent, complaints);
}

static void assert_complaint(struct house *house, const char *part)
{
	struct buf complaints;
	assert_null(load(house, SETTINGS_WITH_KEYS, &complaints));
	if (!str_contains(buf_str(&complaints), str_of(part)))
		fail_msg("expected %s in\n%s", part, complaints.data);
	buf_free(&complaints);
}

static void all_of_it_is_loaded(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	struct settings *settings = load(house, SETTINGS_WITH_KEYS, &complaints);
	assert_non_null(settings);
	assert_int_equal(settings->programme_count, 1);
	assert_int_equal(settings_rule_count(settings), 3);
	assert_int_equal(settings->submitters->count, 2);
	assert_true(settings->municipalities->count > 350);
	assert_int_equal(settings->receipt_key_count, 1);
	assert_string_equal(settings->receipt_keys[0].id, signing_key_id(settings->signing_key));
	assert_ptr_equal(
		settings_programme(settings, STR("steunpakket-2021")), &settings->programmes[0]);
	assert_ptr_equal(settings->programme_list[0], settings->programmes[0].programme);
	assert_null(settings_programme(settings, STR("steunpakket")));
	assert_non_null(settings->programmes[0].allocations);
	settings_release(&settings);
	assert_null(settings);
}

static void who_writes_rules_needs_no_secrets(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	house_configure(house, "keys: {curve: nowhere, receipt: nowhere}\n");
	struct settings *settings = load(house, SETTINGS_WITHOUT_KEYS, &complaints);
	assert_non_null(settings);
	assert_null(settings->signing_key);
	assert_int_equal(settings->receipt_key_count, 0);
	settings_release(&settings);
	assert_complaint(house, "nowhere");
}

static void each_extent_takes_in_those_before_it(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	struct settings *settings = load(house, SETTINGS_RULES, &complaints);
	assert_non_null(settings->programmes[0].ruleset);
	assert_null(settings->municipalities);
	settings_release(&settings);
	settings = load(house, SETTINGS_REFERENCE, &complaints);
	assert_non_null(settings->municipalities);
	assert_non_null(settings->programmes[0].allocations);
	assert_null(settings->submitters);
	settings_release(&settings);
	settings = load(house, SETTINGS_WITHOUT_KEYS, &complaints);
	assert_non_null(settings->submitters);
	settings_release(&settings);
}

static void assert_draft_complaint(struct house *house, const char *path, const char *part)
{
	struct buf complaints;
	buf_init(&complaints, 1024 * 1024);
	assert_null(settings_load_draft(house->config, SETTINGS_RULES, path, &complaints));
	if (!str_contains(buf_str(&complaints), str_of(part)))
		fail_msg("expected %s in\n%s", part, complaints.data);
	buf_free(&complaints);
}

static void a_draft_is_a_file_or_a_folder(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	const char *folder = unit_path(house->folder, "draft");
	const char *file = unit_path(house->folder, "draft/one.yaml");
	buf_init(&complaints, 1024 * 1024);
	assert_draft_complaint(house, folder, "/draft");
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_draft_complaint(house, folder, "/draft: there is no rule");
	unit_write(file, house_rules);
	struct settings *settings =
		settings_load_draft(house->config, SETTINGS_RULES, file, &complaints);
	assert_int_equal(settings_rule_count(settings), 3);
	settings_release(&settings);
	settings = settings_load_draft(house->config, SETTINGS_RULES, folder, &complaints);
	assert_int_equal(settings_rule_count(settings), 3);
	settings_release(&settings);
	unit_write(file, "ruleset: another\n");
	assert_draft_complaint(house, file, "names no programme that is here");
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void settings_live_until_the_last_holder_lets_go(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	struct settings *settings = load(house, SETTINGS_WITH_KEYS, &complaints);
	struct settings *mine = settings_hold(settings);
	settings_release(&settings);
	assert_string_equal(mine->programmes[0].programme->id, "steunpakket-2021");
	settings_release(&mine);
	settings_release(&mine);
}

static void mistakes_of_all_files_come_out_at_once(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	house_configure(house, "limits: {requests_per_minute: never}\n");
	house_write(house, "rules/test.yaml", "ruleset: steunpakket-2021\nversion: none\n");
	house_submitter(house, "all", "[GM9999]", "[everything]", "no key");
	assert_int_equal(unlink(unit_path(house->folder, "keys/receipt.key_secret")), 0);
	assert_int_equal(chmod(unit_path(house->folder, "keys/server.key_secret"), 0644), 0);
	assert_null(load(house, SETTINGS_WITH_KEYS, &complaints));
	static const char *const parts[] = {"/steund.yaml:", "/rules/test.yaml:",
		"/submitters/all.yaml:", "receipt.key_secret", "server.key_secret"};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!str_contains(buf_str(&complaints), str_of(parts[i])))
			fail_msg("expected %s in\n%s", parts[i], complaints.data);
	}
	buf_free(&complaints);
	assert_int_equal(chmod(unit_path(house->folder, "keys/server.key_secret"), 0600), 0);
	struct signing_key *key = signing_key_generate();
	struct error err = {0};
	assert_true(
		signing_key_write(key, unit_path(house->folder, "keys/receipt.key_secret"), &err));
	signing_key_free(&key);
}

static void without_a_configuration_nothing_else_is_looked_for(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	assert_int_equal(unlink(house->config), 0);
	assert_null(load(house, SETTINGS_WITH_KEYS, &complaints));
	assert_false(str_contains(buf_str(&complaints), STR("rules")));
	buf_free(&complaints);
}

static void folders_that_are_not_there_are_named(void **state)
{
	struct house *house = *state;
	house_write(house, "steund.yaml",
		"files: {programmes: no-programmes, rules: no-rules, municipalities: none.csv}\n");
	assert_complaint(house, "no-programmes");
	assert_complaint(house, "no-rules");
	assert_complaint(house, "none.csv");
}

static void a_programme_is_needed(void **state)
{
	struct house *house = *state;
	assert_int_equal(mkdir(unit_path(house->folder, "programmes"), 0700), 0);
	house_write(house, "steund.yaml", "log_level: info\n");
	assert_complaint(house, "/programmes: there is no programme");
	assert_int_equal(rmdir(unit_path(house->folder, "programmes")), 0);
}

static void a_rule_file_for_no_programme_would_never_run(void **state)
{
	struct house *house = *state;
	char *text = arena_string(house->arena, str_of(house_rules));
	memcpy(strstr(text, "steunpakket-2021"), "steunpakket-2031", 16);
	house_write(house, "rules/other.yaml", text);
	assert_complaint(house, "other.yaml: its 'ruleset:' names no programme that is here");
	assert_int_equal(unlink(unit_path(house->folder, "rules/other.yaml")), 0);
}

static void a_programme_without_rules_is_a_mistake(void **state)
{
	struct house *house = *state;
	assert_int_equal(unlink(unit_path(house->folder, "rules/test.yaml")), 0);
	assert_complaint(house, "steunpakket-2021");
}

static void earlier_keys_follow_the_one_in_use(void **state)
{
	struct house *house = *state;
	struct buf complaints;
	struct signing_key *earlier = signing_key_generate();
	char text[VERIFY_KEY_BASE64_SIZE];
	base64_encode(signing_key_public(earlier), VERIFY_KEY_SIZE, text);
	house_configure(
		house, arena_format(house->arena, "keys: {earlier_receipts: ['%s']}\n", text));
	struct settings *settings = load(house, SETTINGS_WITH_KEYS, &complaints);
	assert_non_null(settings);
	assert_int_equal(settings->receipt_key_count, 2);
	assert_string_equal(settings->receipt_keys[1].id, signing_key_id(earlier));
	settings_release(&settings);
	signing_key_free(&earlier);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_of_it_is_loaded),
		TEST(who_writes_rules_needs_no_secrets),
		TEST(each_extent_takes_in_those_before_it),
		TEST(a_draft_is_a_file_or_a_folder),
		TEST(settings_live_until_the_last_holder_lets_go),
		TEST(mistakes_of_all_files_come_out_at_once),
		TEST(without_a_configuration_nothing_else_is_looked_for),
		TEST(folders_that_are_not_there_are_named),
		TEST(a_programme_is_needed),
		TEST(a_rule_file_for_no_programme_would_never_run),
		TEST(a_programme_without_rules_is_a_mistake),
		TEST(earlier_keys_follow_the_one_in_use),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
