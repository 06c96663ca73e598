/* SPDX-License-Identifier: EUPL-1.2 */
/* HELLO: who we are, what we judge by, whom the receipts are signed by, and who the sender is. */
#ifndef SERVE_HELLO_H
#define SERVE_HELLO_H

#include "serve/intake.h"

void hello_take(struct service *service, const struct asking *asking);

#endif
