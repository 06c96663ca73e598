/* SPDX-License-Identifier: EUPL-1.2 */
/* For nftw. */
#define _GNU_SOURCE
#include "tests/support/unit.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DIED = 86, PATHS = 4 };

#ifdef COVERAGE
void __gcov_dump(void);
#endif

/* An abort loses the coverage of the code that led to it, so the child writes that down first. */
static void on_abort(int number)
{
	(void)number;
#ifdef COVERAGE
	__gcov_dump();
#endif
	_exit(DIED);
}

static void run_child(void (*body)(void), int output)
{
	struct sigaction action = {.sa_handler = on_abort};
	sigaction(SIGABRT, &action, NULL);
	dup2(output, STDERR_FILENO);
	body();
	_exit(0);
}

static void read_all(int fd, char *out, size_t size)
{
	size_t length = 0;
	ssize_t got;
	while (length + 1 < size && (got = read(fd, out + length, size - 1 - length)) > 0)
		length += (size_t)got;
	out[length] = '\0';
}

bool unit_aborts(void (*body)(void), char *out, size_t size)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		run_child(body, ends[1]);
	close(ends[1]);
	read_all(ends[0], out, size);
	close(ends[0]);

	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == DIED;
}

void unit_capture(void (*body)(void), char *out, size_t size)
{
	char name[] = "/tmp/steun-unit-XXXXXX";
	int file = mkstemp(name);
	assert_true(file >= 0);
	unlink(name);
	fflush(NULL);
	int saved = dup(STDERR_FILENO);
	dup2(file, STDERR_FILENO);
	body();
	dup2(saved, STDERR_FILENO);
	close(saved);
	lseek(file, 0, SEEK_SET);
	read_all(file, out, size);
	close(file);
}

const char *unit_folder_make(void)
{
	static char path[PATH_MAX];
	strncpy(path, "/tmp/steun-unit-XXXXXX", sizeof(path) - 1);
	assert_non_null(mkdtemp(path));
	return path;
}

const char *unit_path(const char *folder, const char *name)
{
	static char paths[PATHS][PATH_MAX];
	static unsigned turn;
	char *path = paths[turn++ % PATHS];
	assert_true(snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX);
	return path;
}

void unit_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

void unit_folder_remove(const char *path)
{
	nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
