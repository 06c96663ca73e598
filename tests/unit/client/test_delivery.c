/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: isatty */
#include "delivery.h"

#include "tests/unit/client/desk.h"

static struct desk desk;
static bool has_terminal;

int __wrap_isatty(int fd);
int __wrap_isatty(int fd)
{
	(void)fd;
	return has_terminal;
}

struct fixture {
	struct spool *spool;
	struct known_keys keys;
	struct conversation *conversation;
	struct arena *arena;
	struct exchange *exchange;
	struct delivery *delivery;
};

static struct fixture fixture;

static void open_fixture(const enum ministry_act *script, size_t length, int reports)
{
	struct error err = {0};
	memset(&fixture, 0, sizeof(fixture));
	desk_connect(&desk, script, length);
	fixture.spool = spool_open(desk.arena, desk.settings.spool, &err);
	for (int month = 1; month <= reports; month++) {
		struct spool_report report = {
			.origin = "a.json", .bytes = str_of(desk_report(&desk, month, 1))};
		assert_true(spool_add(fixture.spool, &report, 1, &err));
	}
	const struct signing_key *signing = desk.ministry.signing;
	memcpy(fixture.keys.items[0].id, signing_key_id(signing), KEY_ID_SIZE);
	memcpy(fixture.keys.items[0].public_key, signing_key_public(signing), VERIFY_KEY_SIZE);
	fixture.keys.count = 1;
	fixture.conversation = conversation_open(desk.arena, &desk.settings, &err);
	assert_non_null(fixture.conversation);
	fixture.arena = arena_new(64 * 1024 * 1024);
	fixture.exchange = conversation_exchange(fixture.conversation, fixture.arena);
	fixture.delivery = delivery_new(&desk.call, fixture.spool, &fixture.keys, fixture.exchange);
}

static int run(void)
{
	struct error err = {0};
	size_t added;
	struct conversation_user user = delivery_user(fixture.delivery);
	assert_true(delivery_load(fixture.delivery, &added, &err));
	conversation_run(fixture.conversation, fixture.exchange, &user,
		call_deadline_us(&desk.call, 0), &err);
	return delivery_finish(fixture.delivery);
}

static int open_desk(void **state)
{
	(void)state;
	has_terminal = false;
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	delivery_free(&fixture.delivery);
	delivery_free(&fixture.delivery);
	conversation_close(&fixture.conversation);
	arena_free(&fixture.arena);
	spool_close(&fixture.spool);
	desk_close(&desk);
	return 0;
}

static void everything_in_the_spool_is_sent(void **state)
{
	(void)state;
	open_fixture(NULL, 0, 5);
	assert_int_equal(run(), EXIT_ACCEPTED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
	assert_non_null(
		strstr(desk_out(&desk), "5 accepted, 0 accepted with warnings, 0 rejected\n"));
	assert_string_equal(desk_err(&desk), "");
}

static void delays_of_every_sort_are_sat_out(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_BUSY, MINISTRY_RATE_LIMIT,
		MINISTRY_STORE_DOWN, MINISTRY_NONSENSE_RETRY, MINISTRY_STOPPING};
	open_fixture(script, 5, 1);
	assert_int_equal(run(), EXIT_ACCEPTED);
	assert_int_equal(desk.ministry.submits, 6);
	assert_non_null(strstr(desk_err(&desk), "the server is busy"));
	assert_non_null(strstr(desk_err(&desk), "more than is allowed"));
	assert_non_null(strstr(desk_err(&desk), "store is not available"));
	assert_non_null(strstr(desk_err(&desk), "cannot be reached"));
}

static void a_lost_answer_is_asked_for_again(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	open_fixture(script, 1, 1);
	assert_int_equal(run(), EXIT_ACCEPTED);
	assert_int_equal(desk.ministry.submits, 2);
	assert_non_null(strstr(desk_err(&desk), "does not answer in time"));
}

