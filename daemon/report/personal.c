/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/personal.h"

#include <string.h>

enum { BSN_DIGITS = 9 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The 11-test: weights 9 to 2, and -1 for the last digit. Nine zeros pass it, but are nobody's. */
static bool is_bsn(const char *digits)
{
	int sum = 0, any = 0;
	for (int i = 0; i < BSN_DIGITS; i++) {
		int digit = digits[i] - '0';
		sum += digit * (i < BSN_DIGITS - 1 ? BSN_DIGITS - i : -1);
		any |= digit;
	}
	return any != 0 && sum % 11 == 0;
}

static bool holds_bsn(struct str text)
{
	size_t run = 0;
	for (size_t i = 0; i <= text.length; i++) {
		if (i < text.length && is_digit(text.data[i])) {
			run++;
			continue;
		}
		if (run == BSN_DIGITS && is_bsn(text.data + i - BSN_DIGITS))
			return true;
		run = 0;
	}
	return false;
}

/* Before the @: any one character that addresses commonly have, letters beyond ASCII included. */
static bool may_end_local_part(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80 ||
	       (c != '\0' && strchr("._%+-'\"", c) != NULL);
}

/* A domain has a point, and two letters or more behind its last point. */
static bool is_domain(struct str text)
{
	size_t letters = 0, points = 0, labelled = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		if (c == '.') {
			points += labelled > 0;
			letters = labelled = 0;
		} else if (is_letter(c) || (unsigned char)c >= 0x80) {
			letters++;
			labelled++;
		} else if (is_digit(c) || c == '-') {
			labelled++;
		} else {
			break;
		}
		if (points > 0 && letters >= 2)
			return true;
	}
	return false;
}

static bool holds_address(struct str text)
{
	const char *end = text.data + text.length;
	const char *at = memchr(text.data, '@', text.length);
	while (at != NULL) {
		if (at > text.data && may_end_local_part(at[-1]) &&
			is_domain((struct str){at + 1, (size_t)(end - at - 1)}))
			return true;
		at = memchr(at + 1, '@', (size_t)(end - at - 1));
	}
	return false;
}

bool text_is_personal(struct str text)
{
	return text.length > 0 && (holds_bsn(text) || holds_address(text));
}
