/* SPDX-License-Identifier: EUPL-1.2 */
/* For mkostemp. */
#define _GNU_SOURCE
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads until the end or until `size` bytes; -1 with errno on failure. */
static ssize_t read_fully(int fd, char *out, size_t size)
{
	size_t have = 0;
	while (have < size) {
		ssize_t got = read(fd, out + have, size - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

static bool read_open(struct arena *arena, int fd, const char *path, size_t max,
	struct str *ret_text, struct error *err)
{
	struct stat status;
	if (fstat(fd, &status) != 0)
		return error_set_errno(err, errno, "cannot look at %s", path);
	if (!S_ISREG(status.st_mode))
		return error_set(err, "cannot read %s: it is not a regular file", path);
	if ((uintmax_t)status.st_size > max)
		return error_set(err, "cannot read %s: it has %jd bytes, at most %zu are allowed",
			path, (intmax_t)status.st_size, max);

	/* One byte more than there should be shows a file that grows while it is read. */
	size_t size = (size_t)status.st_size;
	char *data = arena_alloc(arena, size + 2);
	ssize_t got = read_fully(fd, data, size + 1);
	if (got < 0)
		return error_set_errno(err, errno, "cannot read %s", path);
	if ((size_t)got > size)
		return error_set(err, "cannot read %s: it is being written; try again", path);
	*ret_text = (struct str){data, (size_t)got};
	return true;
}

bool file_read(
	struct arena *arena, const char *path, size_t max, struct str *ret_text, struct error *err)
{
	/* O_NONBLOCK, for opening a pipe that nobody writes to would wait for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return error_set_errno(err, errno, "cannot open %s", path);
	bool is_read = read_open(arena, fd, path, max, ret_text, err);
	close(fd);
	return is_read;
}

/* systemd gives a service's user its credentials through the group or an ACL that shows as one. */
bool file_exists(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_credential(const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	if (folder == NULL || folder[0] == '\0' || strstr(path, "/../") != NULL)
		return false;
	size_t length = strlen(folder);
	return strncmp(path, folder, length) == 0 && path[length] == '/';
}

bool file_is_secret(const char *path, struct error *err)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return error_set_errno(err, errno, "cannot look at %s", path);
	mode_t forbidden = is_credential(path) ? 0037 : 0077;
	if ((status.st_mode & forbidden) != 0)
		return error_set(err,
			"%s holds a secret, and others than its owner may use it (mode %04o): "
			"chmod 600 it, and make a new key if somebody may have read it",
			path, (unsigned)(status.st_mode & 07777));
	return true;
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

/* A file beside `path` that holds `data` and is on disk; `name` is PATH_MAX bytes. */
static bool write_beside(
	const char *path, struct str data, mode_t mode, char *name, struct error *err)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
	int length = snprintf(name, PATH_MAX, "%.*s.%s.XXXXXX", (int)folder, path, path + folder);
	if (length >= PATH_MAX)
		return error_set_errno(err, ENAMETOOLONG, "cannot write %.80s...", path);

	int fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(err, errno, "cannot write %s", path);
	bool is_written = write_fully(fd, data) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
	int reason = errno;
	/* Some file systems tell only now that the disk is full. */
	if (close(fd) != 0 && is_written) {
		reason = errno;
		is_written = false;
	}
	if (!is_written) {
		unlink(name);
		return error_set_errno(err, reason, "cannot write %s", path);
	}
	return true;
}

bool file_write(const char *path, struct str data, mode_t mode, struct error *err)
{
	char name[PATH_MAX];
	if (!write_beside(path, data, mode, name, err))
		return false;
	bool is_renamed = rename(name, path) == 0;
	if (!is_renamed) {
		error_set_errno(err, errno, "cannot write %s", path);
		unlink(name);
	}
	return is_renamed && folder_sync_of(path, err);
}

bool file_create(const char *path, struct str data, mode_t mode, struct error *err)
{
	char name[PATH_MAX];
	if (!write_beside(path, data, mode, name, err))
		return false;
	/* link(2), unlike rename(2), never replaces: there is no moment to slip in between. */
	bool is_linked = link(name, path) == 0;
	if (!is_linked && errno == EEXIST)
		error_set(err, "%s exists already and is not overwritten", path);
	else if (!is_linked)
		error_set_errno(err, errno, "cannot write %s", path);
	unlink(name);
	if (!is_linked || folder_sync_of(path, err))
		return is_linked;
	unlink(path);
	return false;
}

bool file_remove(const char *path, struct error *err)
{
	if (unlink(path) != 0)
		return error_set_errno(err, errno, "cannot remove %s", path);
	return folder_sync_of(path, err);
}
