/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/catalogue.h"

#include "base/json.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

static const struct json *catalogue(struct house *house, bool has_source)
{
	struct json_error why;
	struct buf out;
	if (house->service.server == NULL)
		house_open(house);
	buf_init(&out, 1024 * 1024);
	catalogue_write(&out, &house->service.settings->programmes[0], has_source);
	assert_false(out.has_failed);
	struct str text = arena_copy(house->arena, buf_str(&out));
	buf_free(&out);
	const struct json *body = json_parse(house->arena, text, 1000, &why);
	assert_non_null(body);
	return body;
}

static const struct json *rule(const struct json *body, const char *id)
{
	const struct json *rule = json_member(body, "rules")->first;
	while (rule != NULL && !str_is(json_member_text(rule, "id"), id))
		rule = rule->next;
	assert_non_null(rule);
	return rule;
}

static void every_rule_is_told_with_what_a_submitter_needs(void **state)
{
	struct house *house = *state;
	const struct json *body = catalogue(house, false);
	assert_int_equal(json_member(body, "rules")->count, 3);
	const struct json *warning = rule(body, "T-102");
	assert_true(str_is(json_member_text(warning, "kind"), "outreach"));
	assert_true(str_is(json_member_text(warning, "severity"), "warning"));
	assert_true(str_is(json_member_text(warning, "from"), "2021-01"));
	assert_true(str_is(json_member_text(warning, "explanation"), "allowed"));
	assert_true(str_is(json_member_text(json_member(warning, "message"), "en"),
		"Fewer contacts than people."));
	assert_true(str_is(
		json_member_text(json_member(warning, "help"), "nl"), "Controleer de aantallen."));
	assert_null(json_member(warning, "until"));
	assert_null(json_member(rule(body, "T-101"), "help"));
	assert_null(json_member(body, "sources"));
}

static void a_rule_for_both_kinds_says_so(void **state)
{
	struct house *house = *state;
	const char *text = "ruleset: steunpakket-2021\n"
			   "version: 1\n"
			   "rules:\n"
			   "  - id: T-101\n"
			   "    kind: both\n"
			   "    scope: report\n"
			   "    severity: error\n"
			   "    assert: 'report.revision < 10'\n"
			   "    message: {nl: 'Te vaak.', en: 'Too often.'}\n"
			   "    examples:\n"
			   "      pass: [{report: {revision: 1}}]\n"
			   "      fail: [{report: {revision: 10}}]\n";
	house_write(house, "rules/test.yaml", text);
	const struct json *body = catalogue(house, false);
	assert_true(str_is(json_member_text(rule(body, "T-101"), "kind"), "both"));
}

static void the_digest_is_of_the_texts(void **state)
{
	struct house *house = *state;
	uint8_t digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	const struct json *body = catalogue(house, true);
	const struct json *source = json_member(body, "sources")->first;
	assert_true(str_is(json_member_text(source, "file"), "test.yaml"));
	assert_true(str_is(json_member_text(source, "text"), house_rules));
	sha256(json_member_text(source, "text"), digest);
	hex_encode(digest, sizeof(digest), hex);
	assert_true(str_is(json_member_text(body, "ruleset_sha256"), hex));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_rule_is_told_with_what_a_submitter_needs),
		TEST(a_rule_for_both_kinds_says_so),
		TEST(the_digest_is_of_the_texts),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
