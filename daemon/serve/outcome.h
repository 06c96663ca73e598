/* SPDX-License-Identifier: EUPL-1.2 */
/* SUBMIT and CHECK on their way out: from what the store tells to the answer. */
#ifndef SERVE_OUTCOME_H
#define SERVE_OUTCOME_H

#include "serve/errand.h"

/* The store's callback; the context is the service. Answers all who asked and closes the errand. */
void outcome_done(void *context, struct submission *submission);

/* At the end of a stop that took too long: tells all who wait to ask again. Nothing is closed. */
void outcome_give_up(struct service *service);

#endif
