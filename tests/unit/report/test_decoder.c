/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decoder.h"

#include "tests/support/decoding.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static void pointers_escape_what_would_mislead(void **state)
{
	struct decoding *decoding = *state;
	decode_report(decoding, "\"nil\":true,\"a/b~c\":1,\"\":2,\"caf\xC3\xA9 \":3");
	expect_findings(decoding, "S-001 /a~1b~0c", "S-001 /", "S-001 /caf\xC3\xA9 ");
}

static void a_key_too_long_to_show_points_at_what_holds_it(void **state)
{
	struct decoding *decoding = *state;
	char text[251];
	memset(text, 'k', sizeof(text));
	text[250] = '\0';
	char rest[600];
	snprintf(rest, sizeof(rest), "\"nil\":true,\"%s\":1", text);
	decode_report(decoding, rest);
	expect_findings(decoding, "S-001 ");
	assert_int_equal(found(decoding, "S-001")->value.length, FINDING_VALUE_BYTES);
	text[FINDING_VALUE_BYTES] = '\0';
	snprintf(rest, sizeof(rest), "\"nil\":true,\"%s\":1", text);
	decode_report(decoding, rest);
	assert_int_equal(found(decoding, "S-001")->path.length, FINDING_VALUE_BYTES + 1);
}

static void a_key_of_nothing_but_slashes_has_room(void **state)
{
	struct decoding *decoding = *state;
	char slashes[FINDING_VALUE_BYTES + 1] = "";
	char rest[600];
	memset(slashes, '/', FINDING_VALUE_BYTES);
	snprintf(rest, sizeof(rest), "\"nil\":true,\"%s\":1", slashes);
	decode_report(decoding, rest);
	assert_int_equal(found(decoding, "S-001")->path.length, 2 * FINDING_VALUE_BYTES + 1);
}

/* Nowhere in what is sent: neither as a value, nor as a key in a path or a message. */
static void personal_data_is_never_echoed(void **state)
{
	static const char *const reports[] = {
		"\"nil\":true,\"123456782\":1",
		"\"nil\":true,\"x@y.nl\":{}",
		"\"lines\":[{\"item\":\"x@y.nl\",\"funding\":\"123456782\",\"x@y.nl\":1}]",
		"\"lines\":[{\"spent\":\"x@y.nl\",\"committed\":\"123456782\",\"ref\":\"x@y.nl\"}]",
		"\"nil\":true,\"explanations\":[{\"rule\":\"x@y.nl\",\"text\":\"123456782\"}]",
	};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		struct buf out;
		decode_report(decoding, reports[i]);
		assert_true(decoding->findings.count > 0);
		buf_init(&out, 1 << 20);
		struct json_writer writer = json_writer_on(&out);
		findings_write(&decoding->findings, &writer, NULL);
		assert_false(str_contains(buf_str(&out), STR("x@y.nl")));
		assert_false(str_contains(buf_str(&out), STR("123456782")));
		buf_free(&out);
	}
}

static void a_hidden_key_points_at_what_holds_it(void **state)
{
	struct decoding *decoding = *state;
	decode_report(decoding, "\"nil\":true,\"123456782\":1");
	expect_findings(decoding, "S-001 ");
	assert_true(str_is(
		found(decoding, "S-001")->message_en, "The field “…” does not belong here."));
}

static void long_values_are_cut_and_lists_only_hinted_at(void **state)
{
	struct decoding *decoding = *state;
	char rest[1200] = "\"nil\":true,\"format\":\"", digits[400];
	memset(digits, '1', sizeof(digits));
	snprintf(rest, sizeof(rest),
		"\"lines\":[{\"item\":[1,2,3],\"funding\":{\"a\":1},\"spent\":%.*s,"
		"\"committed\":\"x%.*s\"}]",
		300, digits, 300, digits);
	decode_report(decoding, rest);
	expect_findings(decoding, "S-005 /lines/0/item", "S-005 /lines/0/funding",
		"S-020 /lines/0/spent", "S-017 /lines/0/committed");
	assert_int_equal(found(decoding, "S-020")->value.length, FINDING_VALUE_BYTES);
	assert_int_equal(found(decoding, "S-017")->value.length, FINDING_VALUE_BYTES);
	assert_true(str_is(decoding->findings.items[0].value, "[…]"));
	assert_true(str_is(decoding->findings.items[1].value, "{…}"));
}

static void every_finding_of_a_line_tells_its_ref(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{\"spent\":-1,\"ref\":\"GB-7\"},{\"ref\":7}");
	for (size_t i = 0; i < decoding->findings.count; i++) {
		const struct finding *finding = &decoding->findings.items[i];
		assert_in_range(finding->line, 1, 2);
		assert_true(str_is(finding->ref, finding->line == 1 ? "GB-7" : ""));
	}
	assert_int_equal(decoding->findings.count, 4 + 5);
}

static void a_faulty_ref_is_not_echoed(void **state)
{
	static const char *const refs[] = {
		"12345678901234567890123456789012345678901", "a\\u0000", "a\\ud800", "123456782"};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(refs) / sizeof(refs[0]); i++) {
		char line[256];
		snprintf(line, sizeof(line), "{\"spent\":-1,\"ref\":\"%s\"}", refs[i]);
		decode_spending(decoding, line);
		assert_int_equal(found(decoding, "S-019")->ref.length, 0);
	}
}

static void findings_past_the_maximum_are_counted(void **state)
{
	struct decoding *decoding = *state;
	char *lines = arena_alloc(decoding->programmes, 3 * REPORT_LINES_MAX + 1);
	for (size_t i = 0; i < REPORT_LINES_MAX; i++)
		memcpy(lines + 3 * i, "{},", 3);
	lines[3 * REPORT_LINES_MAX - 1] = '\0';
	decode_outreach(decoding, lines);
	assert_int_equal(decoding->findings.count, FINDINGS_MAX);
	assert_int_equal(decoding->findings.dropped, 5 * REPORT_LINES_MAX - FINDINGS_MAX);
	assert_int_equal(decoding->findings.dropped_errors, decoding->findings.dropped);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, decoding_setup, decoding_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pointers_escape_what_would_mislead),
		TEST(a_key_too_long_to_show_points_at_what_holds_it),
		TEST(a_key_of_nothing_but_slashes_has_room),
		TEST(personal_data_is_never_echoed),
		TEST(a_hidden_key_points_at_what_holds_it),
		TEST(long_values_are_cut_and_lists_only_hinted_at),
		TEST(every_finding_of_a_line_tells_its_ref),
		TEST(a_faulty_ref_is_not_echoed),
		TEST(findings_past_the_maximum_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
