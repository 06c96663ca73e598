/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/metrics.h"

#include <inttypes.h>

uint64_t metrics_receipts(const struct metrics *metrics)
{
	uint64_t sum = 0;
	for (int i = 0; i < VERDICT_COUNT; i++)
		sum += metrics->receipts[i];
	return sum;
}

static void write_count(struct buf *out, const char *name, uint64_t count)
{
	if (count > 0)
		buf_format(out, "%s%s %" PRIu64, out->length > 0 ? ", " : "", name, count);
}

void metrics_write(const struct metrics *metrics, struct buf *out)
{
	for (int i = 0; i < VERB_COUNT; i++)
		write_count(out, verb_names[i], metrics->requests[i]);
	for (int i = 0; i < VERDICT_COUNT; i++)
		write_count(out, verdict_names[i], metrics->receipts[i]);
	write_count(out, "repeated", metrics->repeated);
	for (int i = 0; i < REFUSAL_COUNT; i++)
		write_count(out, refusal_codes[i].code, metrics->refusals[i]);
	for (int i = 0; i < RETRY_COUNT; i++)
		write_count(out, retry_codes[i].code, metrics->retries[i]);
	write_count(out, "unreached", metrics->unreached);
}
