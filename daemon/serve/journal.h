/* SPDX-License-Identifier: EUPL-1.2 */
/* One line in the journal for the fate of each report; its fields are described in steund(8). */
#ifndef SERVE_JOURNAL_H
#define SERVE_JOURNAL_H

#include "serve/errand.h"

/* A report whose outcome is known. */
void journal_report(const struct errand *errand);

/* A report that was refused at the door: `report` holds its header, or is NULL when it has none. */
void journal_refused(
	const struct sender_key *key, const struct report *report, enum refusal refusal);

#endif
