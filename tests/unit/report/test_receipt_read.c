/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/receipt.h"

#include "tests/support/unit.h"

#include <string.h>

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The fields of a good receipt, so that each can be made wrong by itself. */
static const struct {
	const char *name, *value;
} good[] = {
	{"format", "\"steun-receipt/1\""},
	{"number", "\"steunpakket-2021/GM0451/7\""},
	{"received_at", "\"2021-07-03T10:00:00.123456Z\""},
	{"submitter", "\"uithoorn\""},
	{"sender_key", "\"" HEX64 "\""},
	{"request", "\"00112233445566778899aabbccddeeff\""},
	{"programme", "\"steunpakket-2021\""},
	{"municipality", "\"GM0451\""},
	{"kind", "\"spending\""},
	{"period", "\"2021-06\""},
	{"revision", "3"},
	{"status", "\"final\""},
	{"report_sha256", "\"" HEX64 "\""},
	{"ruleset_sha256", "\"" HEX64 "\""},
	{"verdict", "\"accepted\""},
	{"errors", "0"},
	{"warnings", "0"},
	{"findings_sha256", "\"" HEX64 "\""},
	{"previous", "\"" HEX64 "\""},
	{"signing_key", "\"0123456789abcdef\""},
};

enum { FIELDS = sizeof(good) / sizeof(good[0]) };

struct fixture {
	struct arena *arena;
	struct buf out;
	struct receipt_content content;
	struct error err;
};

static int setup(void **state)
{
	static struct fixture fixture;
	fixture.arena = arena_new(1 << 20);
	buf_init(&fixture.out, 1 << 16);
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;
	buf_free(&fixture->out);
	arena_free(&fixture->arena);
	return 0;
}

static bool read_text(struct fixture *fixture, struct str text)
{
	error_clear(&fixture->err);
	memset(&fixture->content, 0x55, sizeof(fixture->content));
	return receipt_read(fixture->arena, text, &fixture->content, &fixture->err);
}

/* Reads a receipt with one value other than in a good one; all good if `name` is NULL. */
static bool read_with(struct fixture *fixture, const char *name, const char *value)
{
	buf_reset(&fixture->out);
	for (size_t i = 0; i < FIELDS; i++) {
		bool is_other = name != NULL && strcmp(good[i].name, name) == 0;
		buf_format(&fixture->out, "%c\"%s\":%s", i == 0 ? '{' : ',', good[i].name,
			is_other ? value : good[i].value);
	}
	buf_add_char(&fixture->out, '}');
	return read_text(fixture, buf_str(&fixture->out));
}

static void a_good_receipt_is_read_whole(void **state)
{
	struct fixture *fixture = *state;
	static const uint8_t request[REQUEST_ID_SIZE] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
		0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
	assert_true(read_with(fixture, NULL, NULL));
	const struct receipt_content *content = &fixture->content;
	assert_int_equal(content->number, 7);
	assert_true(str_is(content->full_number, "steunpakket-2021/GM0451/7"));
	assert_true(str_is(content->received_at, "2021-07-03T10:00:00.123456Z"));
	assert_true(str_is(content->submitter, "uithoorn"));
	assert_true(str_is(content->sender_key, HEX64));
	assert_memory_equal(content->request, request, sizeof(request));
	assert_true(str_is(content->programme, "steunpakket-2021"));
	assert_true(str_is(content->municipality, "GM0451"));
	assert_true(str_is(content->kind, "spending"));
	assert_true(str_is(content->period, "2021-06"));
	assert_int_equal(content->revision, 3);
	assert_true(str_is(content->status, "final"));
	assert_int_equal(content->report_sha256[31], 0xef);
	assert_true(str_is(content->ruleset_sha256, HEX64));
	assert_true(str_is(content->verdict, "accepted"));
	assert_int_equal(content->errors, 0);
	assert_int_equal(content->warnings, 0);
	assert_int_equal(content->findings_sha256[0], 0x01);
	assert_int_equal(content->previous[1], 0x23);
	assert_true(str_is(content->signing_key, "0123456789abcdef"));
}

static void what_is_written_can_be_read(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	struct receipt_facts facts = {.number = UINT64_C(12345678901),
		.submitter = "a \"quoted\" one",
		.sender_key = HEX64,
		.programme = "p",
		.municipality = "GM0001",
		.period = "2022-01",
		.kind = KIND_SPENDING,
		.revision = 9999,
		.status = STATUS_UNKNOWN,
		.ruleset_sha256 = HEX64,
		.verdict = VERDICT_REJECTED,
		.errors = 2001};
	assert_true(crypto_start(NULL));
	struct signing_key *key = signing_key_generate();
	receipt_make(fixture->arena, &facts, key, &receipt);
	assert_true(read_text(fixture, receipt.bytes));
	assert_true(fixture->content.number == facts.number);
	assert_true(str_is(fixture->content.submitter, facts.submitter));
	assert_true(str_is(fixture->content.received_at, "1970-01-01T00:00:00.000000Z"));
	assert_true(str_is(fixture->content.status, "unknown"));
	assert_int_equal(fixture->content.errors, 2001);
	signing_key_free(&key);
}

