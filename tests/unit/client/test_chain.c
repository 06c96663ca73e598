/* SPDX-License-Identifier: EUPL-1.2 */
#include "chain.h"

#include "tests/unit/client/paper.h"

#include <unistd.h>

static struct paper paper;
static char folder[256];

static int open_paper(void **state)
{
	(void)state;
	paper_open(&paper);
	snprintf(folder, sizeof(folder), "%s", unit_folder_make());
	return 0;
}

static int close_paper(void **state)
{
	(void)state;
	paper_close(&paper);
	unit_folder_remove(folder);
	return 0;
}

static const char *path_of(uint64_t number, const char *ending)
{
	return arena_format(paper.arena, "%s/steunpakket-2021_%s_%llu.%s", folder,
		paper.facts.municipality, (unsigned long long)number, ending);
}

/* The next receipt with its report, stored as steun stores them. */
static void store_next(const char *report)
{
	struct str body = paper_body(&paper, report);
	unit_write(path_of(paper.facts.number, "json"), body.data);
	unit_write(path_of(paper.facts.number, "report"), report);
}

static const struct chain_summary *verify(void)
{
	struct error err = {0};
	struct chain *chain = chain_new(paper.arena, &paper.keys);
	assert_true(chain_add_folder(chain, folder, &err));
	return chain_finish(chain);
}

static void expect_one(enum chain_fault fault, const char *path, const char *detail)
{
	const struct chain_summary *summary = verify();
	assert_int_equal(summary->notice_count, 1);
	assert_int_equal(summary->notices[0].fault, fault);
	assert_string_equal(summary->notices[0].path, path);
	if (detail != NULL)
		assert_non_null(strstr(summary->notices[0].detail, detail));
	else
		assert_null(summary->notices[0].detail);
}

static void a_whole_chain_holds(void **state)
{
	(void)state;
	for (int i = 0; i < 12; i++)
		store_next("r");
	const struct chain_summary *summary = verify();
	assert_int_equal(summary->notice_count, 0);
	assert_int_equal(summary->receipts, 12);
	assert_int_equal(summary->reports, 12);
	assert_int_equal(summary->links, 12);
	assert_int_equal(summary->chains, 1);
}

static void every_municipality_has_its_own_chain(void **state)
{
	(void)state;
	store_next("r");
	store_next("r");
	paper.facts.municipality = "GM0014";
	paper.facts.number = 0;
	memset(paper.facts.previous, 0, SHA256_SIZE);
	store_next("r");
	const struct chain_summary *summary = verify();
	assert_int_equal(summary->notice_count, 0);
	assert_int_equal(summary->chains, 2);
	assert_int_equal(summary->links, 3);
}

static void a_missing_number_is_a_gap(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		store_next("r");
	unlink(path_of(2, "json"));
	unlink(path_of(3, "json"));
	expect_one(CHAIN_GAP, path_of(4, "json"), "2..3");
	assert_int_equal(verify()->gaps, 1);
}

static void a_chain_begins_with_1(void **state)
{
	(void)state;
	store_next("r");
	store_next("r");
	unlink(path_of(1, "json"));
	expect_one(CHAIN_GAP, path_of(2, "json"), "1..1");
}

static void a_receipt_that_follows_another_one_breaks_the_chain(void **state)
{
	(void)state;
	store_next("r");
	paper.facts.previous[0] ^= 1;
	store_next("r");
	expect_one(CHAIN_BROKEN, path_of(2, "json"), "_1.json");
}

static void a_first_receipt_that_follows_something_breaks_the_chain(void **state)
{
	(void)state;
	paper.facts.previous[0] = 1;
	store_next("r");
	expect_one(CHAIN_BROKEN, path_of(1, "json"), NULL);
}

static void another_receipt_of_one_number_breaks_the_chain(void **state)
{
	(void)state;
	store_next("r");
	paper.facts.number = 0;
	memset(paper.facts.previous, 0, SHA256_SIZE);
	struct str body = paper_body(&paper, "other");
	unit_write(unit_path(folder, "z.json"), body.data);
	const struct chain_summary *summary = verify();
	assert_int_equal(summary->notice_count, 2);
	assert_int_equal(summary->notices[0].fault, CHAIN_MISNAMED);
	assert_int_equal(summary->notices[1].fault, CHAIN_BROKEN);
}

