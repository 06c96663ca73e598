/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/keys.h"

#include "base/buf.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3"

static char folder[256];

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s", unit_folder_make());
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unit_folder_remove(folder);
	return 0;
}

static struct curve_keys some_keys(void)
{
	struct curve_keys keys;
	struct error err = {0};
	assert_true(curve_keys_generate(&keys, &err));
	return keys;
}

static void expect_same(const struct curve_keys *a, const struct curve_keys *b)
{
	assert_string_equal(a->public_text, b->public_text);
	assert_string_equal(a->secret_text, b->secret_text);
}

/* Writes a file under the folder with the mode given, and returns its path. */
static const char *write_file(const char *name, mode_t mode, const char *text)
{
	const char *path = unit_path(folder, name);
	unit_write(path, text);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}

static void what_is_written_is_read_back(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys(), back;
	struct error err = {0};
	struct stat status;
	char public_text[CURVE_TEXT_SIZE];
	assert_true(curve_keys_write(&keys, unit_path(folder, "me"), &err));
	assert_true(curve_keys_read(unit_path(folder, "me.key_secret"), &back, &err));
	expect_same(&back, &keys);
	assert_true(curve_public_read(unit_path(folder, "me.key"), public_text, &err));
	assert_string_equal(public_text, keys.public_text);
	assert_int_equal(stat(unit_path(folder, "me.key_secret"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(stat(unit_path(folder, "me.key"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0644);
}

static void a_public_certificate_holds_no_secret(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys(), back;
	struct error err = {0};
	assert_true(curve_keys_write(&keys, unit_path(folder, "me"), &err));
	assert_int_equal(chmod(unit_path(folder, "me.key"), 0600), 0);
	assert_false(curve_keys_read(unit_path(folder, "me.key"), &back, &err));
	assert_non_null(strstr(err.message, "me.key: no secret-key in this certificate"));
}

static void nothing_is_overwritten(void **state)
{
	(void)state;
	struct curve_keys first = some_keys(), second = some_keys(), back;
	struct error err = {0};
	assert_true(curve_keys_write(&first, unit_path(folder, "me"), &err));
	assert_false(curve_keys_write(&second, unit_path(folder, "me"), &err));
	assert_true(err.is_set);
	assert_true(curve_keys_read(unit_path(folder, "me.key_secret"), &back, NULL));
	expect_same(&back, &first);
}

static void a_public_half_in_the_way_leaves_no_secret_half(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys();
	struct error err = {0};
	write_file("me.key", 0644, "something else\n");
	assert_false(curve_keys_write(&keys, unit_path(folder, "me"), &err));
	assert_true(err.is_set);
	assert_int_equal(access(unit_path(folder, "me.key_secret"), F_OK), -1);
}

static void a_name_that_is_too_long_is_refused(void **state)
{
	(void)state;
	char name[5000];
	struct curve_keys keys = some_keys();
	struct error err = {0};
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(curve_keys_write(&keys, name, &err));
	assert_string_equal(err.message, "the name of the key file is too long");
}

static void a_secret_that_others_may_read_is_refused_with_its_remedy(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys(), back;
	struct error err = {0};
	assert_true(curve_keys_write(&keys, unit_path(folder, "me"), &err));
	const char *path = unit_path(folder, "me.key_secret");
	assert_int_equal(chmod(path, 0644), 0);
	assert_false(curve_keys_read(path, &back, &err));
	assert_non_null(strstr(err.message, "chmod 600"));
	assert_int_equal(chmod(path, 0400), 0);
	assert_true(curve_keys_read(path, &back, NULL));
}

static void a_file_that_is_not_there_is_told(void **state)
{
	(void)state;
	struct curve_keys keys;
	char public_text[CURVE_TEXT_SIZE];
	struct error err = {0};
	assert_false(curve_keys_read(unit_path(folder, "nowhere"), &keys, &err));
	assert_non_null(strstr(err.message, "nowhere"));
	error_clear(&err);
	assert_false(curve_public_read(unit_path(folder, "nowhere"), public_text, &err));
	assert_non_null(strstr(err.message, "nowhere"));
}

static void a_public_key_alone_in_a_file_will_do(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys();
	char text[64], public_text[CURVE_TEXT_SIZE];
	struct error err = {0};
	snprintf(text, sizeof(text), "%s\n", keys.public_text);
	assert_true(curve_public_read(write_file("bare", 0644, text), public_text, &err));
	assert_string_equal(public_text, keys.public_text);
	assert_false(curve_public_read(
		write_file("bad", 0644, "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"), public_text,
		&err));
	assert_non_null(strstr(err.message, "bad: expected a key of 40 characters of Z85"));
}

static bool parse_with(const char *format, const struct curve_keys *keys,
	struct curve_keys *ret_keys, struct error *err)
{
	/* "P" and "S" stand for the keys, so that the cases below stay readable. */
	struct buf text;
	buf_init(&text, 4096);
	for (const char *at = format; *at != '\0'; at++) {
		if (*at == 'P')
			buf_add_text(&text, keys->public_text);
		else if (*at == 'S')
			buf_add_text(&text, keys->secret_text);
		else
			buf_add_char(&text, *at);
	}
	bool is_read = curve_keys_parse(buf_str(&text), ret_keys, err);
	buf_free(&text);
	return is_read;
}

static void every_form_of_a_certificate_is_read(void **state)
{
	(void)state;
	static const char *const forms[] = {
		"curve\n    public-key = \"P\"\n    secret-key = \"S\"\n",
		"curve\r\n\tpublic-key=\"P\"\r\n\tsecret-key=\"S\"\r\n",
		"\n  # a = b\nmetadata\n  n = x\n  odd\ncurve\n secret-key='S'\n public-key='P'",
		"curve\n    public-key = P\n    secret-key = S\nmetadata\n    public-key = mine\n",
	};
	struct curve_keys keys = some_keys(), back;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct error err = {0};
		assert_true(parse_with(forms[i], &keys, &back, &err));
		expect_same(&back, &keys);
	}
}

static void a_mistake_is_told_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"", "no public-key under curve"},
		{"metadata\n    public-key = \"P\"\n", "no public-key under curve"},
		{"curve\n    secret-key = \"S\"\n", "no public-key under curve"},
		{"curve\n    public_key = \"P\"\n",
			"line 2: expected public-key or secret-key under curve"},
		{"curve\n    public-key \"z\"\n", "line 2: expected name = \"value\""},
		{"\ncurve = x\n", "line 2: expected the name of a section"},
		{"curve\n    public-key = \"P\n",
			"line 2: expected a key of 40 characters of Z85 in quotes"},
		{"curve\n    public-key = \"\n",
			"line 2: expected a key of 40 characters of Z85 in quotes"},
		{"curve\n    public-key = \n",
			"line 2: expected a key of 40 characters of Z85 in quotes"},
		{"curve\n    public-key = \"P1\"\n",
			"line 2: expected a key of 40 characters of Z85 in quotes"},
		{"curve\n    public-key = \"~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\"\n",
			"line 2: expected a key of 40 characters of Z85 in quotes"},
		{"curve\n    public-key = \"P\"\n    public-key = \"P\"\n",
			"line 3: this key was given before"},
		{"curve\n    public-key = \"S\"\n    secret-key = \"P\"\n",
			"public-key and secret-key do not belong together"},
	};
	struct curve_keys keys = some_keys();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct curve_keys back = {.public_text = "untouched"};
		struct error err = {0};
		assert_false(parse_with(cases[i].text, &keys, &back, &err));
		assert_string_equal(err.message, cases[i].message);
		assert_string_equal(back.public_text, "untouched");
	}
}

