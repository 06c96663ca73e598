/* SPDX-License-Identifier: EUPL-1.2 */
/* SUBMIT and CHECK on their way in: from the bytes of a report to the store. */
#ifndef SERVE_SUBMIT_H
#define SERVE_SUBMIT_H

#include "serve/intake.h"

/* Takes the report in hand, or answers at once why not. */
void submit_take(struct service *service, const struct asking *asking);

#endif
