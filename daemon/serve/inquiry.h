/* SPDX-License-Identifier: EUPL-1.2 */
/* The verbs that change nothing: RULES from the settings, the others from the store. */
#ifndef SERVE_INQUIRY_H
#define SERVE_INQUIRY_H

#include "serve/intake.h"

void inquiry_rules(struct service *service, const struct asking *asking);
void inquiry_status(struct service *service, const struct asking *asking);
void inquiry_recall(struct service *service, const struct asking *asking);
void inquiry_ping(struct service *service, const struct asking *asking);

/*
 * At the end: what is still asked gets a retry. Only when the store is closed and knows of none.
 */
void inquiry_give_up(struct service *service);

#endif
