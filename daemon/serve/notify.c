/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/notify.h"

#include "base/clock.h"
#include "base/systemd.h"
#include "serve/errand.h"

#include <inttypes.h>
#include <stdio.h>

enum { LINE_BYTES_MAX = 2048, STATUS_BYTES_MAX = 800 };

static const char *state_of(const struct service *service)
{
	if (service->is_stopping)
		return "stopping";
	if (!service->is_ready)
		return "not ready";
	return store_is_up(service->store) ? "serving" : "not storing";
}

void notify_write(const struct service *service, struct buf *out)
{
	const struct metrics *metrics = &service->metrics;
	struct store_counts counts;
	store_count(service->store, &counts);
	buf_format(out, "%s; database ", state_of(service));
	if (store_is_up(service->store))
		buf_add_text(out, "up");
	else
		buf_format(out, "down (%s)", store_trouble(service->store));
	buf_format(out, "; %" PRIu64 " receipts, %" PRIu64 " of them rejections; %zu under way",
		metrics_receipts(metrics), metrics->receipts[VERDICT_REJECTED],
		errands_count(service->errands));
}

static void write_status(const struct service *service, char out[STATUS_BYTES_MAX])
{
	struct buf line;
	buf_init(&line, LINE_BYTES_MAX);
	notify_write(service, &line);
	/* A line end would begin another assignment, and a database's words may hold one. */
	for (size_t i = 0; i < line.length; i++) {
		if (line.data[i] == '\n')
			line.data[i] = ' ';
	}
	snprintf(out, STATUS_BYTES_MAX, "%s", line.data != NULL ? line.data : "");
	buf_free(&line);
}

void notify_ready(const struct service *service)
{
	char status[STATUS_BYTES_MAX];
	if (!service->is_ready)
		return;
	write_status(service, status);
	systemd_notify("READY=1\nSTATUS=%s", status);
}

void notify_reloading(void)
{
	systemd_notify("RELOADING=1\nMONOTONIC_USEC=%" PRId64, clock_monotonic_us());
}

void notify_stopping(void)
{
	systemd_notify("STOPPING=1");
}

void notify_watchdog(void)
{
	systemd_notify_at_once("WATCHDOG=1");
}

void notify_status(const struct service *service)
{
	char status[STATUS_BYTES_MAX];
	write_status(service, status);
	systemd_notify_at_once("STATUS=%s", status);
}
