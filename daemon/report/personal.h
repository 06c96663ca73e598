/* SPDX-License-Identifier: EUPL-1.2 */
/* Personal data has no place in a report: this recognises the two forms it most likely takes. */
#ifndef REPORT_PERSONAL_H
#define REPORT_PERSONAL_H

#include "base/str.h"

/*
 * True when a text looks like a BSN (a run of exactly nine digits passing the 11-test) or holds an
 * e-mail address. A text that is refused for it must not be repeated in any answer.
 */
bool text_is_personal(struct str text);

#endif
