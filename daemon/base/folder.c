/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool folder_sync_of(const char *path, struct error *err)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int length = slash == NULL ? 1 : (int)(slash - path) + 1;
	snprintf(folder, sizeof(folder), "%.*s", length, slash == NULL ? "." : path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_synced = fd >= 0 && fsync(fd) == 0;
	if (!is_synced)
		error_set_errno(err, errno, "cannot make the folder %s durable", folder);
	if (fd >= 0)
		close(fd);
	return is_synced;
}

static bool make_one(const char *path, mode_t mode, struct error *err)
{
	if (mkdir(path, mode) == 0)
		return folder_sync_of(path, err);
	int reason = errno;
	struct stat status;
	if (reason == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return true;
	return error_set_errno(err, reason, "cannot make the folder %s", path);
}

bool folder_make(const char *path, mode_t mode, struct error *err)
{
	char part[PATH_MAX];
	size_t length = strlen(path);
	if (length == 0 || length >= sizeof(part))
		return error_set_errno(err, length == 0 ? ENOENT : ENAMETOOLONG,
			"cannot make the folder \"%.80s\"", path);
	memcpy(part, path, length + 1);
	for (size_t i = 1; i < length; i++) {
		if (part[i] != '/')
			continue;
		part[i] = '\0';
		if (!make_one(part, mode, err))
			return false;
		part[i] = '/';
	}
	return make_one(part, mode, err);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_wanted(const char *name, const char *ending)
{
	return name[0] != '.' && str_ends_with(str_of(name), str_of(ending));
}

bool folder_list(struct arena *arena, const char *path, const char *ending,
	const char *const **ret_names, size_t *ret_count, struct error *err)
{
	DIR *folder = opendir(path);
	if (folder == NULL)
		return error_set_errno(err, errno, "cannot open the folder %s", path);

	const char **names = NULL;
	size_t count = 0;
	size_t capacity = 0;
	const struct dirent *entry;
	errno = 0;
	while ((entry = readdir(folder)) != NULL) {
		if (!is_wanted(entry->d_name, ending))
			continue;
		names = arena_grow(arena, names, count, &capacity, sizeof(*names));
		names[count++] = arena_string(arena, str_of(entry->d_name));
	}
	int reason = errno;
	closedir(folder);
	if (reason != 0)
		return error_set_errno(err, reason, "cannot read the folder %s", path);
	if (count > 0)
		qsort(names, count, sizeof(*names), compare_names);
	*ret_names = names;
	*ret_count = count;
	return true;
}
