/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/command.h"

#include "tests/support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 32 };

static void path_of(const struct command_run *run, const char *what, char path[64])
{
	snprintf(path, 64, "/tmp/steun-command-%d-%s", (int)run->process, what);
}

static void redirect(int descriptor, const char *what)
{
	struct command_run self = {.process = getpid()};
	char path[64];
	path_of(&self, what, path);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
	if (file < 0 || dup2(file, descriptor) < 0)
		_exit(99);
	close(file);
}

void command_start(
	struct command_run *run, int (*command)(int argc, char **argv), const char *const *words)
{
	char *copies[WORDS_MAX] = {NULL};
	int count = 0;
	for (; words[count] != NULL; count++) {
		assert_true(count < WORDS_MAX - 1);
		copies[count] = strdup(words[count]);
	}
	*run = (struct command_run){.status = -1};
	fflush(NULL);
	run->process = fork();
	assert_true(run->process >= 0);
	if (run->process == 0) {
		redirect(STDOUT_FILENO, "out");
		redirect(STDERR_FILENO, "err");
		/* A command may change its argv; copies that stay known are no leak. */
		char *given[WORDS_MAX];
		memcpy(given, copies, sizeof(given));
		exit(command(count, given));
	}
	for (int i = 0; i < count; i++)
		free(copies[i]);
}

static void read_output(const struct command_run *run, const char *what, char *out)
{
	char path[64];
	path_of(run, what, path);
	out[0] = '\0';
	FILE *file = fopen(path, "r");
	if (file == NULL)
		return;
	out[fread(out, 1, COMMAND_OUTPUT_SIZE - 1, file)] = '\0';
	fclose(file);
}

const char *command_said(struct command_run *run)
{
	read_output(run, "err", run->err);
	return run->err;
}

void command_wait(struct command_run *run)
{
	int status;
	char path[64];
	assert_int_equal(waitpid(run->process, &status, 0), run->process);
	run->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	read_output(run, "out", run->out);
	read_output(run, "err", run->err);
	path_of(run, "out", path);
	unlink(path);
	path_of(run, "err", path);
	unlink(path);
}

void command_run(
	struct command_run *run, int (*command)(int argc, char **argv), const char *const *words)
{
	command_start(run, command, words);
	command_wait(run);
}
