/* SPDX-License-Identifier: EUPL-1.2 */
/* steun: the submitter's client. See steun(1). */
#include "command.h"
#include "stop.h"

#include "base/crypto.h"
#include "base/standard.h"

#include <string.h>

#define ARENA_BYTES ((size_t)2 * 1024 * 1024 * 1024)

struct command_row {
	const char *name;
	int (*run)(const struct call *call);
	const char *arguments_nl, *arguments_en;
	const char *help_nl, *help_en;
};

static const struct command_row rows[COMMAND_COUNT + 1] = {
	[COMMAND_KEYGEN] = {"keygen", command_keygen, "NAAM", "NAME", "maak een sleutelpaar",
		"make a key pair"},
	[COMMAND_HELLO] = {"hello", command_hello, "", "",
		"wie ben ik voor het ministerie, en wat mag ik insturen",
		"who am I to the ministry, and what may I send"},
	[COMMAND_PING] = {"ping", command_ping, "", "", "antwoordt het ministerie?",
		"does the ministry answer?"},
	[COMMAND_CHECK] = {"check", command_check, "BESTAND...", "FILE...",
		"wat zou het ministerie vinden? Er wordt niets ingediend",
		"what would the ministry find? Nothing is submitted"},
	[COMMAND_SUBMIT] = {"submit", command_submit, "[BESTAND...]", "[FILE...]",
		"dien rapportages in (JSON of CSV), en wat nog in de wachtmap staat",
		"submit reports (JSON or CSV), and what is still in the spool"},
	[COMMAND_STATUS] = {"status", command_status, "", "",
		"wat is er per maand ontvangen, en wat ontbreekt",
		"what was received per month, and what is missing"},
	[COMMAND_RECALL] = {"recall", command_recall, "KENMERK|BESTAND...", "REQUEST|FILE...",
		"haal een ontvangstbewijs opnieuw op", "get a receipt again"},
	[COMMAND_VERIFY] = {"verify", command_verify, "[BESTAND|MAP...]", "[FILE|FOLDER...]",
		"controleer ontvangstbewijzen, zonder verbinding",
		"check receipts, without connection"},
	[COMMAND_RULES] = {"rules", command_rules, "", "",
		"waarop het ministerie rapportages controleert",
		"what the ministry checks reports for"},
};

static void print_help(enum command command, enum language language)
{
	struct buf out;
	buf_init(&out, 64 * 1024);
	const struct command_row *row = &rows[command];
	buf_format(&out,
		SAY(language, "Gebruik: steun %s %s [OPTIES]\n", "Usage: steun %s %s [OPTIONS]\n"),
		command == COMMAND_COUNT ? SAY(language, "OPDRACHT", "COMMAND") : row->name,
		command == COMMAND_COUNT ? ""
					 : SAY(language, row->arguments_nl, row->arguments_en));
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (command == COMMAND_COUNT || (int)command == i)
			buf_format(&out, "  %-8s %s\n", rows[i].name,
				SAY(language, rows[i].help_nl, rows[i].help_en));
	}
	if (command != COMMAND_COUNT) {
		buf_add_text(&out, SAY(language, "Opties:\n", "Options:\n"));
		options_help(command, language, &out);
	} else {
		buf_add_text(&out,
			SAY(language,
				"steun OPDRACHT --help noemt de opties; man steun vertelt alles.\n",
				"steun COMMAND --help lists the options; man steun tells "
				"everything.\n"));
	}
	call_print(stdout, &out);
	buf_free(&out);
}

static enum command find_command(const char *name)
{
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(name, rows[i].name) == 0)
			return (enum command)i;
	}
	return COMMAND_COUNT;
}

static bool is_one_of(const char *text, const char *a, const char *b)
{
	return strcmp(text, a) == 0 || strcmp(text, b) == 0;
}

static int run(struct arena *arena, enum command command, int argc, char **argv)
{
	struct options options;
	struct settings settings;
	struct error err = {0};
	struct call call = {.arena = arena,
		.language = options_language(argc, argv),
		.options = &options,
		.settings = &settings,
		.out = stdout,
		.err = stderr};
	if (!options_parse(arena, command, argc, argv, &options, &err))
		return call_fail(&call, EXIT_USAGE, &err);
	if (options.wants_help || options.wants_version) {
		if (options.wants_help)
			print_help(command, call.language);
		else
			puts("steun " STEUN_VERSION);
		return EXIT_ACCEPTED;
	}
	struct mistakes *mistakes = mistakes_new(arena);
	if (!settings_load(arena, &options, &settings, mistakes))
		return call_fail_mistakes(&call, EXIT_USAGE, mistakes);
	call.language = (enum language)settings.language;
	if (!crypto_start(&err))
		return call_fail(&call, EXIT_USAGE, &err);
	stop_on_signals();
	int status = rows[command].run(&call);
	/* What could not be written was not told: say so rather than end well. */
	if ((fflush(stdout) != 0 || ferror(stdout)) && status == EXIT_ACCEPTED)
		return call_fail_text(&call, EXIT_USAGE, "cannot write the results");
	return status;
}

int main(int argc, char **argv)
{
	enum language language = options_language(argc, argv);
	if (!standard_fill())
		return EXIT_USAGE;
	if (argc < 2) {
		print_help(COMMAND_COUNT, language);
		return EXIT_USAGE;
	}
	if (is_one_of(argv[1], "--help", "-h") || strcmp(argv[1], "help") == 0) {
		print_help(COMMAND_COUNT, language);
		return EXIT_ACCEPTED;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("steun " STEUN_VERSION);
		return EXIT_ACCEPTED;
	}
	enum command command = find_command(argv[1]);
	if (command == COMMAND_COUNT) {
		fprintf(stderr, SAY(language, "steun: onbekende opdracht; steun --help noemt ze\n",
					"steun: unknown command; steun --help lists them\n"));
		return EXIT_USAGE;
	}
	struct arena *arena = arena_new(ARENA_BYTES);
	int status = run(arena, command, argc - 2, argv + 2);
	arena_free(&arena);
	return status;
}
