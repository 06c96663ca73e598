/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/loop.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/systemd.h"
#include "serve/errand.h"
#include "serve/inquiry.h"
#include "serve/notify.h"
#include "serve/outcome.h"
#include "serve/reload.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	REQUESTS_A_ROUND = 256, /* then the database has its turn, however many wait */
	STATUS_US = 2 * 1000 * 1000,
	SIGNAL_SLOT = 0,
	STORE_SLOT = 1,
	TROUBLE_BYTES = 256,
};

struct loop {
	struct service *service;
	int signals;
	int64_t watchdog_us; /* between two signs of life; 0: nobody asks for them */
	int64_t watchdog_due_us;
	int64_t status_due_us;
	uint64_t status_shown; /* receipts when the status was last told */
	bool was_up;
	char trouble[TROUBLE_BYTES]; /* what was last said of a database that is down */
	int64_t stop_by_us;          /* INT64_MAX until a stop is asked for */
};

static sigset_t taken_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	return set;
}

bool loop_block_signals(struct error *err)
{
	sigset_t set = taken_signals();
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || sigaction(SIGPIPE, &ignore, NULL) != 0)
		return error_set_errno(err, errno, "cannot prepare for signals");
	return true;
}

static void begin_stop(struct loop *loop)
{
	struct service *service = loop->service;
	if (service->is_stopping)
		return;
	service->is_stopping = true;
	loop->stop_by_us =
		clock_monotonic_us() + service->settings->config.limits.stopping_seconds * 1000000;
	notify_stopping();
	log_info("stopping: %zu reports under way are finished first",
		errands_count(service->errands));
}

static void take_signals(struct loop *loop)
{
	struct signalfd_siginfo info;
	while (read(loop->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGHUP)
			reload_ask(loop->service);
		else
			begin_stop(loop);
	}
}

static void take_requests(struct service *service)
{
	struct request request;
	for (int i = 0; i < REQUESTS_A_ROUND; i++) {
		if (!server_receive(service->server, &request))
			return;
		intake_take(service, &request);
	}
}

static void sooner(int64_t *timeout_ms, int64_t other_ms)
{
	if (other_ms >= 0 && (*timeout_ms < 0 || other_ms < *timeout_ms))
		*timeout_ms = other_ms;
}

static int64_t until_ms(int64_t due_us)
{
	int64_t left_us = due_us - clock_monotonic_us();
	return left_us > 0 ? left_us / 1000 + 1 : 0;
}

/* Nothing here ticks when nothing happens: an idle daemon sleeps. */
static bool has_news(const struct loop *loop)
{
	return loop->status_shown != metrics_receipts(&loop->service->metrics);
}

static int64_t timeout_ms(const struct loop *loop)
{
	int64_t timeout = store_timeout_ms(loop->service->store);
	sooner(&timeout, reload_timeout_ms(loop->service));
	if (loop->watchdog_us > 0)
		sooner(&timeout, until_ms(loop->watchdog_due_us));
	if (has_news(loop))
		sooner(&timeout, until_ms(loop->status_due_us));
	if (loop->service->is_stopping)
		sooner(&timeout, until_ms(loop->stop_by_us));
	return timeout;
}

/* True once for each change: up, down, or down for another reason. */
static bool has_store_changed(struct loop *loop)
{
	const struct store *store = loop->service->store;
	bool is_up = store_is_up(store);
	char trouble[TROUBLE_BYTES] = "";
	if (!is_up)
		snprintf(trouble, sizeof(trouble), "%s", store_trouble(store));
	bool has_changed = is_up != loop->was_up || strcmp(trouble, loop->trouble) != 0;
	loop->was_up = is_up;
	memcpy(loop->trouble, trouble, sizeof(trouble));
	return has_changed;
}

static void log_store(const struct loop *loop)
{
	if (loop->was_up)
		log_info("the database is up");
	else if (loop->trouble[0] != '\0')
		log_warning("the database is down: %s", loop->trouble);
}

static void tell_systemd(struct loop *loop)
{
	struct service *service = loop->service;
	int64_t now_us = clock_monotonic_us();
	if (loop->watchdog_us > 0 && now_us >= loop->watchdog_due_us) {
		notify_watchdog();
		loop->watchdog_due_us = now_us + loop->watchdog_us;
	}
	bool has_changed = has_store_changed(loop);
	if (has_changed)
		log_store(loop);
	if (has_changed || (has_news(loop) && now_us >= loop->status_due_us)) {
		notify_status(service);
		loop->status_shown = metrics_receipts(&service->metrics);
		loop->status_due_us = now_us + STATUS_US;
	}
}

static bool is_drained(const struct service *service)
{
	return errands_count(service->errands) == 0 && service->inquiry_count == 0;
}

static bool has_finished(const struct loop *loop)
{
	return loop->service->is_stopping &&
	       (is_drained(loop->service) || clock_monotonic_us() >= loop->stop_by_us);
}

static bool run_round(struct loop *loop, struct error *err)
{
	struct service *service = loop->service;
	struct pollfd fds[STORE_SLOT + STORE_CONNECTIONS_MAX];
	fds[SIGNAL_SLOT] = (struct pollfd){.fd = loop->signals, .events = POLLIN};
	size_t count = STORE_SLOT +
		       store_descriptors(service->store, fds + STORE_SLOT, STORE_CONNECTIONS_MAX);
	if (!server_wait(service->server, fds, count, timeout_ms(loop), err))
		return false;
	if (fds[SIGNAL_SLOT].revents != 0)
		take_signals(loop);
	/* Answers first, then what is new: whatever is new by then makes the next batch. */
	store_advance(service->store);
	take_requests(service);
	reload_advance(service);
	store_advance(service->store);
	tell_systemd(loop);
	return true;
}

static void say_farewell(struct service *service)
{
	if (!is_drained(service)) {
		log_warning("stopping: %zu reports could not be finished in time, their senders "
			    "are told to ask again",
			errands_count(service->errands));
		outcome_give_up(service);
	}
	struct buf line;
	buf_init(&line, 2048);
	metrics_write(&service->metrics, &line);
	log_info("stopped: %s", line.length > 0 ? line.data : "nobody asked anything");
	buf_free(&line);
}

bool loop_run(struct service *service, struct error *err)
{
	sigset_t set = taken_signals();
	struct loop loop = {
		.service = service,
		.signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC),
		.watchdog_us = systemd_watchdog_interval_us(),
		.stop_by_us = INT64_MAX,
	};
	if (loop.signals < 0)
		return error_set_errno(err, errno, "cannot wait for signals");
	notify_status(service);
	bool is_good = true;
	while (is_good && !has_finished(&loop))
		is_good = run_round(&loop, err);
	if (is_good)
		say_farewell(service);
	close(loop.signals);
	return is_good;
}
