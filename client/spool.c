/* SPDX-License-Identifier: EUPL-1.2 */
#include "spool.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define FORMAT "steun-spool/1"
#define ENDING ".report"

enum {
	HEX_REQUEST_SIZE = 2 * SPOOL_REQUEST_SIZE + 1,
	SEQUENCE_DIGITS = 12,
	HOLD_POLL_MS = 50,
};

struct spool {
	const char *folder;
	int folder_fd; /* locked while adding */
	int lock_fd;   /* of <folder>/lock, locked while sending */
	int64_t sequence;
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

/* Origins stand on one line and are shown on terminals: anything else than printable goes. */
static void write_origin(struct buf *out, const char *origin)
{
	for (size_t i = 0; origin[i] != '\0' && i < SPOOL_ORIGIN_MAX; i++)
		buf_add_char(out, origin[i] >= 0x20 && origin[i] < 0x7f ? origin[i] : '?');
	if (origin[0] == '\0')
		buf_add_char(out, '-');
}

static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] < 0x20 || text.data[i] >= 0x7f)
			return false;
	}
	return true;
}

bool spool_parse(struct str text, struct spool_entry *ret_entry, struct error *err)
{
	struct spool_entry entry = {0};
	struct str rest = text;
	struct str line = {0};
	struct str format = {0};
	struct str request = {0};
	struct str hash = {0};
	if (!str_split(&rest, '\n', &line) || line.length == text.length)
		return error_set(err, "no first line");
	if (!str_split(&line, ' ', &format) || !str_is(format, FORMAT))
		return error_set(err, "does not begin with " FORMAT);
	if (!str_split(&line, ' ', &request) || !str_split(&line, ' ', &hash) ||
		!hex_decode(request, entry.request, sizeof(entry.request)) ||
		!hex_decode(hash, entry.sha256, sizeof(entry.sha256)))
		return error_set(err, "its first line is damaged");
	if (line.length == 0 || line.length > SPOOL_ORIGIN_MAX || !is_printable(line))
		return error_set(err, "its first line is damaged");
	uint8_t found[SHA256_SIZE];
	sha256(rest, found);
	if (memcmp(found, entry.sha256, sizeof(found)) != 0)
		return error_set(err, "its report is damaged: the SHA-256 differs");
	entry.origin = line;
	entry.report = rest;
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
	if (!spool_parse(text, &entry, err))
		return error_prefix(err, "%s", path);
	entry.name = arena_string(arena, str_of(name));
	*ret_entry = entry;
	return true;
}

/* What waits, by hash; damaged entries are left to the sender, who tells about them. */
static bool read_hashes(
	struct spool *spool, struct arena *arena, struct map *hashes, struct error *err)
{
	const char *const *names;
	size_t count;
	if (!spool_list(spool, arena, &names, &count, err))
		return false;
	struct arena *scratch = arena_new(4 * SPOOL_FILE_MAX);
	for (size_t i = 0; i < count; i++) {
		struct spool_entry entry;
		arena_reset(scratch);
		if (!spool_read(spool, scratch, names[i], &entry, NULL))
			continue;
		map_put(hashes, arena_copy(arena, (struct str){(char *)entry.sha256, SHA256_SIZE}),
			spool);
	}
	arena_free(&scratch);
	/* Names begin with the sequence, so the last one holds the greatest. */
	spool->sequence = 0;
	struct str last = count > 0 ? str_of(names[count - 1]) : STR("");
	if (last.length > SEQUENCE_DIGITS)
		str_parse_int64(str_slice(last, 0, SEQUENCE_DIGITS), &spool->sequence);
	return true;
}

static bool add_one(struct spool *spool, struct arena *arena, const struct spool_report *report,
	struct str hash, struct error *err)
{
	uint8_t request[SPOOL_REQUEST_SIZE];
	char request_hex[HEX_REQUEST_SIZE];
	char hash_hex[SHA256_HEX_SIZE];
	crypto_random(request, sizeof(request));
	hex_encode(request, sizeof(request), request_hex);
	hex_encode((const uint8_t *)hash.data, hash.length, hash_hex);

	struct buf text;
	buf_init(&text, SPOOL_FILE_MAX);
	buf_format(&text, FORMAT " %s %s ", request_hex, hash_hex);
	write_origin(&text, report->origin);
	buf_add_char(&text, '\n');
	buf_add_str(&text, report->bytes);
	const char *name = arena_format(
		arena, "%0*" PRId64 "-%s" ENDING, SEQUENCE_DIGITS, ++spool->sequence, request_hex);
	bool is_added =
		text.has_failed
			? error_set(err, "%s is too large for the spool", report->origin)
			: file_write(path_of(spool, arena, name), buf_str(&text), 0600, err);
	buf_free(&text);
	return is_added;
}

static bool add_all(struct spool *spool, struct arena *arena, struct spool_report *reports,
	size_t count, struct error *err)
{
	struct map *hashes = map_new(arena);
	if (!read_hashes(spool, arena, hashes, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		uint8_t hash[SHA256_SIZE];
		sha256(reports[i].bytes, hash);
		struct str key = arena_copy(arena, (struct str){(char *)hash, sizeof(hash)});
		reports[i].was_there = !map_put(hashes, key, spool);
		if (!reports[i].was_there && !add_one(spool, arena, &reports[i], key, err))
			return false;
	}
	return true;
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
	struct arena *arena = arena_new((size_t)1 << 30);
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
		if (errno != EWOULDBLOCK && errno != EINTR)
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

bool spool_settle(struct spool *spool, const char *name, struct error *err)
{
	if (unlinkat(spool->folder_fd, name, 0) == 0 || errno == ENOENT)
		return true;
	return error_set_errno(err, errno, "cannot remove %s/%s", spool->folder, name);
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
