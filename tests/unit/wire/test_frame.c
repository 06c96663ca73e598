/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/frame.h"

#include "tests/support/unit.h"

#include <string.h>

#define ID "0123456789abcdef"

static struct request read_request(const struct str *frames, size_t count)
{
	struct request request;
	memset(&request, 0xaa, sizeof(request));
	request_read(frames, count, &request);
	return request;
}

static void every_verb_is_read(void **state)
{
	(void)state;
	for (int verb = 0; verb < VERB_COUNT; verb++) {
		struct str frames[] = {STR("STEUN1"), str_of(verb_names[verb]), STR(ID), STR("{}")};
		struct request request = read_request(frames, 4);
		assert_int_equal(request.shape, REQUEST_SOUND);
		assert_int_equal(request.verb, verb);
		assert_memory_equal(request.id, ID, REQUEST_ID_SIZE);
		assert_true(str_is(request.body, "{}"));
	}
	assert_null(verb_names[VERB_COUNT]);
}

static void a_body_may_be_empty(void **state)
{
	(void)state;
	struct str frames[] = {STR("STEUN1"), STR("PING"), STR(ID), {0}};
	struct request request = read_request(frames, 4);
	assert_int_equal(request.shape, REQUEST_SOUND);
	assert_int_equal(request.body.length, 0);
}

static void an_unknown_verb_keeps_its_id(void **state)
{
	(void)state;
	static const char *const verbs[] = {"", "ping", "PIN", "PINGS", "STEUN1"};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		struct str frames[] = {STR("STEUN1"), str_of(verbs[i]), STR(ID), STR("x")};
		struct request request = read_request(frames, 4);
		assert_int_equal(request.shape, REQUEST_UNKNOWN_VERB);
		assert_memory_equal(request.id, ID, REQUEST_ID_SIZE);
		assert_int_equal(request.body.length, 0);
	}
}

static void a_verb_with_a_nul_is_unknown(void **state)
{
	(void)state;
	struct str frames[] = {STR("STEUN1"), STR("PING\0"), STR(ID), STR("")};
	assert_int_equal(read_request(frames, 4).shape, REQUEST_UNKNOWN_VERB);
}

static void a_wrong_shape_with_an_id_can_be_answered(void **state)
{
	(void)state;
	struct str frames[] = {STR("STEUN1"), STR("PING"), STR(ID), STR(""), STR("extra")};
	assert_int_equal(read_request(frames, 3).shape, REQUEST_BAD_FRAME);
	assert_int_equal(read_request(frames, 5).shape, REQUEST_BAD_FRAME);
	assert_int_equal(read_request(frames, 1000000).shape, REQUEST_BAD_FRAME);
	frames[0] = STR("STEUN2");
	struct request request = read_request(frames, 4);
	assert_int_equal(request.shape, REQUEST_BAD_FRAME);
	assert_memory_equal(request.id, ID, REQUEST_ID_SIZE);
}

static void a_message_without_an_id_is_met_with_silence(void **state)
{
	(void)state;
	struct str frames[] = {STR("STEUN1"), STR("PING"), STR("0123456789abcde"), STR("")};
	for (size_t count = 0; count <= 4; count++)
		assert_int_equal(read_request(frames, count).shape, REQUEST_SILENT);
	frames[2] = STR(ID "0");
	assert_int_equal(read_request(frames, 4).shape, REQUEST_SILENT);
}

static void every_kind_of_reply_is_read(void **state)
{
	(void)state;
	for (int kind = 0; kind < REPLY_COUNT; kind++) {
		struct reply reply;
		struct str frames[] = {
			STR("STEUN1"), str_of(reply_names[kind]), STR(ID), STR("{}")};
		assert_true(reply_read(frames, 4, &reply));
		assert_int_equal(reply.kind, kind);
		assert_memory_equal(reply.id, ID, REQUEST_ID_SIZE);
		assert_true(str_is(reply.body, "{}"));
	}
	assert_null(reply_names[REPLY_COUNT]);
}

static void anything_else_is_no_reply(void **state)
{
	(void)state;
	struct reply reply;
	struct str sound[] = {STR("STEUN1"), STR("PONG"), STR(ID), STR(""), STR("")};
	struct str verb[] = {STR("STEUN1"), STR("PING"), STR(ID), STR("")};
	struct str version[] = {STR("STEUN2"), STR("PONG"), STR(ID), STR("")};
	struct str short_id[] = {STR("STEUN1"), STR("PONG"), STR("0123"), STR("")};
	assert_false(reply_read(sound, 3, &reply));
	assert_false(reply_read(sound, 5, &reply));
	assert_false(reply_read(sound, 0, &reply));
	assert_false(reply_read(verb, 4, &reply));
	assert_false(reply_read(version, 4, &reply));
	assert_false(reply_read(short_id, 4, &reply));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_is_read),
		cmocka_unit_test(a_body_may_be_empty),
		cmocka_unit_test(an_unknown_verb_keeps_its_id),
		cmocka_unit_test(a_verb_with_a_nul_is_unknown),
		cmocka_unit_test(a_wrong_shape_with_an_id_can_be_answered),
		cmocka_unit_test(a_message_without_an_id_is_met_with_silence),
		cmocka_unit_test(every_kind_of_reply_is_read),
		cmocka_unit_test(anything_else_is_no_reply),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
