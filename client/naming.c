/* SPDX-License-Identifier: EUPL-1.2 */
#include "naming.h"

#include "programme/period.h"

#include <string.h>

enum part { PART_MUNICIPALITY, PART_PERIOD, PART_KIND, PART_REVISION, PART_STATUS, PART_COUNT };

/* Dutch and English words for what the format calls by one name. */
static const struct {
	enum part part;
	const char *word, *value;
} words[] = {
	{PART_KIND, "spending", "spending"},
	{PART_KIND, "besteding", "spending"},
	{PART_KIND, "bestedingen", "spending"},
	{PART_KIND, "outreach", "outreach"},
	{PART_KIND, "bereik", "outreach"},
	{PART_STATUS, "provisional", "provisional"},
	{PART_STATUS, "voorlopig", "provisional"},
	{PART_STATUS, "final", "final"},
	{PART_STATUS, "definitief", "final"},
	{PART_STATUS, "withdrawn", "withdrawn"},
	{PART_STATUS, "ingetrokken", "withdrawn"},
};

static const struct {
	const char *option;
	const char *nl, *en; /* what is expected */
} parts[PART_COUNT] = {
	[PART_MUNICIPALITY] = {"municipality", "de gemeente, GM en vier cijfers",
		"the municipality, GM and four digits"},
	[PART_PERIOD] = {"period", "de maand, zoals 2021-06", "the month, such as 2021-06"},
	[PART_KIND] = {"kind", "de soort, besteding of bereik", "the kind, spending or outreach"},
	[PART_REVISION] = {"revision", "de revisie, 1 tot en met 9999", "the revision, 1 to 9999"},
	[PART_STATUS] = {"status", "de status: voorlopig, definitief of ingetrokken",
		"the status: provisional, final or withdrawn"},
};

static bool is_municipality(struct str text)
{
	bool is_code = text.length == 6 && text.data[0] == 'G' && text.data[1] == 'M';
	for (size_t i = 2; is_code && i < text.length; i++)
		is_code = text.data[i] >= '0' && text.data[i] <= '9';
	return is_code;
}

static bool read_revision(struct str text, int64_t *ret_revision)
{
	return str_parse_int64(text, ret_revision) && *ret_revision >= 1 && *ret_revision <= 9999 &&
	       text.data[0] != '0';
}

static struct str word_value(enum part part, struct str text)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (words[i].part == part && str_is(text, words[i].word))
			return str_of(words[i].value);
	}
	return (struct str){0};
}

/* The value that a text has as a part, or the empty text where it is none. */
static struct str value_of(enum part part, struct str text)
{
	int64_t revision;
	switch (part) {
	case PART_MUNICIPALITY:
		return is_municipality(text) ? text : (struct str){0};
	case PART_PERIOD:
		return period_is_valid(text) ? text : (struct str){0};
	case PART_REVISION:
		return read_revision(text, &revision) ? text : (struct str){0};
	case PART_KIND:
	case PART_STATUS:
	case PART_COUNT:
		break;
	}
	return word_value(part, text);
}

/* Which part a text between underscores is; PART_COUNT: none. */
static enum part part_of(struct str text, struct str *ret_value)
{
	for (int part = 0; part < PART_COUNT; part++) {
		struct str rest = text;
		if (part == PART_REVISION && !(text.length > 1 && text.data[0] == 'r'))
			continue;
		if (part == PART_REVISION)
			rest = str_slice(text, 1, text.length);
		*ret_value = value_of((enum part)part, rest);
		if (ret_value->length > 0)
			return (enum part)part;
	}
	return PART_COUNT;
}

static bool read_part(const char *path, struct str text, enum language language,
	struct str values[PART_COUNT], struct mistakes *mistakes)
{
	struct str value;
	enum part part = part_of(text, &value);
	if (part == PART_COUNT)
		return mistake_add(mistakes, path, 0, 0,
			SAY(language, "de bestandsnaam noemt ook \"%.*s\": wat is dat?",
				"the file's name tells \"%.*s\" as well: what is that?"),
			STR_ARG(text));
	if (values[part].length > 0 && !str_equal(values[part], value))
		return mistake_add(mistakes, path, 0, 0,
			SAY(language, "de bestandsnaam noemt twee keer %s",
				"the file's name tells twice %s"),
			SAY(language, parts[part].nl, parts[part].en));
	values[part] = value;
	return true;
}

