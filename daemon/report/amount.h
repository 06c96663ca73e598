/* SPDX-License-Identifier: EUPL-1.2 */
/* Euros as they are written, exactly: digits, and a point and one or two decimals if need be. */
#ifndef REPORT_AMOUNT_H
#define REPORT_AMOUNT_H

#include "base/decimal.h"

/* What may be wrong with an amount's text; several can be at once. */
enum amount_flaw {
	AMOUNT_NOT_PLAIN = 1, /* anything but -?digits[.digits]: then no other flaw is looked for */
	AMOUNT_HAS_MINUS = 2, /* "-0.00" too */
	AMOUNT_IS_ZERO =
		4, /* no flaw by itself: tells a minus before zero from a negative amount */
	AMOUNT_HAS_DECIMALS = 8, /* more than REPORT_AMOUNT_DECIMALS_MAX */
	AMOUNT_IS_LARGE = 16,    /* more than REPORT_AMOUNT_DIGITS_MAX digits before the point */
};

/* 0 or AMOUNT_IS_ZERO when sound, with *ret_amount at the scale as written; otherwise flaws. */
unsigned amount_read(struct str text, struct decimal *ret_amount);

#endif