static void a_file_beyond_the_bound_is_refused(void **state)
{
	(void)state;
	static char text[CERTIFICATE_BYTES_MAX + 2];
	char public_text[CURVE_TEXT_SIZE];
	struct error err = {0};
	memset(text, '#', sizeof(text) - 1);
	assert_false(curve_public_read(write_file("big", 0644, text), public_text, &err));
	assert_non_null(strstr(err.message, "big"));
}

static void a_key_decodes_to_its_bytes(void **state)
{
	(void)state;
	/* The test vector of ZeroMQ RFC 26 for the client's public key. */
	static const char text[] = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
	static const uint8_t head[] = {0xbb, 0x88, 0x47, 0x1d, 0x65, 0xe2, 0x65, 0x9b};
	uint8_t key[CURVE_KEY_BYTES];
	assert_true(curve_key_decode(text, key));
	assert_memory_equal(key, head, sizeof(head));
	assert_false(curve_key_decode("", key));
	assert_false(curve_key_decode("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hI", key));
	assert_false(curve_key_decode("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{h ~", key));
}

static void wiped_keys_are_gone(void **state)
{
	(void)state;
	static const struct curve_keys nothing;
	struct curve_keys keys = some_keys();
	curve_keys_wipe(&keys);
	assert_memory_equal(&keys, &nothing, sizeof(keys));
}

