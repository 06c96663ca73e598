/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

static const char *const spending_sums =
	"SELECT sum(lines) || ' ' || sum(spent) || ' ' || sum(committed) FROM steun.spending_total";

static struct filed *simple(struct filing *filing, const char *municipality, const char *period,
	int64_t revision, const char *spent)
{
	struct filed *filed = filing_report(filing, KIND_SPENDING, municipality, period, revision);

	filing_spending(filed, "jeugd.jongerenwerk", "gf-au", spent, "0.50");
	return filed;
}

static void a_report_is_stored_with_its_receipt_and_counted(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = simple(filing, "GM0001", "2021-03", 1, "100.25");

	filing_open(filing, 1, 5000);
	filing_spending(filed, "overig", "eigen", "1", "2.10");
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	assert_int_equal(filed->submission.receipt.number, 1);
	expect_sql(&filing->cluster, "record", spending_sums, "2 101.25 2.60");
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM steun.spending", "2");
	expect_sound_record(filing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_report_is_stored_with_its_receipt_and_counted,
			filing_setup, filing_teardown),
	};

	return cmocka_run_group_tests_name(
		"store", tests, filing_group_setup, filing_group_teardown);
}