/*
 * A name that tells nothing, such as export.csv, is just a name. One that tells something must be
 * understood to the last part: "definitief (1)" passed over would make a final report provisional.
 */
static bool read_name(const char *path, enum language language, struct str values[PART_COUNT],
	struct mistakes *mistakes)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash != NULL ? slash + 1 : path);
	const char *point = strrchr(name.data, '.');
	name.length = point != NULL ? (size_t)(point - name.data) : name.length;
	struct str rest = name;
	struct str text;
	struct str value;
	bool tells = false;
	while (str_split(&rest, '_', &text))
		tells |= part_of(text, &value) != PART_COUNT;
	bool is_sound = true;
	rest = name;
	while (tells && str_split(&rest, '_', &text))
		is_sound &= read_part(path, text, language, values, mistakes);
	return is_sound;
}

static bool apply_option(const char *path, enum part part, const char *text, enum language language,
	struct str values[PART_COUNT], struct mistakes *mistakes)
{
	if (text == NULL)
		return true;
	struct str value = value_of(part, str_of(text));
	if (value.length == 0)
		return mistake_add(mistakes, path, 0, 0,
			SAY(language, "--%s %s: verwacht wordt %s", "--%s %s: expected %s"),
			parts[part].option, text, SAY(language, parts[part].nl, parts[part].en));
	if (values[part].length > 0 && !str_equal(values[part], value))
		return mistake_add(mistakes, path, 0, 0,
			SAY(language, "--%s zegt %s, maar de bestandsnaam zegt %.*s",
				"--%s says %s, but the file's name says %.*s"),
			parts[part].option, text, STR_ARG(values[part]));
	values[part] = value;
	return true;
}

static bool is_complete(const char *path, const struct str values[PART_COUNT],
	enum language language, struct mistakes *mistakes)
{
	static const enum part required[] = {PART_MUNICIPALITY, PART_PERIOD, PART_REVISION};
	bool is_sound = true;
	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
		enum part part = required[i];
		if (values[part].length == 0)
			is_sound = mistake_add(mistakes, path, 0, 0,
				SAY(language, "geef %s: met --%s, of in de bestandsnaam",
					"give %s: with --%s, or in the file's name"),
				SAY(language, parts[part].nl, parts[part].en), parts[part].option);
	}
	return is_sound;
}

static const char *text_or_null(struct arena *arena, struct str text)
{
	return text.length > 0 ? arena_string(arena, text) : NULL;
}

bool naming_resolve(struct arena *arena, const char *path, const struct options *options,
	enum language language, struct naming *ret_naming, struct mistakes *mistakes)
{
	struct str values[PART_COUNT] = {0};
	const char *given[PART_COUNT] = {
		[PART_MUNICIPALITY] = options->municipality,
		[PART_PERIOD] = options->period,
		[PART_KIND] = options->kind,
		[PART_REVISION] = options->revision,
		[PART_STATUS] = options->status,
	};
	bool is_sound = read_name(path, language, values, mistakes);
	for (int part = 0; part < PART_COUNT; part++)
		is_sound &= apply_option(
			path, (enum part)part, given[part], language, values, mistakes);
	if (!is_sound || !is_complete(path, values, language, mistakes))
		return false;
	struct naming naming = {
		.municipality = values[PART_MUNICIPALITY],
		.period = values[PART_PERIOD],
		.kind = text_or_null(arena, values[PART_KIND]),
		.status = text_or_null(arena, values[PART_STATUS]),
	};
	read_revision(values[PART_REVISION], &naming.revision);
	if (naming.status == NULL)
		naming.status = "provisional";
	*ret_naming = naming;
	return true;
}
