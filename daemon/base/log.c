/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/log.h"

#include "base/buf.h"
#include "base/ensure.h"
#include "base/systemd.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum {
	MESSAGE_MAX = 4096, /* bytes, before escaping */
	VALUE_MAX = 1024,   /* bytes of a field, likewise */
	FIELDS_MAX = 32,
	ENTRIES_MAX = FIELDS_MAX + 2, /* MESSAGE and PRIORITY come first */
	RECORD_MAX = 256 * 1024,      /* all of that escaped, with room to spare */
};

/* One event, ready to go: the entries stand behind each other, each with its NUL. */
struct record {
	struct buf text;
	size_t starts[ENTRIES_MAX];
	size_t count;
};

static enum log_level threshold = LOG_LEVEL_INFO;

void log_set_level(enum log_level least_important)
{
	threshold = least_important;
}

static const char *level_name(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_ERROR:
		return "error";
	case LOG_LEVEL_WARNING:
		return "warning";
	case LOG_LEVEL_INFO:
		return "info";
	case LOG_LEVEL_DEBUG:
	default:
		return "debug";
	}
}

/* Cut between characters, so that the cut does not look like bad UTF-8. */
static struct str cut(const char *text, size_t max)
{
	struct str whole = str_of(text);
	if (whole.length <= max)
		return whole;
	while (max > 0 && ((uint8_t)whole.data[max] & 0xc0) == 0x80)
		max--;
	return str_slice(whole, 0, max);
}

static void add_entry(struct record *record, const char *name, struct str value)
{
	record->starts[record->count++] = record->text.length;
	buf_add_text(&record->text, name);
	buf_add_char(&record->text, '=');
	buf_add_printable(&record->text, value);
	buf_add_char(&record->text, '\0');
}

static bool send_record(const struct record *record)
{
	const char *entries[ENTRIES_MAX];
	if (record->text.has_failed)
		return false;
	for (size_t i = 0; i < record->count; i++)
		entries[i] = record->text.data + record->starts[i];
	return systemd_journal_send(entries, record->count);
}

static bool send_to_journal(enum log_level level, const char *message,
	const struct log_field *fields, size_t field_count)
{
	struct record record = {0};
	char priority[] = {(char)('0' + (int)level), '\0'};
	buf_init(&record.text, RECORD_MAX);
	add_entry(&record, "MESSAGE", cut(message, MESSAGE_MAX));
	add_entry(&record, "PRIORITY", str_of(priority));
	for (size_t i = 0; i < field_count; i++)
		add_entry(&record, fields[i].name, cut(fields[i].value, VALUE_MAX));
	bool is_sent = send_record(&record);
	buf_free(&record.text);
	return is_sent;
}

/* One write(2), so that lines of several processes do not mix. */
static void write_line(enum log_level level, const char *message)
{
	struct buf line;
	buf_init(&line, RECORD_MAX);
	buf_format(&line, "%s: ", level_name(level));
	buf_add_printable(&line, cut(message, MESSAGE_MAX));
	buf_add_char(&line, '\n');
	/* Where the log cannot be written there is nowhere to say so. */
	if (!line.has_failed && write(STDERR_FILENO, line.data, line.length) < 0)
		errno = 0;
	buf_free(&line);
}

void log_event(enum log_level level, const char *message, const struct log_field *fields,
	size_t field_count)
{
	ensure(field_count <= FIELDS_MAX);
	if (level > threshold)
		return;
	if (systemd_has_journal() && send_to_journal(level, message, fields, field_count))
		return;
	write_line(level, message);
}

__attribute__((format(printf, 2, 0))) static void log_formatted(
	enum log_level level, const char *format, va_list arguments)
{
	if (level > threshold)
		return;
	char message[MESSAGE_MAX + 1];
	vsnprintf(message, sizeof(message), format, arguments);
	log_event(level, message, NULL, 0);
}

void log_error(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	log_formatted(LOG_LEVEL_ERROR, format, arguments);
	va_end(arguments);
}

void log_warning(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	log_formatted(LOG_LEVEL_WARNING, format, arguments);
	va_end(arguments);
}

void log_info(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	log_formatted(LOG_LEVEL_INFO, format, arguments);
	va_end(arguments);
}

void log_debug(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	log_formatted(LOG_LEVEL_DEBUG, format, arguments);
	va_end(arguments);
}
