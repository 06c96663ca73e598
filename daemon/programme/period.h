/* SPDX-License-Identifier: EUPL-1.2 */
/* A month, as text YYYY-MM: compares in order as bytes. */
#ifndef PROGRAMME_PERIOD_H
#define PROGRAMME_PERIOD_H

#include "base/str.h"

enum { PERIOD_SIZE = 8, DATE_SIZE = 11 }; /* with NUL */

bool period_is_valid(struct str text); /* years 2000..2999, months 01..12 */
void period_add(const char *period, int months, char out[PERIOD_SIZE]);
void period_first_day(const char *period, char out[DATE_SIZE]);
void period_last_day(const char *period, char out[DATE_SIZE]);
int period_months_between(const char *from, const char *until); /* 0 when equal */

#endif
