/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/field.h"

#include "tests/support/decoding.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

#define LINE "\"item\":\"jeugd.mentaal\",\"funding\":\"gf-au\""

static void unknown_fields_are_told_with_a_near_name(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{" LINE ",\"spent\":1,\"comitted\":2}");
	expect_findings(decoding, "S-001 /lines/0/comitted", "S-002 /lines/0/committed");
	assert_true(str_is(found(decoding, "S-001")->expected, "committed"));
	assert_true(str_is(found(decoding, "S-001")->value, "comitted"));
}

static void a_field_of_the_other_kind_is_unknown(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{" LINE ",\"spent\":1,\"committed\":2,\"people_reached\":3}");
	expect_findings(decoding, "S-001 /lines/0/people_reached");
	assert_true(
		str_is(found(decoding, "S-001")->expected, "ref, item, funding, spent, committed"));
}

static void every_missing_field_is_told(void **state)
{
	struct decoding *decoding = *state;
	decode_text(decoding, STR("{}"));
	expect_findings(decoding, "S-002 /format", "S-002 /programme", "S-002 /kind",
		"S-002 /municipality", "S-002 /period", "S-002 /revision", "S-002 /status");
	decode_outreach(decoding, "{}");
	expect_findings(decoding, "S-002 /lines/0/item", "S-002 /lines/0/target_group",
		"S-002 /lines/0/people_reached", "S-002 /lines/0/contact_moments",
		"S-002 /lines/0/activities");
}

static void a_repeated_key_is_told_and_its_first_value_is_read(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{" LINE ",\"spent\":1,\"spent\":\"x\",\"committed\":2}");
	expect_findings(decoding, "S-003 /lines/0/spent");
	decode_spending(decoding, "{" LINE ",\"spent\":\"x\",\"spent\":1,\"committed\":2}");
	expect_findings(decoding, "S-003 /lines/0/spent", "S-017 /lines/0/spent");
	decode_spending(decoding, "{" LINE ",\"spent\":1,\"committed\":2,\"x\":1,\"x\":1}");
	expect_findings(decoding, "S-001 /lines/0/x", "S-003 /lines/0/x");
}

static void null_is_never_a_value(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{" LINE ",\"spent\":null,\"committed\":0,\"ref\":null},null");
	expect_findings(decoding, "S-004 /lines/0/spent", "S-004 /lines/0/ref", "S-004 /lines/1");
	assert_true(str_is(found(decoding, "S-004")->value, "null"));
}

static void wrong_types_are_told_with_the_right_ones(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{" LINE ",\"spent\":true,\"committed\":[],\"ref\":{}},7");
	expect_findings(decoding, "S-005 /lines/0/spent", "S-005 /lines/0/committed",
		"S-005 /lines/0/ref", "S-005 /lines/1");
	assert_true(str_is(found(decoding, "S-005")->expected, "number or string"));
	assert_true(str_is(found(decoding, "S-005")->value, "true"));
	decode_spending(decoding, "false");
	assert_true(str_is(found(decoding, "S-005")->expected, "object"));
	assert_true(str_is(found(decoding, "S-005")->value, "false"));
}

static void broken_characters_are_told(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(
		decoding, "{" LINE ",\"spent\":\"1\\u0000\",\"committed\":0,\"ref\":\"a\\ud800\"}");
	expect_findings(decoding, "S-006 /lines/0/spent", "S-007 /lines/0/ref");
	decode_spending(
		decoding, "{" LINE ",\"spent\":\"1\",\"committed\":0,\"ref\":\"\\ud83d\\ude00\"}");
	expect_sound(decoding);
}

static void what_stands_in_an_unknown_field_is_not_looked_at(void **state)
{
	struct decoding *decoding = *state;
	decode_report(decoding, "\"nil\":true,\"extra\":{\"a\":null,\"a\":[null,\"\\u0000\"]}");
	expect_findings(decoding, "S-001 /extra");
}

static void decode_amount(struct decoding *decoding, const char *amount)
{
	char line[256];
	snprintf(line, sizeof(line), "{" LINE ",\"committed\":0,\"spent\":%s}", amount);
	decode_spending(decoding, line);
}

static void amounts_are_kept_exactly_however_they_are_written(void **state)
{
	static const char *const rows[][2] = {{"\"12500.00\"", "12500.00"}, {"12500", "12500"},
		{"12500.1", "12500.1"}, {"0.01", "0.01"}, {"999999999999.99", "999999999999.99"},
		{"\"999999999999.99\"", "999999999999.99"}, {"0", "0"}, {"\"0.00\"", "0.00"}};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[DECIMAL_TEXT_MAX];
		decode_amount(decoding, rows[i][0]);
		expect_sound(decoding);
		decimal_format(decoding->report.lines[0].spent, text);
		assert_string_equal(text, rows[i][1]);
	}
}

