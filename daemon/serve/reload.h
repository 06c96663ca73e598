/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * New settings, at the start and on SIGHUP: loaded beside those in force, told to the database, and
 * put in force only when both have worked. Until then nothing changes.
 */
#ifndef SERVE_RELOAD_H
#define SERVE_RELOAD_H

#include "serve/service.h"

/* The first settings, just loaded: in force at once, ready when the database knows them. Takes
 * them. */
void reload_begin(struct service *service, struct settings *first);

/* SIGHUP: loads again. Mistakes are logged, and what is in force stays. */
void reload_ask(struct service *service);

/* Mistakes in files, a line each, to the log. */
void reload_log_complaints(const struct buf *complaints);

/* Tells the database when it can be told; the loop calls it in every round. */
void reload_advance(struct service *service);

/* Milliseconds until reload_advance has something to do by itself; -1: no limit. */
int64_t reload_timeout_ms(const struct service *service);

/* Lets go of what waits. Only when the store is closed: it may hold the question. */
void reload_end(struct service *service);

#endif
