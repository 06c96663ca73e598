/* SPDX-License-Identifier: EUPL-1.2 */
#include "receipts.h"

#include "base/file.h"
#include "tests/unit/client/paper.h"

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

static struct proof prove(struct str body)
{
	struct error err = {0};
	struct proof proof;
	assert_int_equal(proof_read(paper.arena, body, &paper.keys, &proof, &err), PROOF_SOUND);
	return proof;
}

static enum receipts_outcome add(
	const struct proof *proof, const char **ret_path, struct error *err)
{
	struct durable *group = durable_begin(paper.arena, folder, err);
	enum receipts_outcome outcome =
		receipts_add(paper.arena, folder, group, proof, ret_path, err);
	assert_true(durable_commit(&group, NULL));
	return outcome;
}

static void a_receipt_is_kept_byte_for_byte_under_its_number(void **state)
{
	(void)state;
	struct error err = {0};
	struct str body = paper_body(&paper, "r");
	struct proof proof = prove(body);
	struct str text;
	const char *path;
	assert_int_equal(add(&proof, &path, &err), RECEIPTS_ADDED);
	assert_string_equal(path, unit_path(folder, "steunpakket-2021_GM0451_1.json"));
	assert_true(file_read(paper.arena, path, PROOF_BODY_MAX, &text, &err));
	assert_true(str_equal(text, body));
	assert_string_equal(receipts_report_path(paper.arena, path),
		unit_path(folder, "steunpakket-2021_GM0451_1.report"));
}

static void the_same_receipt_again_changes_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	struct proof proof = prove(paper_body(&paper, "r"));
	const char *path;
	assert_int_equal(add(&proof, &path, &err), RECEIPTS_ADDED);
	assert_int_equal(add(&proof, &path, &err), RECEIPTS_WAS_THERE);
	assert_false(err.is_set);
}

static void two_receipts_of_one_number_are_both_kept(void **state)
{
	(void)state;
	struct error err = {0};
	const char *path;
	const char *const *names;
	size_t count;
	struct proof first = prove(paper_body(&paper, "r"));
	paper.facts.number = 0;
	struct proof second = prove(paper_body(&paper, "other"));
	assert_int_equal(add(&first, &path, &err), RECEIPTS_ADDED);
	assert_int_equal(add(&second, &path, &err), RECEIPTS_CONFLICT);
	assert_non_null(strstr(err.message, "two receipts with the number"));
	assert_true(folder_list(paper.arena, folder, ".json", &names, &count, &err));
	assert_int_equal(count, 2);
	assert_non_null(strstr(names[0], ".conflict-"));
}

static void a_receipt_that_cannot_be_looked_at_is_not_overwritten(void **state)
{
	(void)state;
	struct error err = {0};
	const char *path;
	struct proof proof = prove(paper_body(&paper, "r"));
	assert_true(folder_make(unit_path(folder, "steunpakket-2021_GM0451_1.json"), 0700, &err));
	assert_int_equal(add(&proof, &path, &err), RECEIPTS_FAILED);
	assert_true(err.is_set);
}

/* What is signed need not be decent: a name never leaves the folder. */
static void names_that_are_paths_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"../x", "", ".x", "a/b", "a b", "a\x1b", "\xc3\xa9"};
	struct proof proof = prove(paper_body(&paper, "r"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct error err = {0};
		proof.content.programme = str_of(names[i]);
		proof.content.full_number =
			str_of(arena_format(paper.arena, "%s/GM0451/1", names[i]));
		assert_null(receipts_stem(paper.arena, &proof, &err));
		assert_true(err.is_set);
	}
}

static void a_number_that_contradicts_itself_is_refused(void **state)
{
	(void)state;
	struct error err = {0};
	const char *path;
	struct proof proof = prove(paper_body(&paper, "r"));
	proof.content.full_number = STR("steunpakket-2021/GM0451/2");
	assert_int_equal(add(&proof, &path, &err), RECEIPTS_FAILED);
	assert_non_null(strstr(err.message, "<programme>/<municipality>/<n>"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_paper, close_paper)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_receipt_is_kept_byte_for_byte_under_its_number),
		TEST(the_same_receipt_again_changes_nothing),
		TEST(two_receipts_of_one_number_are_both_kept),
		TEST(a_receipt_that_cannot_be_looked_at_is_not_overwritten),
		TEST(names_that_are_paths_are_refused),
		TEST(a_number_that_contradicts_itself_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
