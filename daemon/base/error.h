/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What went wrong in the world outside: a file, a socket, a server, a setting.
 *
 * A function that can fail returns bool and takes a `struct error *` last. The first failure
 * wins: setting an error that is set already changes nothing, so steps that share a fate may
 * share an error. Whoever passes an error up may prefix it; whoever handles it logs it.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum { ERROR_MESSAGE_MAX = 1024 };

struct error {
	bool is_set;
	char message[ERROR_MESSAGE_MAX]; /* NUL-terminated; cut, never overrun */
};

/* All return false, so that `return error_set(err, ...)` reads as "fail with"; err may be NULL. */
bool error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "<prefix>: " before the message. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Like error_set, and adds ": " and the text of `errno_value`. */
bool error_set_errno(struct error *err, int errno_value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void error_clear(struct error *err);

#endif