static void a_refusal_moves_the_report_aside(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	open_fixture(script, 1, 1);
	assert_int_equal(run(), EXIT_REJECTED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
	assert_int_equal(desk_count(&desk, "spool/refused", ".report"), 1);
	assert_int_equal(desk_count(&desk, "spool/refused", ".json"), 1);
	assert_non_null(strstr(desk_out(&desk), "kept in "));
	assert_non_null(strstr(desk_out(&desk), "1 refused"));
}

static void a_refusal_that_cannot_be_kept_leaves_the_report(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	open_fixture(script, 1, 1);
	unit_write(desk_path(&desk, "spool/refused"), "a file");
	assert_int_equal(run(), EXIT_UNDELIVERED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
	assert_non_null(strstr(desk_out(&desk), "cannot make the folder"));
}

static void nonsense_proves_nothing(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {
		MINISTRY_GARBAGE, MINISTRY_WRONG_KIND, MINISTRY_FORGE, MINISTRY_OTHER_FINDINGS};
	desk.options.is_json = true;
	open_fixture(script, 4, 4);
	assert_int_equal(run(), EXIT_UNDELIVERED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 4);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 0);
	assert_non_null(strstr(desk_out(&desk), "\"outcome\":\"unproven\""));
	assert_non_null(strstr(desk_out(&desk), "the answer cannot be one to SUBMIT"));
}

static void what_time_does_not_allow_is_told_and_kept(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE, MINISTRY_SILENCE};
	open_fixture(script, 2, 2);
	desk.settings.timeout_s = 1;
	desk.settings.reply_timeout_s = 20;
	assert_int_equal(run(), EXIT_UNDELIVERED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 2);
	assert_non_null(strstr(desk_out(&desk), "NOT DELIVERED YET"));
	assert_non_null(strstr(desk_out(&desk), "2 not delivered yet (kept in "));
}

static void a_report_that_vanishes_is_told(void **state)
{
	(void)state;
	struct error err = {0};
	size_t added;
	open_fixture(NULL, 0, 1);
	assert_true(delivery_load(fixture.delivery, &added, &err));
	assert_int_equal(added, 1);
	unit_folder_remove(desk.settings.spool);
	struct conversation_user user = delivery_user(fixture.delivery);
	conversation_run(fixture.conversation, fixture.exchange, &user,
		call_deadline_us(&desk.call, 0), &err);
	assert_int_equal(delivery_finish(fixture.delivery), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_out(&desk), "cannot open"));
	assert_false(delivery_load(fixture.delivery, &added, &err));
}

static void a_damaged_entry_is_told_and_left(void **state)
{
	(void)state;
	open_fixture(NULL, 0, 0);
	unit_write(desk_path(&desk, "spool/odd.report"), "x");
	assert_int_equal(run(), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_out(&desk), "its name is not that of an entry"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
}

static void what_is_in_order_may_be_left_unsaid(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_ACCEPT, MINISTRY_WARN};
	desk.options.is_quiet = true;
	open_fixture(script, 2, 2);
	assert_int_equal(run(), EXIT_ACCEPTED);
	assert_null(strstr(desk_out(&desk), "ACCEPTED  a.json"));
	assert_non_null(strstr(desk_out(&desk), "ACCEPTED WITH WARNINGS"));
}

static void a_terminal_shows_progress_and_clears_it(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	has_terminal = true;
	open_fixture(script, 1, 1);
	assert_int_equal(run(), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_err(&desk), "\r0 of 1 delivered"));
	/* The line is taken away before anything else is said. */
	const char *last = desk_err(&desk);
	for (const char *at = last; (at = strstr(at, "\r0 of 1 delivered")) != NULL; at++)
		last = at;
	assert_non_null(strstr(last, "\r\033[K"));
}

static void a_correction_is_sent_after_what_it_corrects(void **state)
{
	(void)state;
	struct error err = {0};
	static const enum ministry_act script[] = {MINISTRY_REJECT, MINISTRY_ACCEPT};
	open_fixture(script, 2, 1);
	struct spool_report report = {
		.origin = "b.json", .bytes = str_of(desk_report(&desk, 1, 2))};
	assert_true(spool_add(fixture.spool, &report, 1, &err));
	assert_int_equal(run(), EXIT_REJECTED);
	const char *rejected = strstr(desk_out(&desk), "REJECTED");
	const char *accepted = strstr(desk_out(&desk), "ACCEPTED");
	assert_true(rejected != NULL && accepted != NULL && rejected < accepted);
	assert_non_null(strstr(rejected, "revision 1"));
	assert_non_null(strstr(accepted, "b.json: GM0451, January 2021, spending, revision 2"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_in_the_spool_is_sent),
		TEST(delays_of_every_sort_are_sat_out),
		TEST(a_lost_answer_is_asked_for_again),
		TEST(a_refusal_moves_the_report_aside),
		TEST(a_refusal_that_cannot_be_kept_leaves_the_report),
		TEST(nonsense_proves_nothing),
		TEST(what_time_does_not_allow_is_told_and_kept),
		TEST(a_report_that_vanishes_is_told),
		TEST(a_damaged_entry_is_told_and_left),
		TEST(what_is_in_order_may_be_left_unsaid),
		TEST(a_terminal_shows_progress_and_clears_it),
		TEST(a_correction_is_sent_after_what_it_corrects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
