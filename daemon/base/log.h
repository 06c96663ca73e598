/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's log: structured for the journal when standard error is the journal, plain text
 * otherwise. Never keys, bodies, free text of reports or routing ids; text from peers is escaped
 * here (control bytes and invalid UTF-8 as \xNN), so callers need not.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stddef.h>

/*
 * Priorities of syslog(3): an error means that someone must act, a warning that someone may; info
 * is a report's fate.
 */
enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7,
};

struct log_field {
	const char *name; /* journal field, e.g. "STEUN_MUNICIPALITY" */
	const char *value;
};

void log_set_level(enum log_level least_important);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * One event: `message` for people, fields for machines (shown only in the journal). At most 32
 * fields; a message is cut at 4096 bytes, a value at 1024.
 */
void log_event(enum log_level level, const char *message, const struct log_field *fields,
	size_t field_count);

#endif
