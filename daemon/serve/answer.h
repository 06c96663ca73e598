/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers, each counted on its way out: the ordinary kinds, refusals and retries. */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include "serve/service.h"

/* To whom: the route and the request id of what is answered. */
struct address {
	struct route route;
	uint8_t id[REQUEST_ID_SIZE];
};

void answer(struct service *service, const struct address *address, enum reply_kind kind,
	struct str body);

/* `detail_json` is JSON, or empty. It must not be the service's scratch. */
void answer_refused(struct service *service, const struct address *address, enum refusal refusal,
	struct str detail_json);

void answer_retry(struct service *service, const struct address *address, enum retry retry);

#endif