static void other_amounts_are_refused_each_for_its_reason(void **state)
{
	static const char *const rows[][2] = {{"\"12.500,00\"", "S-017"}, {"\"\"", "S-017"},
		{"\"-0.00\"", "S-019"}, {"\"-5\"", "S-019"}, {"-5.00", "S-019"}, {"-0", "S-015"},
		{"-0.0", "S-015"}, {"1e3", "S-015"}, {"1.0E2", "S-015"}, {"1.234", "S-018"},
		{"1.230", "S-018"}, {"\"1.234\"", "S-018"}, {"1000000000000", "S-020"},
		{"\"1000000000000.00\"", "S-020"}};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		decode_amount(decoding, rows[i][0]);
		assert_int_equal(decoding->findings.count, 1);
		assert_true(str_is(found(decoding, rows[i][1])->path, "/lines/0/spent"));
		assert_int_equal(decoding->result, DECODE_UNSOUND);
	}
	decode_amount(decoding, "-1234567890123.456");
	expect_findings(
		decoding, "S-018 /lines/0/spent", "S-019 /lines/0/spent", "S-020 /lines/0/spent");
}

static void decode_count(struct decoding *decoding, const char *count)
{
	char line[256];
	snprintf(line, sizeof(line),
		"{\"item\":\"overig\",\"target_group\":\"lvb\",\"people_reached\":%s,"
		"\"contact_moments\":0,\"activities\":10000000}",
		count);
	decode_outreach(decoding, line);
}

static void counts_are_whole_numbers_within_bounds(void **state)
{
	static const char *const rows[][2] = {{"-1", "S-016"}, {"10000001", "S-016"},
		{"123456789012345678901234567890", "S-016"}, {"-10", "S-016"}, {"-0", "S-015"},
		{"1.0", "S-015"}, {"1e2", "S-015"}, {"\"1\"", "S-005"}};
	struct decoding *decoding = *state;
	decode_count(decoding, "42");
	expect_sound(decoding);
	assert_int_equal(decoding->report.lines[0].people_reached, 42);
	assert_int_equal(decoding->report.lines[0].activities, REPORT_COUNT_MAX);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		decode_count(decoding, rows[i][0]);
		assert_int_equal(decoding->findings.count, 1);
		assert_true(str_is(found(decoding, rows[i][1])->path, "/lines/0/people_reached"));
	}
	decode_count(decoding, "-1");
	assert_true(str_is(found(decoding, "S-016")->expected, "0..10000000"));
	assert_true(str_is(found(decoding, "S-016")->value, "-1"));
}

static void decode_ref(struct decoding *decoding, const char *ref)
{
	char line[512];
	snprintf(line, sizeof(line), "{" LINE ",\"committed\":0,\"spent\":0,\"ref\":\"%s\"}", ref);
	decode_spending(decoding, line);
}

static void texts_are_counted_in_characters(void **state)
{
	char forty[121] = "";
	struct decoding *decoding = *state;
	for (int i = 0; i < 40; i++)
		memcpy(forty + 3 * i, "\xE2\x82\xAC", 3);
	decode_ref(decoding, forty);
	expect_sound(decoding);
	assert_true(str_is(decoding->report.lines[0].ref, forty));
	decode_ref(decoding, "12345678901234567890123456789012345678901");
	expect_findings(decoding, "S-026 /lines/0/ref");
	assert_true(str_is(found(decoding, "S-026")->expected, "1..40"));
	decode_ref(decoding, "");
	expect_findings(decoding, "S-025 /lines/0/ref");
}

static void personal_texts_are_refused_and_not_repeated(void **state)
{
	static const char *const texts[] = {"BSN 123456782", "jan@gemeente.nl"};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < 2; i++) {
		decode_ref(decoding, texts[i]);
		expect_findings(decoding, "S-027 /lines/0/ref");
		assert_int_equal(found(decoding, "S-027")->value.length, 0);
		assert_int_equal(found(decoding, "S-027")->ref.length, 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, decoding_setup, decoding_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unknown_fields_are_told_with_a_near_name),
		TEST(a_field_of_the_other_kind_is_unknown),
		TEST(every_missing_field_is_told),
		TEST(a_repeated_key_is_told_and_its_first_value_is_read),
		TEST(null_is_never_a_value),
		TEST(wrong_types_are_told_with_the_right_ones),
		TEST(broken_characters_are_told),
		TEST(what_stands_in_an_unknown_field_is_not_looked_at),
		TEST(amounts_are_kept_exactly_however_they_are_written),
		TEST(other_amounts_are_refused_each_for_its_reason),
		TEST(counts_are_whole_numbers_within_bounds),
		TEST(texts_are_counted_in_characters),
		TEST(personal_texts_are_refused_and_not_repeated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
