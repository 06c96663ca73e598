/* SPDX-License-Identifier: EUPL-1.2 */
/* For the strerror_r that returns the text. */
#define _GNU_SOURCE
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, const char *format, ...)
{
	if (err == NULL || err->is_set)
		return false;

	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->message, sizeof(err->message), format, arguments);
	va_end(arguments);
	err->is_set = true;
	return false;
}

/* Adds ": " and what fits of the reason: where comes before why, and is not given up for it. */
static void append(struct error *err, const char *reason)
{
	const char *const parts[] = {": ", reason};
	size_t length = strlen(err->message);
	for (size_t i = 0; i < 2; i++) {
		size_t left = sizeof(err->message) - 1 - length;
		size_t size = strnlen(parts[i], left);
		memcpy(err->message + length, parts[i], size);
		length += size;
	}
	err->message[length] = '\0';
}

bool error_prefix(struct error *err, const char *format, ...)
{
	if (err == NULL || !err->is_set)
		return false;

	char reason[ERROR_MESSAGE_MAX];
	memcpy(reason, err->message, sizeof(reason));
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->message, sizeof(err->message), format, arguments);
	va_end(arguments);
	append(err, reason);
	return false;
}

bool error_set_errno(struct error *err, int errno_value, const char *format, ...)
{
	if (err == NULL || err->is_set)
		return false;

	va_list arguments;
	va_start(arguments, format);
	vsnprintf(err->message, sizeof(err->message), format, arguments);
	va_end(arguments);

	char reason[128];
	append(err, strerror_r(errno_value, reason, sizeof(reason)));
	err->is_set = true;
	return false;
}

void error_clear(struct error *err)
{
	err->is_set = false;
	err->message[0] = '\0';
}
