/* SPDX-License-Identifier: EUPL-1.2 */
/* For syncfs. */
#define _GNU_SOURCE
#include "durable.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* From here on one syncfs costs less than an fsync a file, though it may write others' data too. */
enum { SYNC_WHOLE_FROM = 5 };

struct member {
	const char *name, *beside;
};

struct durable {
	struct arena *arena;
	const char *folder;
	int folder_fd;
	struct member *members;
	size_t count, capacity;
	struct error error;
};

struct durable *durable_begin(struct arena *arena, const char *folder, struct error *err)
{
	if (!folder_make(folder, 0700, err))
		return NULL;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		error_set_errno(err, errno, "cannot open the folder %s", folder);
		return NULL;
	}
	struct durable *durable = ARENA_NEW(arena, struct durable);
	durable->arena = arena;
	durable->folder = arena_string(arena, str_of(folder));
	durable->folder_fd = fd;
	return durable;
}

static bool write_fully(int fd, struct str data)
{
	for (size_t at = 0; at < data.length;) {
		ssize_t written = write(fd, data.data + at, data.length - at);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		at += (size_t)written;
	}
	return true;
}

static void fail(struct durable *durable, const char *name)
{
	error_set_errno(&durable->error, errno, "cannot write %s/%s", durable->folder, name);
}

void durable_add(struct durable *durable, const char *name, struct str data)
{
	if (durable->error.is_set)
		return;
	/* Names beginning with a point are passed over by everybody who lists a folder. */
	const char *beside = arena_format(durable->arena, ".%s.new", name);
	int fd = openat(durable->folder_fd, beside,
		O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		fail(durable, name);
		return;
	}
	durable->members = arena_grow(durable->arena, durable->members, durable->count,
		&durable->capacity, sizeof(*durable->members));
	durable->members[durable->count++] =
		(struct member){arena_string(durable->arena, str_of(name)), beside};
	if (!write_fully(fd, data))
		fail(durable, name);
	/* Some file systems tell only now that the disk is full. */
	if (close(fd) != 0)
		fail(durable, name);
}

size_t durable_count(const struct durable *durable)
{
	return durable->count;
}

static bool sync_each(struct durable *durable)
{
	for (size_t i = 0; i < durable->count; i++) {
		int fd = openat(durable->folder_fd, durable->members[i].beside,
			O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		bool is_synced = fd >= 0 && fsync(fd) == 0;
		if (!is_synced)
			fail(durable, durable->members[i].name);
		if (fd >= 0)
			close(fd);
		if (!is_synced)
			return false;
	}
	return true;
}

static bool sync_all(struct durable *durable)
{
	if (durable->count < SYNC_WHOLE_FROM)
		return sync_each(durable);
	if (syncfs(durable->folder_fd) == 0)
		return true;
	return error_set_errno(
		&durable->error, errno, "cannot make the folder %s durable", durable->folder);
}

static bool rename_all(struct durable *durable)
{
	for (size_t i = 0; i < durable->count; i++) {
		struct member *member = &durable->members[i];
		if (renameat(durable->folder_fd, member->beside, durable->folder_fd,
			    member->name) != 0) {
			fail(durable, member->name);
			return false;
		}
		member->beside = NULL;
	}
	return true;
}

static bool sync_folder(struct durable *durable)
{
	if (durable->count == 0 || fsync(durable->folder_fd) == 0)
		return true;
	return error_set_errno(
		&durable->error, errno, "cannot make the folder %s durable", durable->folder);
}

bool durable_commit(struct durable **durable, struct error *err)
{
	struct durable *group = *durable;
	*durable = NULL;
	bool is_done =
		!group->error.is_set && sync_all(group) && rename_all(group) && sync_folder(group);
	for (size_t i = 0; i < group->count; i++) {
		if (group->members[i].beside != NULL)
			unlinkat(group->folder_fd, group->members[i].beside, 0);
	}
	close(group->folder_fd);
	return is_done || error_set(err, "%s", group->error.message);
}
