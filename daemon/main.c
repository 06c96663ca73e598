/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/standard.h"
#include "serve/commands.h"

#include <stdio.h>
#include <string.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
	const char *summary;
};

static const struct command commands[] = {
	{"serve", command_serve, "[-c FILE]", "receive, judge and store reports"},
	{"check", command_check, "[-c FILE] [-n]",
		"look at all configuration, run the rules' examples"},
	{"migrate", command_migrate, "[-c FILE] [-d CONNINFO] [-s FOLDER]",
		"bring the database to this version's schema"},
	{"keygen", command_keygen, "FOLDER", "make the server's keys"},
	{"audit", command_audit, "[-c FILE] [-d CONNINFO] [-k KEY]...",
		"verify every chain, signature and total of the record"},
	{"rules", command_rules, "VERB [OPTION]...",
		"for people who write rules: see 'steund rules --help'"},
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static int print_help(FILE *out, int status)
{
	fprintf(out, "Usage: steund COMMAND [OPTION]...\n\n");
	for (int i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-8s %-38s %s\n", commands[i].name, commands[i].arguments,
			commands[i].summary);
	fprintf(out,
		"\n"
		"  -c, --config FILE        configuration (/etc/steund/steund.yaml)\n"
		"  -d, --database CONNINFO  another connection than the configured one\n"
		"  -k, --key KEY            a receipt key in base64, instead of configured ones\n"
		"  -n, --no-keys            do not look at the server's own keys\n"
		"  -s, --sql FOLDER         where the migrations are\n"
		"\n"
		"See steund(8) and steund.yaml(5).\n");
	return status;
}

int main(int argc, char **argv)
{
	if (!standard_fill())
		return 1;
	if (argc < 2)
		return print_help(stderr, 2);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_help(stdout, 0);
	if (strcmp(argv[1], "--version") == 0) {
		printf("steund %s\n", STEUN_VERSION);
		return 0;
	}
	for (int i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	}
	fprintf(stderr, "steund: '%s' is no command\n\n", argv[1]);
	return print_help(stderr, 2);
}