/* Runs a line of Python in the folder; skips the test where pyzmq is not installed. */
static void python(const char *program)
{
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		char *const arguments[] = {(char[]){PYTHON}, (char[]){"-c"}, strdup(program), NULL};
		if (chdir(folder) == 0 && access(PYTHON, X_OK) == 0)
			execv(PYTHON, arguments);
		_exit(77);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		print_message("skipped: " PYTHON " with pyzmq is not here\n");
		skip();
	}
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define IMPORT                                                                                     \
	"import sys, os\n"                                                                         \
	"try:\n"                                                                                   \
	" import zmq.auth\n"                                                                       \
	"except ImportError:\n"                                                                    \
	" sys.exit(77)\n"

static void certificates_of_pyzmq_are_read(void **state)
{
	(void)state;
	struct curve_keys keys;
	char public_text[CURVE_TEXT_SIZE];
	struct error err = {0};
	python(IMPORT "zmq.auth.create_certificates('.', 'py', {'name': 'Gemeente = # x'})\n"
		      "os.chmod('py.key_secret', 0o600)\n");
	assert_true(curve_keys_read(unit_path(folder, "py.key_secret"), &keys, &err));
	assert_true(curve_public_read(unit_path(folder, "py.key"), public_text, &err));
	assert_string_equal(public_text, keys.public_text);
}

static void pyzmq_reads_our_certificates(void **state)
{
	(void)state;
	struct curve_keys keys = some_keys();
	struct error err = {0};
	assert_true(curve_keys_write(&keys, unit_path(folder, "us"), &err));
	python(IMPORT "public, secret = zmq.auth.load_certificate('us.key_secret')\n"
		      "assert zmq.curve_public(secret) == public\n"
		      "assert zmq.auth.load_certificate('us.key') == (public, None)\n"
		      "open('public', 'wb').write(public)\n");
	char public_text[CURVE_TEXT_SIZE];
	assert_true(curve_public_read(unit_path(folder, "public"), public_text, &err));
	assert_string_equal(public_text, keys.public_text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		TEST(what_is_written_is_read_back),
		TEST(a_public_certificate_holds_no_secret),
		TEST(nothing_is_overwritten),
		TEST(a_public_half_in_the_way_leaves_no_secret_half),
		TEST(a_name_that_is_too_long_is_refused),
		TEST(a_secret_that_others_may_read_is_refused_with_its_remedy),
		TEST(a_file_that_is_not_there_is_told),
		TEST(a_public_key_alone_in_a_file_will_do),
		TEST(every_form_of_a_certificate_is_read),
		TEST(a_mistake_is_told_with_its_line),
		TEST(a_file_beyond_the_bound_is_refused),
		TEST(a_key_decodes_to_its_bytes),
		TEST(wiped_keys_are_gone),
		TEST(certificates_of_pyzmq_are_read),
		TEST(pyzmq_reads_our_certificates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
