/* SPDX-License-Identifier: EUPL-1.2 */
#include "options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_VALUES };

#define BIT(command) (1U << (command))
#define ALL (BIT(COMMAND_COUNT) - 1)
#define ONLINE (ALL & ~BIT(COMMAND_KEYGEN) & ~BIT(COMMAND_VERIFY))
#define REPORTS (BIT(COMMAND_SUBMIT) | BIT(COMMAND_CHECK))

struct option_row {
	const char *name;
	const char *value_nl, *value_en; /* what --help calls its value; NULL for a flag */
	enum option_type type;
	size_t offset;
	unsigned commands;
	const char *help_nl, *help_en;
};

#define FIELD(name) offsetof(struct options, name)

static const struct option_row rows[] = {
	{"municipality", "GM0000", "GM0000", OPTION_TEXT, FIELD(municipality),
		REPORTS | BIT(COMMAND_STATUS), "CBS-code van de gemeente",
		"CBS code of the municipality"},
	{"period", "JJJJ-MM", "YYYY-MM", OPTION_TEXT, FIELD(period), REPORTS,
		"maand waarover gemeld wordt", "month reported on"},
	{"kind", "SOORT", "KIND", OPTION_TEXT, FIELD(kind), REPORTS, "soort: besteding of bereik",
		"kind: spending or outreach"},
	{"revision", "N", "N", OPTION_TEXT, FIELD(revision), REPORTS, "revisie, vanaf 1",
		"revision, from 1"},
	{"status", "STATUS", "STATUS", OPTION_TEXT, FIELD(status), REPORTS,
		"voorlopig (zo nodig vanzelf), definitief of ingetrokken",
		"provisional (the default), final or withdrawn"},
	{"nil", NULL, NULL, OPTION_FLAG, FIELD(is_nil), REPORTS,
		"niets te melden: een CSV zonder regels", "nothing to report: a CSV without rows"},
	{"explain", "REGEL[:N]:TEKST", "RULE[:N]:TEXT", OPTION_VALUES, FIELD(explanations), REPORTS,
		"toelichting bij een signaal, voor regel N van een CSV",
		"explanation of a warning, for line N of a CSV"},
	{"offline", NULL, NULL, OPTION_FLAG, FIELD(is_offline), BIT(COMMAND_CHECK),
		"zonder verbinding: alleen de vorm", "without connection: structure only"},
	{"quiet", NULL, NULL, OPTION_FLAG, FIELD(is_quiet), REPORTS | BIT(COMMAND_VERIFY),
		"zwijg over wat in orde is", "do not list what is in order"},
	{"from", "JJJJ-MM", "YYYY-MM", OPTION_TEXT, FIELD(from), BIT(COMMAND_STATUS),
		"eerste maand", "first month"},
	{"until", "JJJJ-MM", "YYYY-MM", OPTION_TEXT, FIELD(until), BIT(COMMAND_STATUS),
		"laatste maand", "last month"},
	{"source", NULL, NULL, OPTION_FLAG, FIELD(wants_source), BIT(COMMAND_RULES),
		"de YAML-tekst van de regels", "the rules' YAML text"},
	{"allow-gaps", NULL, NULL, OPTION_FLAG, FIELD(may_have_gaps), BIT(COMMAND_VERIFY),
		"ontbrekende nummers zijn geen fout", "missing numbers are no fault"},
	{"trust", "ID", "ID", OPTION_TEXT, FIELD(trust), BIT(COMMAND_HELLO),
		"neem deze nieuwe sleutel voor ontvangstbewijzen aan",
		"accept this new key for receipts"},
	{"json", NULL, NULL, OPTION_FLAG, FIELD(is_json), ALL & ~BIT(COMMAND_KEYGEN),
		"uitvoer voor machines: een JSON-object per regel",
		"output for machines: one JSON object a line"},
	{"timeout", "SECONDEN", "SECONDS", OPTION_TEXT, FIELD(timeout), ONLINE,
		"houd hierna op; wat niet bezorgd is blijft in de wachtmap",
		"stop after this; what is not delivered stays in the spool"},
	{"programme", "ID", "ID", OPTION_TEXT, FIELD(programme), ONLINE, "programma", "programme"},
	{"endpoint", "ADRES", "ADDRESS", OPTION_VALUES, FIELD(endpoints), ONLINE,
		"adres van het ministerie; mag vaker", "the ministry's address; may be repeated"},
	{"server-key", "SLEUTEL", "KEY", OPTION_TEXT, FIELD(server_key), ONLINE,
		"publieke sleutel van het ministerie", "the ministry's public key"},
	{"key", "BESTAND", "FILE", OPTION_TEXT, FIELD(key), ONLINE,
		"eigen sleutel (NAAM.key_secret)", "own key (NAME.key_secret)"},
	{"spool", "MAP", "FOLDER", OPTION_TEXT, FIELD(spool), BIT(COMMAND_SUBMIT), "wachtmap",
		"spool folder"},
	{"receipts", "MAP", "FOLDER", OPTION_TEXT, FIELD(receipts), ALL & ~BIT(COMMAND_KEYGEN),
		"map met ontvangstbewijzen", "folder of receipts"},
	{"receipt-key", "BASE64", "BASE64", OPTION_VALUES, FIELD(receipt_keys), ONLINE,
		"sleutel waarmee ontvangstbewijzen getekend worden; mag vaker",
		"key that signs receipts; may be repeated"},
	{"key", "BASE64", "BASE64", OPTION_VALUES, FIELD(receipt_keys), BIT(COMMAND_VERIFY),
		"sleutel waarmee ontvangstbewijzen getekend zijn; mag vaker",
		"key that signed the receipts; may be repeated"},
	{"programmes", "MAP", "FOLDER", OPTION_TEXT, FIELD(programmes), BIT(COMMAND_CHECK),
		"map met programma's, voor --offline", "folder of programmes, for --offline"},
	{"config", "BESTAND", "FILE", OPTION_TEXT, FIELD(config), ALL, "instellingen (steun.yaml)",
		"settings (steun.yaml)"},
	{"lang", "nl|en", "nl|en", OPTION_TEXT, FIELD(language_text), ALL, "taal", "language"},
	{"help", NULL, NULL, OPTION_FLAG, FIELD(wants_help), ALL, "deze hulp", "this help"},
	{"version", NULL, NULL, OPTION_FLAG, FIELD(wants_version), ALL, "versie", "version"},
	{.name = NULL},
};

