/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: systemd_has_journal systemd_journal_send realloc */
#include "base/log.h"

#include "base/systemd.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_journal;
static bool is_journal_full;
static bool is_out_of_memory;
static char sent[16 * 1024];

bool __wrap_systemd_has_journal(void);
bool __wrap_systemd_journal_send(const char *const *entries, size_t count);
void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

bool __wrap_systemd_has_journal(void)
{
	return has_journal;
}

bool __wrap_systemd_journal_send(const char *const *entries, size_t count)
{
	sent[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(sent);
		snprintf(sent + length, sizeof(sent) - length, "%s|", entries[i]);
	}
	return !is_journal_full;
}

void *__wrap_realloc(void *memory, size_t size)
{
	return is_out_of_memory ? NULL : __real_realloc(memory, size);
}

static char output[16 * 1024];

static int set_up(void **state)
{
	(void)state;
	has_journal = is_journal_full = is_out_of_memory = false;
	sent[0] = output[0] = '\0';
	log_set_level(LOG_LEVEL_INFO);
	return 0;
}

static void log_at_each_level(void)
{
	log_error("disk %d", 1);
	log_warning("disk %d", 2);
	log_info("disk %d", 3);
	log_debug("disk %d", 4);
}

static void log_an_accepted_report(void)
{
	const struct log_field fields[] = {
		{"STEUN_MUNICIPALITY", "GM0451"},
		{"STEUN_VERDICT", "accepted\nPRIORITY=0"},
	};
	log_event(LOG_LEVEL_INFO, "accepted", fields, 2);
}

static void text_begins_with_its_level(void **state)
{
	(void)state;
	log_set_level(LOG_LEVEL_DEBUG);
	unit_capture(log_at_each_level, output, sizeof(output));
	assert_string_equal(
		output, "error: disk 1\nwarning: disk 2\ninfo: disk 3\ndebug: disk 4\n");
}

static void what_is_less_important_than_the_level_is_left_out(void **state)
{
	(void)state;
	unit_capture(log_at_each_level, output, sizeof(output));
	assert_string_equal(output, "error: disk 1\nwarning: disk 2\ninfo: disk 3\n");
	log_set_level(LOG_LEVEL_ERROR);
	unit_capture(log_at_each_level, output, sizeof(output));
	assert_string_equal(output, "error: disk 1\n");
	unit_capture(log_an_accepted_report, output, sizeof(output));
	assert_string_equal(output, "");
}

static void log_a_hostile_text(void)
{
	log_info("from %s", "a\nerror: forged \x1b[2J \xff caf\xc3\xa9");
}

static void peers_cannot_forge_lines(void **state)
{
	(void)state;
	unit_capture(log_a_hostile_text, output, sizeof(output));
	assert_string_equal(output, "info: from a\\x0aerror: forged \\x1b[2J \\xff caf\xc3\xa9\n");
}

static void the_journal_gets_every_field_escaped(void **state)
{
	(void)state;
	has_journal = true;
	unit_capture(log_an_accepted_report, output, sizeof(output));
	assert_string_equal(sent, "MESSAGE=accepted|PRIORITY=6|STEUN_MUNICIPALITY=GM0451|"
				  "STEUN_VERDICT=accepted\\x0aPRIORITY=0|");
	assert_string_equal(output, "");
}

static void without_a_journal_the_fields_are_left_out(void **state)
{
	(void)state;
	unit_capture(log_an_accepted_report, output, sizeof(output));
	assert_string_equal(output, "info: accepted\n");
	assert_string_equal(sent, "");
}

static void what_the_journal_does_not_take_goes_to_standard_error(void **state)
{
	(void)state;
	has_journal = true;
	is_journal_full = true;
	unit_capture(log_an_accepted_report, output, sizeof(output));
	assert_string_equal(output, "info: accepted\n");
}

static void log_without_memory(void)
{
	is_out_of_memory = true;
	log_an_accepted_report();
	is_out_of_memory = false;
}

static void a_machine_without_memory_loses_the_line_and_goes_on(void **state)
{
	(void)state;
	has_journal = true;
	unit_capture(log_without_memory, output, sizeof(output));
	assert_string_equal(sent, "");
	assert_string_equal(output, "");
}

static void log_a_long_message(void)
{
	static char text[8000];
	/* Two bytes a character, and one before them: the cut would fall into a character. */
	text[0] = 'x';
	for (size_t i = 1; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	const struct log_field field = {"STEUN_TEXT", text};
	log_event(LOG_LEVEL_ERROR, text, &field, 1);
}

static void long_texts_are_cut_between_characters(void **state)
{
	(void)state;
	unit_capture(log_a_long_message, output, sizeof(output));
	assert_int_equal(strlen(output), strlen("error: ") + 4095 + 1);
	assert_null(strstr(output, "\\x"));

	has_journal = true;
	unit_capture(log_a_long_message, output, sizeof(output));
	assert_int_equal(strlen(strstr(sent, "STEUN_TEXT=")), strlen("STEUN_TEXT=|") + 1023);
	assert_null(strstr(sent, "\\x"));
}

static void log_with_standard_error_closed(void)
{
	close(STDERR_FILENO);
	log_error("nobody reads this");
}

static void a_closed_standard_error_does_no_harm(void **state)
{
	(void)state;
	unit_capture(log_with_standard_error_closed, output, sizeof(output));
	assert_string_equal(output, "");
}

static void log_as_many_fields_as_may_be(void)
{
	struct log_field fields[32];
	for (size_t i = 0; i < 32; i++)
		fields[i] = (struct log_field){"STEUN_FIELD", "x"};
	log_event(LOG_LEVEL_ERROR, "x", fields, 32);
}

static void a_record_takes_32_fields(void **state)
{
	(void)state;
	has_journal = true;
	unit_capture(log_as_many_fields_as_may_be, output, sizeof(output));
	assert_int_equal(
		strlen(sent), strlen("MESSAGE=x|PRIORITY=3|") + 32 * strlen("STEUN_FIELD=x|"));
}

static void log_too_many_fields(void)
{
	struct log_field fields[33] = {{0}};
	log_event(LOG_LEVEL_ERROR, "x", fields, 33);
}

static void too_many_fields_stop_the_program(void **state)
{
	(void)state;
	assert_true(unit_aborts(log_too_many_fields, output, sizeof(output)));
}

#define LOG_TEST(test) cmocka_unit_test_setup(test, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(text_begins_with_its_level),
		LOG_TEST(what_is_less_important_than_the_level_is_left_out),
		LOG_TEST(peers_cannot_forge_lines),
		LOG_TEST(the_journal_gets_every_field_escaped),
		LOG_TEST(without_a_journal_the_fields_are_left_out),
		LOG_TEST(what_the_journal_does_not_take_goes_to_standard_error),
		LOG_TEST(a_machine_without_memory_loses_the_line_and_goes_on),
		LOG_TEST(long_texts_are_cut_between_characters),
		LOG_TEST(a_closed_standard_error_does_no_harm),
		LOG_TEST(a_record_takes_32_fields),
		LOG_TEST(too_many_fields_stop_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