static void a_copy_of_a_receipt_is_only_misnamed(void **state)
{
	(void)state;
	struct str body = paper_body(&paper, "r");
	unit_write(path_of(1, "json"), body.data);
	unit_write(unit_path(folder, "copy.json"), body.data);
	expect_one(CHAIN_MISNAMED, arena_format(paper.arena, "%s/copy.json", folder), "_1.json");
}

static void a_report_that_was_changed_is_told(void **state)
{
	(void)state;
	store_next("r");
	unit_write(path_of(1, "report"), "s");
	expect_one(CHAIN_OTHER_REPORT, path_of(1, "json"), NULL);
}

static void a_receipt_without_its_report_is_good(void **state)
{
	(void)state;
	store_next("r");
	unlink(path_of(1, "report"));
	const struct chain_summary *summary = verify();
	assert_int_equal(summary->notice_count, 0);
	assert_int_equal(summary->reports, 0);
}

static void a_report_that_cannot_be_read_is_told(void **state)
{
	(void)state;
	struct error err = {0};
	store_next("r");
	unlink(path_of(1, "report"));
	struct chain *chain = chain_new(paper.arena, &paper.keys);
	assert_int_equal(symlink("/dev", path_of(1, "report")), 0);
	assert_true(chain_add_folder(chain, folder, &err));
	const struct chain_summary *summary = chain_finish(chain);
	assert_int_equal(summary->notice_count, 1);
	assert_int_equal(summary->notices[0].fault, CHAIN_UNREADABLE);
}

static void what_proves_nothing_is_told(void **state)
{
	(void)state;
	unit_write(path_of(1, "json"), "{}");
	expect_one(CHAIN_NOT_PROVEN, path_of(1, "json"), "not the body of a RECEIPT");
}

static void single_files_need_not_join(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		store_next("r");
	struct chain *chain = chain_new(paper.arena, &paper.keys);
	chain_add_file(chain, path_of(2, "json"));
	chain_add_file(chain, path_of(5, "json"));
	chain_add_file(chain, path_of(9, "json"));
	const struct chain_summary *summary = chain_finish(chain);
	assert_int_equal(summary->receipts, 2);
	assert_int_equal(summary->notice_count, 1);
	assert_int_equal(summary->notices[0].fault, CHAIN_UNREADABLE);
}

static void a_file_may_be_called_anything(void **state)
{
	(void)state;
	struct str body = paper_body(&paper, "r");
	unit_write(unit_path(folder, "proof"), body.data);
	struct chain *chain = chain_new(paper.arena, &paper.keys);
	chain_add_file(chain, unit_path(folder, "proof"));
	assert_int_equal(chain_finish(chain)->notice_count, 0);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	(void)state;
	struct error err = {0};
	struct chain *chain = chain_new(paper.arena, &paper.keys);
	assert_false(chain_add_folder(chain, "/nonexistent", &err));
	assert_int_equal(chain_finish(chain)->chains, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_paper, close_paper)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_whole_chain_holds),
		TEST(every_municipality_has_its_own_chain),
		TEST(a_missing_number_is_a_gap),
		TEST(a_chain_begins_with_1),
		TEST(a_receipt_that_follows_another_one_breaks_the_chain),
		TEST(a_first_receipt_that_follows_something_breaks_the_chain),
		TEST(another_receipt_of_one_number_breaks_the_chain),
		TEST(a_copy_of_a_receipt_is_only_misnamed),
		TEST(a_report_that_was_changed_is_told),
		TEST(a_receipt_without_its_report_is_good),
		TEST(a_report_that_cannot_be_read_is_told),
		TEST(what_proves_nothing_is_told),
		TEST(single_files_need_not_join),
		TEST(a_file_may_be_called_anything),
		TEST(a_folder_that_is_not_there_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
