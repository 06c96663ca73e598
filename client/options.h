/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command line: one table of options, from which parsing and --help both come. An option
 * belongs to the subcommands that its row names, and is an error elsewhere.
 */
#ifndef CLIENT_OPTIONS_H
#define CLIENT_OPTIONS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "language.h"

enum command {
	COMMAND_KEYGEN,
	COMMAND_HELLO,
	COMMAND_PING,
	COMMAND_CHECK,
	COMMAND_SUBMIT,
	COMMAND_STATUS,
	COMMAND_RECALL,
	COMMAND_VERIFY,
	COMMAND_RULES,
	COMMAND_COUNT,
};

/* Values of an option that may be given several times, in their order. */
struct values {
	const char **items;
	size_t count, capacity;
};

struct options {
	enum language language; /* as far as the command line and $STEUN_LANG tell */

	/* For settings.h: they override steun.yaml and the environment. */
	const char *config, *server_key, *key, *spool, *receipts, *programme, *programmes;
	const char *language_text, *timeout;
	struct values endpoints, receipt_keys;

	/* A report's header, where a CSV file or its name does not tell. */
	const char *municipality, *period, *kind, *revision, *status;
	bool is_nil;
	struct values explanations;

	const char *from, *until, *trust;
	bool is_json, is_offline, is_quiet, wants_source, may_have_gaps;
	bool wants_help, wants_version;

	struct values arguments;
};

/* The language before anything else is known: --lang among the arguments, or $STEUN_LANG. */
enum language options_language(int argc, char *const *argv);

/* `argv` begins after the subcommand. False with a message in the options' language. */
bool options_parse(struct arena *arena, enum command command, int argc, char *const *argv,
	struct options *ret_options, struct error *err);

/* The lines of --help about a subcommand's options; COMMAND_COUNT: about those of all. */
void options_help(enum command command, enum language language, struct buf *out);

#endif
