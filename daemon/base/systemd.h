/* SPDX-License-Identifier: EUPL-1.2 */
/* systemd behind a small front: the only room that knows libsystemd. Harmless without systemd. */
#ifndef BASE_SYSTEMD_H
#define BASE_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * State as sd_notify(3) has it: "READY=1", "RELOADING=1\nMONOTONIC_USEC=..."; printf-like. Waits at
 * most a second for a service manager that does not read.
 */
void systemd_notify(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* For what comes again soon ("STATUS=...", "WATCHDOG=1"): never waits, and is lost instead. */
void systemd_notify_at_once(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* How often WATCHDOG=1 is due (already halved); 0 when no watchdog is asked for. */
int64_t systemd_watchdog_interval_us(void);

/* True when standard error is connected to the journal ($JOURNAL_STREAM names it). */
bool systemd_has_journal(void);

/* One journal entry of at most 64 "NAME=value" texts. False when it could not be sent. */
bool systemd_journal_send(const char *const *entries, size_t count);

#endif
