/* SPDX-License-Identifier: EUPL-1.2 */
/* Every statement the daemon ever sends once a connection stands; all are prepared when it opens.
 */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

enum statement {
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_LOCK_CHAINS,
	STATEMENT_READ_SUBMISSIONS,
	STATEMENT_READ_HISTORY,
	STATEMENT_STORE_SUBMISSIONS,
	STATEMENT_STORE_FINDINGS,
	STATEMENT_STORE_SPENDING,
	STATEMENT_STORE_OUTREACH,
	STATEMENT_STORE_TOTALS,
	STATEMENT_PING,
	STATEMENT_STATUS,
	STATEMENT_RECALL,
	STATEMENT_REFERENCE,
	STATEMENT_COUNT,
};

struct statement_text {
	const char *name; /* under which it is prepared */
	const char *sql;
};

extern const struct statement_text statements[STATEMENT_COUNT];

#endif
