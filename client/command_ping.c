/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "ask.h"
#include "base/clock.h"

int command_ping(const struct call *call)
{
	struct reply reply;
	int64_t started_us = clock_monotonic_us();
	int status = ask_once(call, VERB_PING, STR(""), &reply);
	if (status != EXIT_ACCEPTED)
		return status;
	if (reply.kind != REPLY_PONG)
		return ask_refused(call, &reply);
	long long took_ms = (long long)((clock_monotonic_us() - started_us + 999) / 1000);
	if (call->options->is_json)
		fprintf(call->out, "{\"pong\":true,\"milliseconds\":%lld}\n", took_ms);
	else
		fprintf(call->out,
			SAY(call->language,
				"het ministerie en zijn database antwoorden (%lld ms)\n",
				"the ministry and its database answer (%lld ms)\n"),
			took_ms);
	return EXIT_ACCEPTED;
}
