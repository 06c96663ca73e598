/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/output.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct buf text;
static bool is_written;

static void write_text(void)
{
	is_written = output_write(&text, "rules test");
}

/* Writes to the path as if it were standard output; returns what standard error got. */
static const char *write_to(const char *path, const char *mode)
{
	static char said[1024];
	int kept = dup(STDOUT_FILENO);
	fflush(stdout);
	FILE *file = fopen(path, mode);
	assert_non_null(file);
	assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
	unit_capture(write_text, said, sizeof(said));
	assert_true(dup2(kept, STDOUT_FILENO) >= 0);
	clearerr(stdout);
	fclose(file);
	close(kept);
	return said;
}

static void what_is_said_is_written_whole(void **state)
{
	(void)state;
	char written[16] = "";
	const char *folder = unit_folder_make();
	const char *path = unit_path(folder, "out");
	buf_init(&text, OUTPUT_BYTES_MAX);
	buf_add(&text, "one\0two\n", 8);
	assert_string_equal(write_to(path, "w"), "");
	assert_true(is_written);
	FILE *file = fopen(path, "r");
	assert_int_equal(fread(written, 1, sizeof(written), file), 8);
	fclose(file);
	assert_memory_equal(written, "one\0two\n", 8);
	buf_free(&text);
	unit_folder_remove(folder);
}

static void a_full_disk_is_no_success(void **state)
{
	(void)state;
	buf_init(&text, OUTPUT_BYTES_MAX);
	buf_add_text(&text, "one\n");
	assert_string_equal(write_to("/dev/full", "w"),
		"steund rules test: cannot write to standard output: No space left on device\n");
	assert_false(is_written);
	buf_free(&text);
}

static void what_may_only_be_read_is_no_output(void **state)
{
	(void)state;
	buf_init(&text, OUTPUT_BYTES_MAX);
	buf_add_text(&text, "one\n");
	assert_string_equal(write_to("/dev/null", "r"),
		"steund rules test: cannot write to standard output: Bad file descriptor\n");
	assert_false(is_written);
	buf_free(&text);
}

static void too_much_is_not_cut_in_silence(void **state)
{
	(void)state;
	buf_init(&text, 3);
	buf_add_text(&text, "four");
	assert_string_equal(write_to("/dev/null", "w"),
		"steund rules test: there is more to say than 67108864 bytes\n");
	assert_false(is_written);
	buf_free(&text);
}

static void an_error_that_is_handed_back_is_not_told_here(void **state)
{
	(void)state;
	struct error err = {0};
	buf_init(&text, 3);
	buf_add_text(&text, "four");
	assert_false(output_send(&text, &err));
	assert_string_equal(err.message, "there is more to say than 67108864 bytes");
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_is_written_whole),
		cmocka_unit_test(a_full_disk_is_no_success),
		cmocka_unit_test(what_may_only_be_read_is_no_output),
		cmocka_unit_test(too_much_is_not_cut_in_silence),
		cmocka_unit_test(an_error_that_is_handed_back_is_not_told_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
