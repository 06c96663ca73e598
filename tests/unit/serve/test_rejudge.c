/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/rejudge.h"

#include "base/map.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static struct settings *settings;
static struct arena *arena;
static struct replay *replay;
static struct rejudgement judgement;

/* Rules as a draft: the house's own, with one text for another. */
static void load_draft(struct house *house, const char *from, const char *to)
{
	struct buf complaints;
	const char *at = strstr(house_rules, from);
	assert_non_null(at);
	house_write(house, "draft.yaml",
		arena_format(house->arena, "%.*s%s%s", (int)(at - house_rules), house_rules, to,
			at + strlen(from)));
	buf_init(&complaints, 1024 * 1024);
	settings = settings_load_draft(house->config, SETTINGS_REFERENCE,
		unit_path(house->folder, "draft.yaml"), &complaints);
	if (settings == NULL)
		fail_msg("%s", complaints.data);
	buf_free(&complaints);
}

static int setup(void **state)
{
	int status = house_setup(state);
	arena = arena_new(REJUDGE_ARENA_BYTES);
	return status;
}

static int teardown(void **state)
{
	replay_close(&replay);
	settings_release(&settings);
	arena_free(&arena);
	return house_teardown(state);
}

static void submit(struct house *house, const char *report)
{
	if (house->service.server == NULL)
		house_open(house);
	expect_reply(
		house_ask(house, house->client, VERB_SUBMIT, report), REPLY_RECEIPT, "receipt");
}

static enum rejudged next(struct house *house)
{
	static const struct replay_bounds all = {0};
	const struct replay_entry *entry;
	enum rejudged rejudged = REJUDGED_COUNT;
	struct error err = {0};
	if (replay == NULL)
		replay = replay_open(
			cluster_conninfo(&house->cluster, "auditor", "record"), &all, &err);
	arena_reset(arena);
	if (replay == NULL || !replay_next(replay, &entry, &err) ||
		!rejudge(settings, arena, replay, entry, &judgement, &rejudged, &err))
		fail_msg("%s", err.message);
	return rejudged;
}

static void the_draft_judges_what_was_received(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-06", 1, "500001"));
	load_draft(house, "1000000.00", "500000.00");
	assert_int_equal(next(house), REJUDGED);
	assert_int_equal(judgement.stored.count, 0);
	assert_int_equal(judgement.verdict, VERDICT_REJECTED);
	assert_int_equal(judgement.drafted.count, 1);
	assert_true(str_is(judgement.drafted.items[0].rule, "T-101"));
	assert_int_equal(judgement.drafted.items[0].line, 1);
}

static void history_is_that_of_the_moment(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-05", 1, "10.00"));
	submit(house, house_spending(house, "GM0451", "2021-06", 1, "101.00"));
	submit(house, house_spending(house, "GM0451", "2021-05", 2, "500.00"));
	load_draft(house, "1000000.00", "500000.00");
	assert_int_equal(next(house), REJUDGED);
	assert_int_equal(judgement.drafted.count, 0);
	assert_int_equal(next(house), REJUDGED);
	assert_int_equal(judgement.stored.count, 1);
	assert_int_equal(judgement.drafted.count, 1);
	assert_true(str_is(judgement.drafted.items[0].rule, "T-201"));
	assert_true(str_equal(
		judgement.drafted.items[0].message_nl, judgement.stored.items[0].message_nl));
	assert_int_equal(judgement.verdict, VERDICT_ACCEPTED_WITH_WARNINGS);
}

static void what_could_not_be_read_is_left_alone(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-05", 1, "-1"));
	load_draft(house, "1000000.00", "500000.00");
	assert_int_equal(next(house), REJUDGED_STRUCTURAL);
	assert_int_equal(judgement.stored.count, 1);
}

static void what_the_files_no_longer_have_is_not_judged(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-05", 1, "1.00"));
	load_draft(house, "1000000.00", "500000.00");
	settings->municipalities = &(const struct municipalities){.map = map_new(house->arena)};
	assert_int_equal(next(house), REJUDGED_UNKNOWN);
	replay_close(&replay);
	settings->programme_count = 0;
	assert_int_equal(next(house), REJUDGED_UNKNOWN);
}

static void without_rules_for_its_programme_nothing_is_judged(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-05", 1, "1.00"));
	load_draft(house, "1000000.00", "500000.00");
	struct settings_programme part = settings->programmes[0];
	part.ruleset = NULL;
	settings->programmes = &part;
	assert_int_equal(next(house), REJUDGED_WITHOUT);
}

static void an_answer_that_is_none_of_ours_is_an_error(void **state)
{
	struct house *house = *state;
	struct replay_entry entry = {.programme = STR("p"),
		.municipality = STR("GM0451"),
		.number = 7,
		.reply = STR("{}")};
	enum rejudged rejudged;
	struct error err = {0};
	load_draft(house, "1000000.00", "500000.00");
	assert_false(rejudge(settings, arena, NULL, &entry, &judgement, &rejudged, &err));
	assert_non_null(strstr(err.message, "p/GM0451/7: its answer in the record cannot be read"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_draft_judges_what_was_received, setup, teardown),
		cmocka_unit_test_setup_teardown(history_is_that_of_the_moment, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_could_not_be_read_is_left_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_the_files_no_longer_have_is_not_judged, setup, teardown),
		cmocka_unit_test_setup_teardown(
			without_rules_for_its_programme_nothing_is_judged, setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_answer_that_is_none_of_ours_is_an_error, setup, teardown),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
