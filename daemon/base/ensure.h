/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What must be true whatever anybody sends: if it is not, the program is wrong and stops.
 * Kept in release builds; systemd starts the daemon again, and nothing acknowledged is lost.
 */
#ifndef BASE_ENSURE_H
#define BASE_ENSURE_H

#define ensure(claim) ((claim) ? (void)0 : ensure_failed(#claim, __FILE__, __LINE__, __func__))

_Noreturn void ensure_failed(const char *claim, const char *file, int line, const char *function);

#endif