enum language options_language(int argc, char *const *argv)
{
	const char *text = getenv("STEUN_LANG");
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			text = argv[i + 1];
		else if (strncmp(argv[i], "--lang=", 7) == 0)
			text = argv[i] + 7;
	}
	return text != NULL && strcmp(text, "en") == 0 ? LANGUAGE_ENGLISH : LANGUAGE_DUTCH;
}

static void values_add(struct arena *arena, struct values *values, const char *value)
{
	values->items = arena_grow(
		arena, values->items, values->count, &values->capacity, sizeof(*values->items));
	values->items[values->count++] = value;
}

/* The row that a name without its dashes stands for, and the nearest one for "did you mean". */
static const struct option_row *find_row(
	struct str name, enum command command, const struct option_row **ret_nearest)
{
	size_t nearest = 3;
	*ret_nearest = NULL;
	for (const struct option_row *row = rows; row->name != NULL; row++) {
		if ((row->commands & BIT(command)) == 0)
			continue;
		if (str_is(name, row->name))
			return row;
		size_t distance = str_distance(name, str_of(row->name));
		if (distance < nearest) {
			nearest = distance;
			*ret_nearest = row;
		}
	}
	return NULL;
}

static bool unknown_option(const char *argument, const struct option_row *nearest,
	enum language language, struct error *err)
{
	if (nearest != NULL)
		return error_set(err,
			SAY(language, "onbekende optie %s; bedoelt u --%s?",
				"unknown option %s; did you mean --%s?"),
			argument, nearest->name);
	return error_set(err,
		SAY(language, "onbekende optie %s; --help noemt ze",
			"unknown option %s; --help lists them"),
		argument);
}

static void store(struct arena *arena, const struct option_row *row, const char *value,
	struct options *options)
{
	void *field = (char *)options + row->offset;
	if (row->type == OPTION_FLAG)
		*(bool *)field = true;
	else if (row->type == OPTION_TEXT)
		*(const char **)field = value;
	else
		values_add(arena, field, value);
}

/* Takes the option at argv[*at] and, when it stands apart, its value. */
static bool parse_option(struct arena *arena, enum command command, int argc, char *const *argv,
	int *at, struct options *options, struct error *err)
{
	enum language language = options->language;
	const char *argument = argv[*at];
	const char *equals = strchr(argument, '=');
	size_t length = equals != NULL ? (size_t)(equals - argument) : strlen(argument);
	const struct option_row *nearest;
	const struct option_row *row =
		find_row((struct str){argument + 2, length - 2}, command, &nearest);
	if (row == NULL)
		return unknown_option(argument, nearest, language, err);
	if (row->type == OPTION_FLAG && equals != NULL)
		return error_set(err,
			SAY(language, "--%s heeft geen waarde", "--%s takes no value"), row->name);
	const char *value = equals != NULL ? equals + 1 : NULL;
	if (row->type != OPTION_FLAG && value == NULL) {
		if (*at + 1 >= argc)
			return error_set(err, SAY(language, "na --%s hoort %s", "--%s needs %s"),
				row->name, SAY(language, row->value_nl, row->value_en));
		value = argv[++*at];
	}
	store(arena, row, value, options);
	return true;
}

bool options_parse(struct arena *arena, enum command command, int argc, char *const *argv,
	struct options *ret_options, struct error *err)
{
	struct options options = {.language = options_language(argc, argv)};
	bool has_ended = false;
	for (int i = 0; i < argc; i++) {
		bool is_option = !has_ended && argv[i][0] == '-' && argv[i][1] != '\0';
		if (is_option && strcmp(argv[i], "--") == 0) {
			has_ended = true;
		} else if (is_option && strcmp(argv[i], "-h") == 0) {
			options.wants_help = true;
		} else if (is_option && argv[i][1] != '-') {
			return unknown_option(argv[i], NULL, options.language, err);
		} else if (is_option) {
			if (!parse_option(arena, command, argc, argv, &i, &options, err))
				return false;
		} else {
			values_add(arena, &options.arguments, argv[i]);
		}
	}
	*ret_options = options;
	return true;
}

void options_help(enum command command, enum language language, struct buf *out)
{
	unsigned wanted = command == COMMAND_COUNT ? ALL : BIT(command);
	for (const struct option_row *row = rows; row->name != NULL; row++) {
		if ((row->commands & wanted) == 0)
			continue;
		char left[64];
		const char *value = SAY(language, row->value_nl, row->value_en);
		snprintf(left, sizeof(left), "--%s%s%s", row->name, value != NULL ? " " : "",
			value != NULL ? value : "");
		buf_format(out, "  %-26s %s\n", left, SAY(language, row->help_nl, row->help_en));
	}
}
