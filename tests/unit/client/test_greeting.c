/* SPDX-License-Identifier: EUPL-1.2 */
#include "greeting.h"

#include "tests/unit/client/desk.h"

static struct desk desk;
static struct conversation *conversation;

static int open_desk(void **state)
{
	(void)state;
	conversation = NULL;
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	conversation_close(&conversation);
	desk_close(&desk);
	return 0;
}

static bool ask_with(const enum ministry_act *script, size_t length, struct greeting *ret_greeting)
{
	struct error err = {0};
	desk_connect(&desk, script, length);
	conversation = conversation_open(desk.arena, &desk.settings, &err);
	return greeting_ask(
		&desk.call, conversation, call_deadline_us(&desk.call, 0), ret_greeting);
}

static void a_welcome_tells_who_one_is_and_the_keys(void **state)
{
	(void)state;
	struct greeting greeting;
	assert_true(ask_with(NULL, 0, &greeting));
	assert_int_equal(greeting.keys.count, 1);
	assert_true(str_is(json_member_text(greeting.sender, "id"), "tester"));
	assert_true(str_starts_with(greeting.body, STR("{\"server\"")));
}

static void a_refusal_is_shown(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	struct greeting greeting;
	assert_false(ask_with(script, 1, &greeting));
	assert_non_null(strstr(desk_out(&desk), "REFUSED"));
}

static void nonsense_is_told(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_WRONG_KIND};
	struct greeting greeting;
	assert_false(ask_with(script, 1, &greeting));
	assert_non_null(strstr(desk_err(&desk), "does not fit the question"));
}

static void a_welcome_without_what_is_needed_is_told(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {
		MINISTRY_NO_WELCOME, MINISTRY_NO_KEYS, MINISTRY_BIG_WELCOME};
	static const char *const told[] = {"cannot be read", "names no key", "is too large"};
	struct greeting greeting;
	assert_false(ask_with(script, 3, &greeting));
	assert_non_null(strstr(desk_err(&desk), told[0]));
	for (int i = 1; i < 3; i++) {
		assert_false(greeting_ask(
			&desk.call, conversation, call_deadline_us(&desk.call, 0), &greeting));
		assert_non_null(strstr(desk_err(&desk), told[i]));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_welcome_tells_who_one_is_and_the_keys),
		TEST(a_refusal_is_shown),
		TEST(nonsense_is_told),
		TEST(a_welcome_without_what_is_needed_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
