/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/message.h"

#include "base/clock.h"
#include "base/json.h"
#include "tests/support/unit.h"

#include <string.h>

struct desk {
	struct arena *arena;
	struct buf out;
};

static int open_desk(void **state)
{
	static struct desk desk;
	struct error err = {0};
	assert_true(crypto_start(&err));
	desk.arena = arena_new(1024 * 1024);
	buf_init(&desk.out, 65536);
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	buf_free(&desk->out);
	arena_free(&desk->arena);
	return 0;
}

static const struct json *written(struct desk *desk)
{
	struct json_error why;
	assert_false(desk->out.has_failed);
	const struct json *root = json_parse(desk->arena, buf_str(&desk->out), 1000, &why);
	assert_non_null(root);
	return root;
}

static void expect_text(const struct json *object, const char *key, const char *expected)
{
	assert_true(str_is(json_member_text(object, key), expected));
}

static void expect_message(const struct json *root, const struct message_code *code)
{
	const struct json *message = json_member(root, "message");
	expect_text(root, "code", code->code);
	expect_text(message, "nl", code->nl);
	expect_text(message, "en", code->en);
	assert_int_equal(message->count, 2);
	assert_true(strlen(code->nl) > 20 && strlen(code->en) > 20);
	assert_true(utf8_is_valid(str_of(code->nl)));
}

static void the_codes_are_those_of_the_protocol(void **state)
{
	(void)state;
	static const char *const refusals[] = {"bad-frame", "unknown-verb", "too-large",
		"malformed", "not-yours", "conflict", "stale-revision", "unknown-programme",
		"unknown-request"};
	static const char *const retries[] = {
		"busy", "rate-limited", "store-down", "outcome-unknown", "stopping"};
	assert_int_equal(sizeof(refusals) / sizeof(refusals[0]), REFUSAL_COUNT);
	assert_int_equal(sizeof(retries) / sizeof(retries[0]), RETRY_COUNT);
	for (int i = 0; i < REFUSAL_COUNT; i++)
		assert_string_equal(refusal_codes[i].code, refusals[i]);
	for (int i = 0; i < RETRY_COUNT; i++)
		assert_string_equal(retry_codes[i].code, retries[i]);
}

static void every_refusal_speaks_dutch_and_english(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < REFUSAL_COUNT; i++) {
		buf_reset(&desk->out);
		refused_write(&desk->out, (enum refusal)i, (struct str){0});
		const struct json *root = written(desk);
		expect_message(root, &refusal_codes[i]);
		assert_int_equal(root->count, 2);
	}
}

static void a_refusal_carries_its_detail(void **state)
{
	struct desk *desk = *state;
	refused_write(&desk->out, REFUSAL_STALE_REVISION, STR("{\"revision\":3}"));
	int64_t revision = 0;
	assert_true(json_member_int(json_member(written(desk), "detail"), "revision", &revision));
	assert_int_equal(revision, 3);
}

static void every_retry_tells_when_to_come_back(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < RETRY_COUNT; i++) {
		int64_t after_ms = 0;
		buf_reset(&desk->out);
		retry_write(&desk->out, (enum retry)i);
		const struct json *root = written(desk);
		expect_message(root, &retry_codes[i]);
		assert_true(json_member_int(root, "after_ms", &after_ms));
		assert_in_range(after_ms, retry_codes[i].after_ms, retry_codes[i].after_ms * 3 / 2);
	}
}

static void clients_are_not_sent_back_together(void **state)
{
	struct desk *desk = *state;
	int64_t first_ms = 0, after_ms = 0;
	bool differs = false;
	for (int i = 0; i < 100; i++) {
		buf_reset(&desk->out);
		retry_write(&desk->out, RETRY_BUSY);
		assert_true(json_member_int(written(desk), "after_ms", &after_ms));
		first_ms = i == 0 ? after_ms : first_ms;
		differs = differs || after_ms != first_ms;
	}
	assert_true(differs);
}

static void findings_come_with_their_verdict(void **state)
{
	struct desk *desk = *state;
	struct findings findings;
	struct finding finding = {.rule = STR("B-210"),
		.severity = SEVERITY_WARNING,
		.line = 1,
		.message_nl = STR("opvallend"),
		.message_en = STR("remarkable")};
	findings_init(&findings, desk->arena);
	findings_add(&findings, &finding);
	findings_finish(&findings);
	findings_body_write(&desk->out, &findings);
	const struct json *root = written(desk);
	assert_int_equal(root->count, 2);
	expect_text(root, "verdict", "accepted-with-warnings");
	const struct json *list = json_member(root, "findings");
	assert_int_equal(list->count, 1);
	expect_text(list->first, "rule", "B-210");
}

