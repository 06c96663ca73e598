/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a report to its verdict: the rules that need no history when it arrives, the others inside
 * the storing transaction, and then the receipt.
 */
#ifndef SERVE_JUDGE_H
#define SERVE_JUDGE_H

#include "serve/errand.h"

/* After decoding: what the rules without history find joins the errand's findings. */
void judge_on_arrival(struct errand *errand);

/*
 * The store's callback, with history and chain filled in: verdict, findings and, but for a CHECK,
 * receipt and reply. The store may call again for the same submission when a transaction has to
 * be repeated; each call starts from what was found on arrival.
 */
void judge_with_history(void *context, struct submission *submission);

#endif
