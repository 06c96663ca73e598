/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/answer.h"

#include "base/ensure.h"

void answer(struct service *service, const struct address *address, enum reply_kind kind,
	struct str body)
{
	if (!server_reply(service->server, &address->route, kind, address->id, body))
		service->metrics.unreached++;
}

static void answer_scratch(
	struct service *service, const struct address *address, enum reply_kind kind)
{
	ensure(!service->body.has_failed);
	answer(service, address, kind, buf_str(&service->body));
}

void answer_refused(struct service *service, const struct address *address, enum refusal refusal,
	struct str detail_json)
{
	service->metrics.refusals[refusal]++;
	buf_reset(&service->body);
	refused_write(&service->body, refusal, detail_json);
	answer_scratch(service, address, REPLY_REFUSED);
}

void answer_retry(struct service *service, const struct address *address, enum retry retry)
{
	service->metrics.retries[retry]++;
	buf_reset(&service->body);
	retry_write(&service->body, retry);
	answer_scratch(service, address, REPLY_RETRY);
}
