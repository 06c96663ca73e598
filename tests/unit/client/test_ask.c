/* SPDX-License-Identifier: EUPL-1.2 */
#include "ask.h"

#include "tests/unit/client/desk.h"

static struct desk desk;

static int open_desk(void **state)
{
	(void)state;
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static void a_question_gets_its_answer(void **state)
{
	(void)state;
	struct reply reply;
	desk_connect(&desk, NULL, 0);
	assert_int_equal(ask_once(&desk.call, VERB_RULES, STR("{}"), &reply), EXIT_ACCEPTED);
	assert_int_equal(reply.kind, REPLY_RULES);
	assert_true(reply.body.length > 100);
}

static void without_settings_nothing_is_asked(void **state)
{
	(void)state;
	struct reply reply;
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_USAGE);
	desk_connect(&desk, NULL, 0);
	desk.settings.key = "/nonexistent";
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "key: "));
}

static void no_answer_in_time_is_told(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	struct reply reply;
	desk_connect(&desk, script, 1);
	desk.settings.timeout_s = 1;
	desk.settings.reply_timeout_s = 20;
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "got no answer"));
}

static void an_unknown_key_is_told(void **state)
{
	(void)state;
	struct reply reply;
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_known = false;
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "your key is not known at the ministry"));
}

static void a_wrong_endpoint_is_told(void **state)
{
	(void)state;
	static const char *endpoints[] = {"tcp://nowhere"};
	struct reply reply;
	desk_connect(&desk, NULL, 0);
	desk.settings.endpoints.items = endpoints;
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "endpoint"));
}

static void a_refusal_is_shown_to_people_and_machines(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	struct reply reply;
	desk_connect(&desk, script, 1);
	assert_int_equal(ask_once(&desk.call, VERB_PING, STR(""), &reply), EXIT_ACCEPTED);
	assert_int_equal(ask_refused(&desk.call, &reply), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "not-yours: This key may not"));
	desk.options.is_json = true;
	assert_int_equal(ask_refused(&desk.call, &reply), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "\"code\":\"not-yours\""));
}

static void an_answer_that_does_not_fit_is_told(void **state)
{
	(void)state;
	struct reply reply = {.kind = REPLY_PONG};
	assert_int_equal(ask_refused(&desk.call, &reply), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "does not fit the question"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_gets_its_answer),
		TEST(without_settings_nothing_is_asked),
		TEST(no_answer_in_time_is_told),
		TEST(an_unknown_key_is_told),
		TEST(a_wrong_endpoint_is_told),
		TEST(a_refusal_is_shown_to_people_and_machines),
		TEST(an_answer_that_does_not_fit_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
