/* SPDX-License-Identifier: EUPL-1.2 */
/* The three descriptors that a program is given by whoever starts it. */
#ifndef BASE_STANDARD_H
#define BASE_STANDARD_H

#include <stdbool.h>

/*
 * Fills those of standard input, output and error that are closed: else the next file or connection
 * would get the number, and what is printed would end up in it. Reading or writing one that was
 * closed still fails. False when it cannot be done, which only happens without /dev.
 */
bool standard_fill(void);

#endif
