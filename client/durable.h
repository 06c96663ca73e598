/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Many small files of one folder, made durable together: each is written beside its name, all are
 * synced, all are renamed, the folder is synced. A disk that takes 5 ms to sync takes about 10 ms
 * for a hundred files this way, and a second one by one.
 *
 * A file has its name only when its whole content is on disk. After a crash some files of a group
 * may have their names and others not.
 */
#ifndef CLIENT_DURABLE_H
#define CLIENT_DURABLE_H

#include "base/arena.h"
#include "base/error.h"

struct durable;

/* Makes the folder when it is not there; NULL and err on failure. Memory is the arena's. */
struct durable *durable_begin(struct arena *arena, const char *folder, struct error *err);

/* Replaces what has the name, once committed. The first failure sticks, and commit tells it. */
void durable_add(struct durable *durable, const char *name, struct str data);

size_t durable_count(const struct durable *durable);

/*
 * Ends the group. False when not every file has its name durably: those that have it already keep
 * it, the others leave nothing behind.
 */
bool durable_commit(struct durable **durable, struct error *err);

#endif
