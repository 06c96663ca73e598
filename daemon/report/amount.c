/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/amount.h"

#include "report/report.h"

struct digits {
	size_t count;
	bool is_zero;
};

/* Steps *at over digits and takes as many into *coefficient as an amount may have in all. */
static struct digits read_digits(struct str text, size_t *at, int64_t *coefficient, size_t room)
{
	struct digits digits = {.count = 0, .is_zero = true};
	for (; *at < text.length && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
		int digit = text.data[*at] - '0';
		digits.is_zero &= digit == 0;
		if (digits.count++ < room)
			*coefficient = *coefficient * 10 + digit;
	}
	return digits;
}

unsigned amount_read(struct str text, struct decimal *ret_amount)
{
	size_t at = text.length > 0 && text.data[0] == '-' ? 1 : 0;
	unsigned flaws = at == 1 ? AMOUNT_HAS_MINUS : 0;
	int64_t coefficient = 0;
	struct digits before = read_digits(text, &at, &coefficient, REPORT_AMOUNT_DIGITS_MAX);
	struct digits after = {.count = 0, .is_zero = true};
	if (before.count == 0)
		return AMOUNT_NOT_PLAIN;
	if (at < text.length && text.data[at] == '.') {
		at++;
		after = read_digits(text, &at, &coefficient, REPORT_AMOUNT_DECIMALS_MAX);
		if (after.count == 0)
			return AMOUNT_NOT_PLAIN;
	}
	if (at < text.length)
		return AMOUNT_NOT_PLAIN;
	if (before.count > REPORT_AMOUNT_DIGITS_MAX)
		flaws |= AMOUNT_IS_LARGE;
	if (after.count > REPORT_AMOUNT_DECIMALS_MAX)
		flaws |= AMOUNT_HAS_DECIMALS;
	if (before.is_zero && after.is_zero)
		flaws |= AMOUNT_IS_ZERO;
	if ((flaws & ~(unsigned)AMOUNT_IS_ZERO) == 0)
		*ret_amount = (struct decimal){coefficient, (int32_t)after.count};
	return flaws;
}
