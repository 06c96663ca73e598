/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests of commands: runs one as a program would, in a child, and keeps what it said. */
#ifndef SUPPORT_COMMAND_H
#define SUPPORT_COMMAND_H

#include <sys/types.h>

enum { COMMAND_OUTPUT_SIZE = 65536 };

struct command_run {
	pid_t process;
	int status;                    /* exit status; -1 when it was ended by a signal */
	char out[COMMAND_OUTPUT_SIZE]; /* standard output */
	char err[COMMAND_OUTPUT_SIZE]; /* standard error */
};

/* Runs to the end. `words` ends with NULL; the first is the command's name. */
void command_run(
	struct command_run *run, int (*command)(int argc, char **argv), const char *const *words);

#define RUN(run, command, ...)                                                                     \
	command_run((run), (command), (const char *const[]){__VA_ARGS__, NULL})

/* The same in two steps, for one that has to be told to end. */
void command_start(
	struct command_run *run, int (*command)(int argc, char **argv), const char *const *words);
void command_wait(struct command_run *run);

/* What a command that runs has said on standard error so far. */
const char *command_said(struct command_run *run);

#endif
