/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The time, and its texts. Instants are microseconds since 1970 in UTC; dates are local to the
 * ministry (the process's time zone, which main sets), because deadlines are.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

enum {
	CLOCK_UTC_SIZE = 28,  /* "2021-07-03T10:11:12.123456Z" and NUL */
	CLOCK_DATE_SIZE = 11, /* "2021-07-03" and NUL */
};

int64_t clock_monotonic_us(void);
int64_t clock_realtime_us(void);
int64_t clock_cpu_us(void); /* CPU time this process has used */

void clock_format_utc(int64_t realtime_us, char out[CLOCK_UTC_SIZE]);
bool clock_parse_utc(struct str text, int64_t *ret_realtime_us); /* the form above, exactly */
void clock_format_date(int64_t realtime_us, char out[CLOCK_DATE_SIZE]); /* local date */

bool clock_is_date(struct str text); /* YYYY-MM-DD that exists in the calendar */

/* The date `days` later (or earlier); `date` is one. */
void clock_add_days(const char *date, int days, char out[CLOCK_DATE_SIZE]);

#endif
