/* SPDX-License-Identifier: EUPL-1.2 */
/* Files, whole: read under a bound; written so that a crash leaves the old or the new, not half. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"

#include <sys/types.h>

/* Reads a regular file of at most `max` bytes into the arena; errors name the path. */
bool file_read(
	struct arena *arena, const char *path, size_t max, struct str *ret_text, struct error *err);

/* True when a regular file is there. */
bool file_exists(const char *path);

/*
 * True when nobody but the owner may use it, or it is a systemd credential (below
 * $CREDENTIALS_DIRECTORY, where the group may read); otherwise err says how to mend it.
 */
bool file_is_secret(const char *path, struct error *err);

/*
 * Writes beside, fsyncs, renames over `path`, fsyncs the folder. On failure the old stands and
 * nothing else; only when the last step fails, the new stands and may not outlive a crash.
 */
bool file_write(const char *path, struct str data, mode_t mode, struct error *err);

/* The same, but refuses when `path` exists; on any failure nothing is left. */
bool file_create(const char *path, struct str data, mode_t mode, struct error *err);

/* Unlinks and fsyncs the folder. */
bool file_remove(const char *path, struct error *err);

/* Makes a folder (and its parents) if it is not there, durably. */
bool folder_make(const char *path, mode_t mode, struct error *err);

/* fsyncs the folder that `path` stands in: what a name points to survives a crash only then. */
bool folder_sync_of(const char *path, struct error *err);

/* Names in a folder with the given ending, without "." files, sorted by bytes; the arena's. */
bool folder_list(struct arena *arena, const char *path, const char *ending,
	const char *const **ret_names, size_t *ret_count, struct error *err);

#endif
