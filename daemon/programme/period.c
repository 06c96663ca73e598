/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/period.h"

#include "base/clock.h"
#include "base/ensure.h"

#include <stdio.h>
#include <string.h>

enum {
	MONTHS = 12,
	FIRST_YEAR = 2000,
	LAST_YEAR = 2999,
	YEAR_DIGITS = 4,
	MONTH_AT = 5,
	DAY_AT = 8,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool period_is_valid(struct str text)
{
	if (text.length != PERIOD_SIZE - 1 || text.data[0] != '2' || text.data[YEAR_DIGITS] != '-')
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (i != YEAR_DIGITS && !is_digit(text.data[i]))
			return false;
	}
	int month = (text.data[MONTH_AT] - '0') * 10 + text.data[MONTH_AT + 1] - '0';
	return month >= 1 && month <= MONTHS;
}

/* Months since the year 0, so that arithmetic needs no calendar. */
static int period_number(const char *period)
{
	ensure(period_is_valid(str_of(period)));
	int year = 0;
	for (size_t i = 0; i < YEAR_DIGITS; i++)
		year = year * 10 + (period[i] - '0');
	return year * MONTHS + (period[MONTH_AT] - '0') * 10 + (period[MONTH_AT + 1] - '0') - 1;
}

void period_add(const char *period, int months, char out[PERIOD_SIZE])
{
	int number = period_number(period) + months;
	ensure(number >= FIRST_YEAR * MONTHS && number < (LAST_YEAR + 1) * MONTHS);
	unsigned year = (unsigned)(number / MONTHS) % 10000;
	unsigned month = (unsigned)(number % MONTHS) + 1;
	snprintf(out, PERIOD_SIZE, "%04u-%02u", year, month);
}

void period_first_day(const char *period, char out[DATE_SIZE])
{
	ensure(period_is_valid(str_of(period)));
	memcpy(out, period, PERIOD_SIZE - 1);
	memcpy(out + PERIOD_SIZE - 1, "-01", sizeof("-01"));
}

/* 31 days on is a day of the next month, and its number is how far that is past the last day. */
void period_last_day(const char *period, char out[DATE_SIZE])
{
	char first[DATE_SIZE], beyond[DATE_SIZE];
	period_first_day(period, first);
	clock_add_days(first, 31, beyond);
	int past = (beyond[DAY_AT] - '0') * 10 + beyond[DAY_AT + 1] - '0';
	clock_add_days(beyond, -past, out);
}

int period_months_between(const char *from, const char *until)
{
	return period_number(until) - period_number(from);
}
