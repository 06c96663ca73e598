/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's one thread: it waits for requests, for the database, for signals and for its own
 * clock, and calls whoever is concerned. SIGHUP reloads; SIGTERM and SIGINT stop: what was taken is
 * finished and answered, within a deadline.
 */
#ifndef SERVE_LOOP_H
#define SERVE_LOOP_H

#include "serve/service.h"

/* Blocks the signals that the loop takes, for this thread and all that it starts. Once, early. */
bool loop_block_signals(struct error *err);

/* Runs until a stop is asked for and done. False when it can go on no longer. */
bool loop_run(struct service *service, struct error *err);

#endif
