/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"

#include <stdio.h>
#include <string.h>

/* What can be done with rules away from the daemon: none of it asks for keys. */
struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
	const char *summary;
};

static const struct verb verbs[] = {
	{"test", command_rules_test, "[-c FILE] [-m] [RULES]",
		"run the examples, and tell how each came out"},
	{"explain", command_rules_explain, "[OPTION]... ID",
		"tell a rule in words, with its texts, examples and history"},
	{"catalogue", command_rules_catalogue, "[OPTION]... [PROGRAMME]",
		"tell all rules in words, as Markdown to publish"},
	{"replay", command_rules_replay, "[OPTION]...",
		"show what a draft would change for the stored reports"},
};

enum { VERB_COUNT = sizeof(verbs) / sizeof(*verbs), VERB_NAME_MAX = 32 };

static int print_usage(FILE *out, int status)
{
	fprintf(out, "Usage: steund rules VERB [OPTION]...\n\n");
	for (int i = 0; i < VERB_COUNT; i++)
		fprintf(out, "  %-9s %-24s %s\n", verbs[i].name, verbs[i].arguments,
			verbs[i].summary);
	fprintf(out,
		"\n"
		"  RULES                    a folder of rule files, or one file\n"
		"  -c, --config FILE        configuration (/etc/steund/steund.yaml)\n"
		"  -r, --rules RULES        instead of those configured (not of test)\n"
		"  -l, --language LANG      nl or en; Dutch when not given (not of test)\n"
		"  -m, --mutants            which slips of the pen no example notices (of test)\n"
		"\n"
		"  Of replay:\n"
		"  -a, --all                list every change\n"
		"  -d, --database CONNINFO  another connection than the configured one\n"
		"  -f, --from MONTH         months to judge again, YYYY-MM, both included\n"
		"  -u, --until MONTH\n"
		"\n"
		"See steund(8).\n");
	return status;
}

/* A verb is called by its whole name, "rules test", so that its complaints begin with that. */
static int run_verb(const struct verb *verb, int argc, char **argv)
{
	char name[VERB_NAME_MAX];
	snprintf(name, sizeof(name), "rules %s", verb->name);
	argv[0] = name;
	return verb->run(argc, argv);
}

int command_rules(int argc, char **argv)
{
	if (argc < 2)
		return print_usage(stderr, COMMAND_USAGE);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_usage(stdout, COMMAND_GOOD);
	for (int i = 0; i < VERB_COUNT; i++) {
		if (strcmp(argv[1], verbs[i].name) == 0)
			return run_verb(&verbs[i], argc - 1, argv + 1);
	}
	fprintf(stderr, "steund rules: '%s' is no verb\n\n", argv[1]);
	return print_usage(stderr, COMMAND_USAGE);
}