static const uint8_t public_key[VERIFY_KEY_SIZE] = {1, 2, 3};

static struct welcome sample_welcome(void)
{
	static const struct welcome_programme programmes[] = {
		{"steunpakket-2021", "Steunpakket", "00ff"}};
	static const struct welcome_key keys[] = {{"0123456789abcdef", public_key}};
	static const char *const municipalities[] = {"GM0451", "GM0363"};
	static const char *const kinds[] = {"spending", "outreach"};
	static const char *const sender_programmes[] = {"steunpakket-2021"};
	return (struct welcome){.server_version = "1.0.0",
		.time_us = 1000000,
		.requests_per_minute = 600,
		.programmes = programmes,
		.programme_count = 1,
		.keys = keys,
		.key_count = 1,
		.sender_id = "uithoorn",
		.sender_name = "Gemeente Uithoorn",
		.municipalities = municipalities,
		.municipality_count = 2,
		.kinds = kinds,
		.kind_count = 2,
		.sender_programmes = sender_programmes,
		.sender_programme_count = 1};
}

static void a_welcome_says_who_we_are_and_what_holds_here(void **state)
{
	struct desk *desk = *state;
	struct welcome welcome = sample_welcome();
	uint8_t key[VERIFY_KEY_SIZE];
	int64_t number = 0;
	welcome_write(&desk->out, &welcome);
	const struct json *root = written(desk);
	expect_text(root, "server", "1.0.0");
	expect_text(root, "time", "1970-01-01T00:00:01.000000Z");
	assert_true(str_is(json_member(root, "protocols")->first->text, "STEUN1"));
	const struct json *limits = json_member(root, "limits");
	assert_true(json_member_int(limits, "body_bytes", &number));
	assert_int_equal(number, 262144);
	assert_true(json_member_int(limits, "lines", &number));
	assert_int_equal(number, 500);
	assert_true(json_member_int(limits, "requests_per_minute", &number));
	assert_int_equal(number, 600);
	const struct json *programme = json_member(root, "programmes")->first;
	expect_text(programme, "id", "steunpakket-2021");
	expect_text(programme, "title", "Steunpakket");
	expect_text(programme, "ruleset_sha256", "00ff");
	const struct json *receipt_key = json_member(root, "receipt_keys")->first;
	expect_text(receipt_key, "id", "0123456789abcdef");
	assert_true(base64_decode(json_member_text(receipt_key, "ed25519"), key, sizeof(key)));
	assert_memory_equal(key, public_key, sizeof(key));
}

static void a_welcome_says_who_the_sender_is(void **state)
{
	struct desk *desk = *state;
	struct welcome welcome = sample_welcome();
	welcome_write(&desk->out, &welcome);
	const struct json *sender = json_member(written(desk), "sender");
	expect_text(sender, "id", "uithoorn");
	expect_text(sender, "name", "Gemeente Uithoorn");
	const struct json *municipalities = json_member(sender, "municipalities");
	assert_int_equal(municipalities->count, 2);
	assert_true(str_is(municipalities->first->text, "GM0451"));
	assert_int_equal(json_member(sender, "kinds")->count, 2);
	assert_true(str_is(json_member(sender, "programmes")->first->text, "steunpakket-2021"));
}

static void a_sender_for_all_municipalities_has_a_star(void **state)
{
	struct desk *desk = *state;
	struct welcome welcome = sample_welcome();
	welcome.municipalities = NULL;
	welcome_write(&desk->out, &welcome);
	expect_text(json_member(written(desk), "sender"), "municipalities", "*");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)
	const struct CMUnitTest tests[] = {
		TEST(the_codes_are_those_of_the_protocol),
		TEST(every_refusal_speaks_dutch_and_english),
		TEST(a_refusal_carries_its_detail),
		TEST(every_retry_tells_when_to_come_back),
		TEST(clients_are_not_sent_back_together),
		TEST(findings_come_with_their_verdict),
		TEST(a_welcome_says_who_we_are_and_what_holds_here),
		TEST(a_welcome_says_who_the_sender_is),
		TEST(a_sender_for_all_municipalities_has_a_star),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
