/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static const char *auditor(struct house *house)
{
	return cluster_conninfo(&house->cluster, "auditor", "record");
}

static void store_some(struct house *house)
{
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0451", "2021-06", 1, "1")),
		REPLY_RECEIPT, "accepted");
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0362", "2021-06", 1, "1000000.01")),
		REPLY_RECEIPT, "rejected");
	house_close(house);
}

static void a_record_in_order_is_said_to_be(void **state)
{
	struct house *house = *state;
	struct command_run run;
	store_some(house);
	RUN(&run, command_audit, "audit", "-c", house->config, "-d", auditor(house));
	assert_int_equal(run.status, 0);
	assert_string_equal(run.err, "");
	assert_string_equal(run.out, "ok: 2 chains, 2 receipts, 2 report bodies, 0 problems, 0 "
				     "totals that differ\n");
}

static void the_keys_given_are_believed_and_no_others(void **state)
{
	struct house *house = *state;
	struct command_run run;
	char other[VERIFY_KEY_BASE64_SIZE];
	struct signing_key *key = signing_key_generate();
	base64_encode(signing_key_public(key), VERIFY_KEY_SIZE, other);
	signing_key_free(&key);
	store_some(house);
	RUN(&run, command_audit, "audit", "-d", auditor(house), "-k", house->receipt_key);
	assert_int_equal(run.status, 0);
	RUN(&run, command_audit, "audit", "-d", auditor(house), "-k", other);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.out, "not in order: "));
	RUN(&run, command_audit, "audit", "-d", auditor(house), "-k", other, "-k",
		house->receipt_key);
	assert_int_equal(run.status, 0);
}

static void earlier_keys_of_the_configuration_are_believed(void **state)
{
	struct house *house = *state;
	struct command_run run;
	struct signing_key *key = signing_key_generate();
	struct error err = {0};
	store_some(house);
	assert_true(signing_key_write(key, unit_path(house->folder, "keys/next.key_secret"), &err));
	signing_key_free(&key);
	house_configure(house, "keys: {receipt: keys/next.key_secret}\n");
	RUN(&run, command_audit, "audit", "-c", house->config, "-d", auditor(house));
	assert_int_equal(run.status, 1);
	house_configure(
		house, arena_format(house->arena,
			       "keys: {receipt: keys/next.key_secret, earlier_receipts: ['%s']}\n",
			       house->receipt_key));
	RUN(&run, command_audit, "audit", "-c", house->config, "-d", auditor(house));
	assert_int_equal(run.status, 0);
}

static void what_cannot_be_carried_out_is_said(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_audit, "audit", "-d", auditor(house), "-k", "short");
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "'short' is no receipt key"));
	RUN(&run, command_audit, "audit", "-d", "host=/nonexistent", "-k", house->receipt_key);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "/nonexistent"));
	house_configure(house, "keys: {receipt: nowhere}\n");
	RUN(&run, command_audit, "audit", "-c", house->config);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "no --key was given"));
	RUN(&run, command_audit, "audit", "-c", "/nonexistent");
	assert_int_equal(run.status, 1);
	RUN(&run, command_audit, "audit", "twice");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_in_order_is_said_to_be),
		TEST(the_keys_given_are_believed_and_no_others),
		TEST(earlier_keys_of_the_configuration_are_believed),
		TEST(what_cannot_be_carried_out_is_said),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
