/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/clock.h"

#include "base/ensure.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECOND_US INT64_C(1000000)
#define DAY_US (86400 * SECOND_US)

struct date {
	int64_t year;
	int month; /* 1..12 */
	int day;
};

static int64_t read_clock(clockid_t clock)
{
	struct timespec now;
	ensure(clock_gettime(clock, &now) == 0);
	return now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

int64_t clock_monotonic_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_realtime_us(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t clock_cpu_us(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static bool is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Days since 1970-01-01 and back, for years 1 to 9999. A year is counted from March, so that the
 * leap day is its last; 719468 days lie between 0000-03-01 and 1970-01-01.
 */
static int64_t days_of(struct date date)
{
	int64_t year = date.month <= 2 ? date.year - 1 : date.year;
	int64_t month = (date.month + 9) % 12;
	int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
	return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

static struct date date_of(int64_t days)
{
	/* The average year gives a year that is right or one too early or late; then look. */
	struct date date = {.year = 1970 + days * 400 / 146097, .month = 1, .day = 1};
	date.year++;
	while (days_of(date) > days)
		date.year--;
	int64_t left = days - days_of(date);
	while (left >= days_in_month(date.year, date.month))
		left -= days_in_month(date.year, date.month++);
	date.day = (int)left + 1;
	return date;
}

static void write_digits(char *out, int number, int digits)
{
	for (int i = digits - 1; i >= 0; i--, number /= 10)
		out[i] = (char)('0' + number % 10);
}

/* Digit by digit: every example of every rule has its dates. */
static void format_date(struct date date, char out[CLOCK_DATE_SIZE])
{
	ensure(date.year >= 1 && date.year <= 9999);
	memcpy(out, "0000-00-00", CLOCK_DATE_SIZE);
	write_digits(out, (int)date.year, 4);
	write_digits(out + 5, date.month, 2);
	write_digits(out + 8, date.day, 2);
}

void clock_format_utc(int64_t realtime_us, char out[CLOCK_UTC_SIZE])
{
	int64_t days = realtime_us / DAY_US - (realtime_us % DAY_US < 0);
	int64_t left = realtime_us - days * DAY_US;
	format_date(date_of(days), out);

	char text[64];
	int seconds = (int)(left / SECOND_US);
	snprintf(text, sizeof(text), "T%02d:%02d:%02d.%06dZ", seconds / 3600, seconds / 60 % 60,
		seconds % 60, (int)(left % SECOND_US));
	memcpy(out + CLOCK_DATE_SIZE - 1, text, CLOCK_UTC_SIZE - CLOCK_DATE_SIZE + 1);
}

/* The text against a pattern, in which '0' stands for any digit and the rest for itself. */
static bool is_like(struct str text, const char *pattern)
{
	if (text.length != strlen(pattern))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		bool is_digit = text.data[i] >= '0' && text.data[i] <= '9';
		if (pattern[i] == '0' ? !is_digit : text.data[i] != pattern[i])
			return false;
	}
	return true;
}

/* The number that `count` digits make. */
static int number_at(const char *digits, int count)
{
	int number = 0;
	for (int i = 0; i < count; i++)
		number = number * 10 + (digits[i] - '0');
	return number;
}

static struct date read_date(const char *text)
{
	return (struct date){number_at(text, 4), number_at(text + 5, 2), number_at(text + 8, 2)};
}

bool clock_is_date(struct str text)
{
	if (!is_like(text, "0000-00-00"))
		return false;
	struct date date = read_date(text.data);
	return date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
	       date.day <= days_in_month(date.year, date.month);
}

bool clock_parse_utc(struct str text, int64_t *ret_realtime_us)
{
	if (!is_like(text, "0000-00-00T00:00:00.000000Z") ||
		!clock_is_date(str_slice(text, 0, CLOCK_DATE_SIZE - 1)))
		return false;
	const char *time = text.data + CLOCK_DATE_SIZE;
	int hour = number_at(time, 2);
	int minute = number_at(time + 3, 2);
	int second = number_at(time + 6, 2);
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*ret_realtime_us = days_of(read_date(text.data)) * DAY_US +
			   (hour * 3600 + minute * 60 + second) * SECOND_US +
			   number_at(time + 9, 6);
	return true;
}

void clock_format_date(int64_t realtime_us, char out[CLOCK_DATE_SIZE])
{
	time_t seconds = realtime_us / SECOND_US - (realtime_us % SECOND_US < 0);
	struct tm local;
	ensure(localtime_r(&seconds, &local) != NULL);
	struct date date = {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
	format_date(date, out);
}

void clock_add_days(const char *date, int days, char out[CLOCK_DATE_SIZE])
{
	ensure(clock_is_date(str_of(date)));
	format_date(date_of(days_of(read_date(date)) + days), out);
}
