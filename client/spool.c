/* SPDX-License-Identifier: EUPL-1.2 */
#include "spool.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"
#include "durable.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define ENDING ".report"

enum {
	HEX_REQUEST_SIZE = 2 * SPOOL_REQUEST_SIZE + 1,
	SEQUENCE_DIGITS = 12,
	HASH_SIZE = 16, /* bytes of the SHA-256 that stand in the name */
	HOLD_POLL_MS = 50,
	ARENA_BYTES = 1024 * 1024 * 1024,
};

struct spool {
	const char *folder;
	int folder_fd; /* locked while adding */
	int lock_fd;   /* of <folder>/lock, locked while sending */
	int64_t sequence;
	struct arena *arena;
	struct map *origins; /* of what was added here, in full: name -> text */
};

static const char *path_of(const struct spool *spool, struct arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", spool->folder, name);
}

struct spool *spool_open(struct arena *arena, const char *folder, struct error *err)
{
	if (!folder_make(folder, 0700, err))
		return NULL;
	struct spool *spool = ARENA_NEW(arena, struct spool);
	spool->folder = arena_string(arena, str_of(folder));
	spool->arena = arena;
	spool->origins = map_new(arena);
	spool->lock_fd = -1;
	spool->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (spool->folder_fd >= 0)
		spool->lock_fd = open(path_of(spool, arena, "lock"),
			O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (spool->lock_fd < 0) {
		error_set_errno(err, errno, "cannot open the spool %s", folder);
		spool_close(&spool);
	}
	return spool;
}

void spool_close(struct spool **spool)
{
	if (*spool == NULL)
		return;
	if ((*spool)->folder_fd >= 0)
		close((*spool)->folder_fd);
	if ((*spool)->lock_fd >= 0)
		close((*spool)->lock_fd);
	*spool = NULL;
}

/* The part of a name up to the next hyphen, of exactly `length` bytes. */
static bool cut(struct str *rest, size_t length, struct str *ret_part)
{
	return str_split(rest, '-', ret_part) && ret_part->length == length;
}

bool spool_parse(
	const char *name, struct str report, struct spool_entry *ret_entry, struct error *err)
{
	struct spool_entry entry = {.name = name, .report = report};
	struct str rest = str_of(name);
	struct str sequence;
	struct str request;
	struct str hash;
	uint8_t claimed[HASH_SIZE];
	if (!str_ends_with(rest, STR(ENDING)))
		return error_set(err, "not an entry of the spool");
	rest.length -= sizeof(ENDING) - 1;
	if (!cut(&rest, SEQUENCE_DIGITS, &sequence) ||
		!cut(&rest, HEX_REQUEST_SIZE - 1, &request) ||
		!cut(&rest, 2 * sizeof(claimed), &hash) || rest.length == 0 ||
		!hex_decode(request, entry.request, sizeof(entry.request)) ||
		!hex_decode(hash, claimed, sizeof(claimed)))
		return error_set(err, "its name is not that of an entry of the spool");
	sha256(report, entry.sha256);
	if (memcmp(entry.sha256, claimed, sizeof(claimed)) != 0)
		return error_set(err, "it is damaged: the SHA-256 is not that in its name");
	entry.origin = rest;
	*ret_entry = entry;
	return true;
}

bool spool_list(struct spool *spool, struct arena *arena, const char *const **ret_names,
	size_t *ret_count, struct error *err)
{
	return folder_list(arena, spool->folder, ENDING, ret_names, ret_count, err);
}

bool spool_read(struct spool *spool, struct arena *arena, const char *name,
	struct spool_entry *ret_entry, struct error *err)
{
	struct str text;
	const char *path = path_of(spool, arena, name);
	if (!file_read(arena, path, SPOOL_FILE_MAX, &text, err))
		return false;
	struct spool_entry entry;
	if (!spool_parse(arena_string(arena, str_of(name)), text, &entry, err))
		return error_prefix(err, "%s", path);
	const char *origin = map_get(spool->origins, str_of(name));
	if (origin != NULL)
		entry.origin = str_of(origin);
	*ret_entry = entry;
	return true;
}

/* What waits, by the hash in its name; and the greatest sequence, which is that of the last name.
 */
static bool read_hashes(
	struct spool *spool, struct arena *arena, struct map *hashes, struct error *err)
{
	const char *const *names;
	size_t count;
	if (!spool_list(spool, arena, &names, &count, err))
		return false;
	spool->sequence = 0;
	for (size_t i = 0; i < count; i++) {
		struct str rest = str_of(names[i]);
		struct str sequence;
		struct str part;
		struct str hash;
		if (!cut(&rest, SEQUENCE_DIGITS, &sequence) || !str_split(&rest, '-', &part) ||
			!str_split(&rest, '-', &hash))
			continue;
		map_put(hashes, hash, spool);
		str_parse_int64(sequence, &spool->sequence);
	}
	return true;
}

/* The end of a path, of nothing but what is harmless in a name and on a terminal. */
static const char *name_part(struct arena *arena, const char *origin)
{
	size_t length = strlen(origin);
	size_t from = length > SPOOL_ORIGIN_MAX ? length - SPOOL_ORIGIN_MAX : 0;
	const char *slash = strrchr(origin + from, '/');
	char *part = arena_string(arena, str_of(slash != NULL ? slash + 1 : origin + from));
	for (char *c = part; *c != '\0'; c++) {
		bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
		if (!is_letter && !(*c >= '0' && *c <= '9') && *c != '.' && *c != '_' && *c != '-')
			*c = '_';
	}
	return part[0] != '\0' ? part : "_";
}

static void add_one(struct spool *spool, struct arena *arena, struct durable *group,
	const struct spool_report *report, struct str hash)
{
	uint8_t request[SPOOL_REQUEST_SIZE];
	char hex[HEX_REQUEST_SIZE];
	crypto_random(request, sizeof(request));
	hex_encode(request, sizeof(request), hex);
	const char *name =
		arena_format(spool->arena, "%0*" PRId64 "-%s-%.*s-%s" ENDING, SEQUENCE_DIGITS,
			++spool->sequence, hex, STR_ARG(hash), name_part(arena, report->origin));
	map_put(spool->origins, str_of(name), arena_string(spool->arena, str_of(report->origin)));
	durable_add(group, name, report->bytes);
}

static bool add_all(struct spool *spool, struct arena *arena, struct spool_report *reports,
	size_t count, struct error *err)
{
	struct map *hashes = map_new(arena);
	if (!read_hashes(spool, arena, hashes, err))
		return false;
	struct durable *group = durable_begin(arena, spool->folder, err);
	if (group == NULL)
		return false;
	for (size_t i = 0; i < count; i++) {
		uint8_t hash[SHA256_SIZE];
		char hex[2 * HASH_SIZE + 1];
		sha256(reports[i].bytes, hash);
		hex_encode(hash, HASH_SIZE, hex);
		struct str key = arena_copy(arena, str_of(hex));
		reports[i].was_there = !map_put(hashes, key, spool);
		if (!reports[i].was_there)
			add_one(spool, arena, group, &reports[i], key);
	}
	return durable_commit(&group, err);
}

static bool lock_wait(int fd, struct error *err)
{
	while (flock(fd, LOCK_EX) != 0) {
		if (errno != EINTR)
			return error_set_errno(err, errno, "cannot lock the spool");
	}
	return true;
}

bool spool_add(struct spool *spool, struct spool_report *reports, size_t count, struct error *err)
{
	if (!lock_wait(spool->folder_fd, err))
		return false;
	struct arena *arena = arena_new(ARENA_BYTES);
	bool are_added = add_all(spool, arena, reports, count, err);
	arena_free(&arena);
	flock(spool->folder_fd, LOCK_UN);
	return are_added;
}

static int64_t read_holder(const struct spool *spool)
{
	char text[24];
	int64_t holder = 0;
	ssize_t length = pread(spool->lock_fd, text, sizeof(text), 0);
	if (length > 0)
		str_parse_int64(str_trim((struct str){text, (size_t)length}), &holder);
	return holder;
}

bool spool_hold(struct spool *spool, int64_t wait_ms, int64_t *ret_holder, struct error *err)
{
	int64_t until_us = clock_monotonic_us() + wait_ms * 1000;
	while (flock(spool->lock_fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return error_set_errno(
				err, errno, "cannot lock the spool %s", spool->folder);
		if (clock_monotonic_us() >= until_us) {
			*ret_holder = read_holder(spool);
			return false;
		}
		nanosleep(&(struct timespec){.tv_nsec = HOLD_POLL_MS * 1000000L}, NULL);
	}
	/* Only a courtesy to whoever waits: the lock itself is the kernel's. */
	char text[24];
	int length = snprintf(text, sizeof(text), "%lld\n", (long long)getpid());
	if (ftruncate(spool->lock_fd, 0) != 0 ||
		pwrite(spool->lock_fd, text, (size_t)length, 0) != length)
		*ret_holder = 0;
	return true;
}

/* Where receipts stand on another file system, the bytes are copied. */
static bool copy_over(struct spool *spool, struct arena *arena, const char *name, const char *path,
	struct error *err)
{
	struct str text;
	const char *from = path_of(spool, arena, name);
	return file_read(arena, from, SPOOL_FILE_MAX, &text, err) &&
	       file_write(path, text, 0600, err) && file_remove(from, err);
}

bool spool_settle(struct spool *spool, const char *name, const char *path, struct error *err)
{
	if (renameat(spool->folder_fd, name, AT_FDCWD, path) == 0 || errno == ENOENT)
		return true;
	if (errno != EXDEV)
		return error_set_errno(
			err, errno, "cannot move %s/%s to %s", spool->folder, name, path);
	struct arena *arena = arena_new(2 * SPOOL_FILE_MAX);
	bool is_copied = copy_over(spool, arena, name, path, err);
	arena_free(&arena);
	return is_copied;
}

static bool refuse(struct spool *spool, struct arena *arena, const char *name, struct str answer,
	struct error *err)
{
	const char *folder = path_of(spool, arena, "refused");
	int stem = (int)(strlen(name) - strlen(ENDING));
	const char *reason = arena_format(arena, "%s/%.*s.json", folder, stem, name);
	const char *moved = arena_format(arena, "%s/%s", folder, name);
	if (!folder_make(folder, 0700, err) || !file_write(reason, answer, 0600, err))
		return false;
	if (rename(path_of(spool, arena, name), moved) != 0)
		return error_set_errno(err, errno, "cannot move %s to %s", name, folder);
	/* Until the rename is on disk a crash brings the entry back, to be refused again: no loss.
	 */
	return true;
}

bool spool_refuse(struct spool *spool, const char *name, struct str answer, struct error *err)
{
	struct arena *arena = arena_new(1 << 20);
	bool is_refused = refuse(spool, arena, name, answer, err);
	arena_free(&arena);
	return is_refused;
}
