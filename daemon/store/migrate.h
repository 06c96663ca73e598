/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Brings a database to this version's schema: sql/NNN-*.sql in order, each once, each in a
 * transaction, checksummed; then every file of sql/views (again whenever their text changed).
 * Blocking; runs as the owner.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "base/arena.h"
#include "base/error.h"

/* `say` is told each step ("001-record.sql: applied"). */
bool migrate(const char *conninfo, const char *sql_folder,
	void (*say)(void *context, const char *text), void *context, struct error *err);

#endif
