/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Numbers as the Dutch write them, read by a rule without exceptions, so that nothing is guessed:
 *
 *   - a comma, and nothing else, begins decimals: one or two digits for an amount, only zeros for
 *     a count;
 *   - a point, and nothing else, separates thousands, and then all of them: 1.234 and 1.234.567
 *     are whole numbers, 12.50 and 1234.567 are mistakes;
 *   - a minus sign may precede; so may a euro sign, with spaces;
 *   - a lone hyphen is nought, as spreadsheets show it in accounts. An empty cell is no number.
 */
#ifndef CLIENT_DUTCH_H
#define CLIENT_DUTCH_H

#include "base/str.h"
#include "language.h"

enum { DUTCH_SIZE = 48 }; /* of a number in the report, NUL included */

enum dutch_fault {
	DUTCH_SOUND,
	DUTCH_EMPTY,
	DUTCH_NOT_A_NUMBER,
	DUTCH_POINT,    /* that separates no thousands: a decimal point, or a slip */
	DUTCH_DECIMALS, /* three or more, or none behind a comma: a thousands comma, or a slip */
	DUTCH_FRACTION, /* of a count */
	DUTCH_TOO_LONG,
	DUTCH_COUNT,
};

/* With a point before the decimals and without thousands: "1.234,5" gives "1234.5". */
enum dutch_fault dutch_amount(struct str cell, char out[DUTCH_SIZE]);
enum dutch_fault dutch_count(struct str cell, char out[DUTCH_SIZE]);

/* What is wrong and what to write instead. */
const char *dutch_describe(enum dutch_fault fault, enum language language);

#endif
