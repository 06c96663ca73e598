/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/crypto.h"
#include "tests/support/command.h"
#include "tests/support/unit.h"
#include "wire/keys.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {
	"server.key", "server.key_secret", "receipt.key", "receipt.key_secret"};

static int make_folder(void **state)
{
	struct error err = {0};
	*state = strdup(unit_folder_make());
	return crypto_start(&err) ? 0 : -1;
}

static int remove_folder(void **state)
{
	unit_folder_remove(*state);
	free(*state);
	return 0;
}

static void both_pairs_are_written_and_the_public_halves_printed(void **state)
{
	struct command_run run;
	struct curve_keys curve;
	struct error err = {0};
	char text[VERIFY_KEY_BASE64_SIZE];
	const char *folder = unit_path(*state, "keys");
	RUN(&run, command_keygen, "keygen", folder);
	assert_int_equal(run.status, 0);
	assert_string_equal(run.err, "");
	assert_true(curve_keys_read(unit_path(folder, "server.key_secret"), &curve, &err));
	assert_non_null(strstr(run.out, curve.public_text));
	assert_null(strstr(run.out, curve.secret_text));
	struct signing_key *key = signing_key_read(unit_path(folder, "receipt.key_secret"), &err);
	assert_non_null(key);
	base64_encode(signing_key_public(key), VERIFY_KEY_SIZE, text);
	assert_non_null(strstr(run.out, text));
	assert_non_null(strstr(run.out, signing_key_id(key)));
	signing_key_free(&key);
}

static void secrets_are_for_their_owner_only(void **state)
{
	static const mode_t modes[] = {0644, 0600, 0644, 0600};
	struct command_run run;
	struct stat info;
	RUN(&run, command_keygen, "keygen", *state);
	assert_int_equal(run.status, 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(stat(unit_path(*state, names[i]), &info), 0);
		assert_int_equal(info.st_mode & 07777, modes[i]);
	}
}

static void nothing_is_written_where_one_of_them_is_there(void **state)
{
	struct command_run run;
	for (size_t i = 0; i < 4; i++) {
		unit_write(unit_path(*state, names[i]), "mine");
		RUN(&run, command_keygen, "keygen", *state);
		assert_int_equal(run.status, 1);
		assert_non_null(strstr(run.err, "never overwritten"));
		for (size_t j = 0; j < 4; j++)
			assert_int_equal(
				access(unit_path(*state, names[j]), F_OK), i == j ? 0 : -1);
		assert_int_equal(unlink(unit_path(*state, names[i])), 0);
	}
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
	struct command_run run;
	unit_write(unit_path(*state, "file"), "");
	RUN(&run, command_keygen, "keygen", unit_path(unit_path(*state, "file"), "keys"));
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "file"));
}

static void a_folder_must_be_named(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_keygen, "keygen");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_pairs_are_written_and_the_public_halves_printed),
		TEST(secrets_are_for_their_owner_only),
		TEST(nothing_is_written_where_one_of_them_is_there),
		TEST(a_folder_that_cannot_be_made_is_named),
		TEST(a_folder_must_be_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