static void every_field_has_one_form(void **state)
{
	static const char *const rows[][2] = {
		{"format", "\"steun-receipt/2\""},
		{"format", "1"},
		{"received_at", "\"2021-07-03T10:00:00Z\""},
		{"received_at", "\"2021-02-30T10:00:00.000000Z\""},
		{"submitter", "\"\""},
		{"submitter", "null"},
		{"submitter", "\"a\\u0000\""},
		{"submitter", "\"a\\udc00\""},
		{"sender_key", "\"0123\""},
		{"request", "\"00112233445566778899AABBCCDDEEFF\""},
		{"request", "\"00112233445566778899aabbccddeef\""},
		{"request", "\"0011223344556677zz99aabbccddeeff\""},
		{"kind", "\"spendings\""},
		{"period", "\"2021-13\""},
		{"revision", "0"},
		{"revision", "10000"},
		{"revision", "\"3\""},
		{"revision", "3.0"},
		{"status", "\"\""},
		{"verdict", "\"maybe\""},
		{"errors", "-1"},
		{"warnings", "-0"},
		{"warnings", "1e3"},
		{"report_sha256", "\"" HEX64 "00\""},
		{"ruleset_sha256", "\"\""},
		{"signing_key", "\"0123456789abcde\""},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_false(read_with(fixture, rows[i][0], rows[i][1]));
		assert_non_null(strstr(fixture->err.message, rows[i][0]));
		assert_int_equal(fixture->content.errors, 0x5555555555555555);
	}
}

static void the_number_agrees_with_programme_and_municipality(void **state)
{
	static const char *const numbers[] = {"\"7\"", "\"steunpakket-2021/GM0451/0\"",
		"\"steunpakket-2021/GM0451/\"", "\"steunpakket-2021/GM0451/07\"",
		"\"steunpakket-2021/GM0451/7/\"", "\"steunpakket-2021/GM0452/7\"",
		"\"steunpakket-2020/GM0451/7\"", "\"steunpakket-2021/GM0451/-7\"",
		"\"steunpakket-2021/GM0451/99999999999999999999\""};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_false(read_with(fixture, "number", numbers[i]));
		assert_non_null(strstr(fixture->err.message, "number"));
	}
	assert_false(read_with(fixture, "municipality", "\"GM0452\""));
	assert_true(read_with(fixture, "number", "\"steunpakket-2021/GM0451/1\""));
}

static void an_accepted_report_has_a_status(void **state)
{
	struct fixture *fixture = *state;
	assert_false(read_with(fixture, "status", "\"unknown\""));
	assert_non_null(strstr(fixture->err.message, "unknown status"));
}

static void fields_are_all_there_in_their_order_and_no_others(void **state)
{
	struct fixture *fixture = *state;
	assert_false(read_with(fixture, "signing_key", "\"0123456789abcdef\",\"more\":1"));
	assert_non_null(strstr(fixture->err.message, "more fields"));
	assert_false(read_with(fixture, "revision", "3,\"revision\":3"));
	assert_non_null(strstr(fixture->err.message, "expected \"status\" as field 12"));
	assert_false(read_text(fixture, STR("{}")));
	assert_non_null(strstr(fixture->err.message, "expected \"format\" as field 1"));
	assert_false(read_text(fixture, STR("{\"number\":\"a/b/1\"}")));
	assert_false(read_text(fixture, STR("{\"format\":\"steun-receipt/1\"}")));
	assert_non_null(strstr(fixture->err.message, "expected \"number\" as field 2"));
}

static void other_texts_are_refused(void **state)
{
	struct fixture *fixture = *state;
	static char spaces[RECEIPT_BYTES_MAX + 1];
	assert_false(read_text(fixture, STR("")));
	assert_non_null(strstr(fixture->err.message, "line 1, column 1"));
	assert_false(read_text(fixture, STR("[]")));
	assert_non_null(strstr(fixture->err.message, "object"));
	memset(spaces, ' ', sizeof(spaces));
	assert_false(read_text(fixture, (struct str){spaces, sizeof(spaces)}));
	assert_non_null(strstr(fixture->err.message, "longer than 8192 bytes"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_receipt_is_read_whole),
		TEST(what_is_written_can_be_read),
		TEST(every_field_has_one_form),
		TEST(the_number_agrees_with_programme_and_municipality),
		TEST(an_accepted_report_has_a_status),
		TEST(fields_are_all_there_in_their_order_and_no_others),
		TEST(other_texts_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
