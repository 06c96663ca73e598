/* SPDX-License-Identifier: EUPL-1.2 */
#include "settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const language_ids[] = {"nl", "en", NULL};

#define FIELD(name) offsetof(struct settings, name)

/* clang-format off */
static const struct bind_field fields[] = {
	{.key = "endpoints", .type = BIND_TEXTS, .offset = FIELD(endpoints), .max = 16},
	{.key = "server_key", .type = BIND_TEXT, .offset = FIELD(server_key), .min = 1, .max = 4096},
	{.key = "key", .type = BIND_TEXT, .offset = FIELD(key), .min = 1, .max = 4096},
	{.key = "spool", .type = BIND_TEXT, .offset = FIELD(spool), .min = 1, .max = 3000,
		.fallback = "~/steun/spool"},
	{.key = "receipts", .type = BIND_TEXT, .offset = FIELD(receipts), .min = 1, .max = 3000,
		.fallback = "~/steun/receipts"},
	{.key = "programme", .type = BIND_ID, .offset = FIELD(programme), .min = 1, .max = 64,
		.fallback = "steunpakket-2021"},
	{.key = "programmes", .type = BIND_TEXT, .offset = FIELD(programmes), .min = 1, .max = 3000,
		.fallback = "/etc/steun/programmes"},
	{.key = "receipt_keys", .type = BIND_TEXTS, .offset = FIELD(receipt_keys), .max = 64},
	{.key = "lang", .type = BIND_CHOICE, .offset = FIELD(language), .choices = language_ids,
		.fallback = "nl"},
	{.key = "timeout_s", .type = BIND_INT, .offset = FIELD(timeout_s), .min = 0, .max = 604800,
		.fallback = "0"},
	{.key = "reply_timeout_s", .type = BIND_INT, .offset = FIELD(reply_timeout_s), .min = 1,
		.max = 3600, .fallback = "30"},
	{.key = "window", .type = BIND_INT, .offset = FIELD(window), .min = 1, .max = 128,
		.fallback = "64"},
	{.key = NULL},
};
/* clang-format on */

static const struct bind_table table = {.fields = fields, .size = sizeof(struct settings)};

/* Texts that the environment or an option may put in the file's place. */
struct override {
	const char *environment;
	size_t option; /* offset in struct options */
	size_t setting;
};

static const struct override overrides[] = {
	{"STEUN_SERVER_KEY", offsetof(struct options, server_key), FIELD(server_key)},
	{"STEUN_KEY", offsetof(struct options, key), FIELD(key)},
	{"STEUN_SPOOL", offsetof(struct options, spool), FIELD(spool)},
	{"STEUN_RECEIPTS", offsetof(struct options, receipts), FIELD(receipts)},
	{"STEUN_PROGRAMME", offsetof(struct options, programme), FIELD(programme)},
	{"STEUN_PROGRAMMES", offsetof(struct options, programmes), FIELD(programmes)},
};

/* An environment variable, where empty counts as absent. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* "~/x" is below the home folder; without one it stays as it is and fails where it is opened. */
static const char *expand_home(struct arena *arena, const char *path)
{
	const char *home = environment("HOME");
	if (path == NULL || strncmp(path, "~/", 2) != 0 || home == NULL)
		return path;
	return arena_format(arena, "%s%s", home, path + 1);
}

static const char *find_file(struct arena *arena, const struct options *options)
{
	if (options->config != NULL)
		return options->config;
	if (environment("STEUN_CONFIG") != NULL)
		return environment("STEUN_CONFIG");
	const char *own = expand_home(arena, "~/.config/steun/steun.yaml");
	if (access(own, R_OK) == 0)
		return own;
	return access("/etc/steun/steun.yaml", R_OK) == 0 ? "/etc/steun/steun.yaml" : NULL;
}

static bool read_file(struct arena *arena, const struct options *options, struct settings *settings,
	struct mistakes *mistakes)
{
	const char *path = find_file(arena, options);
	/* Without a file the defaults still come from the table. */
	const struct node *root = path != NULL
					  ? yaml_load(arena, path, mistakes)
					  : yaml_parse(arena, "steun.yaml", STR("{}\n"), mistakes);
	return root != NULL && bind_mapping(arena, root, &table, settings, mistakes);
}

static struct texts split(struct arena *arena, const char *text)
{
	struct texts texts = {0};
	size_t capacity = 0;
	struct str rest = str_of(text);
	struct str part;
	while (str_split(&rest, ' ', &part)) {
		if (part.length == 0)
			continue;
		texts.items = arena_grow(
			arena, texts.items, texts.count, &capacity, sizeof(*texts.items));
		texts.items[texts.count++] = arena_string(arena, part);
	}
	return texts;
}

static void override_list(
	struct arena *arena, const char *name, const struct values *values, struct texts *list)
{
	if (values->count > 0)
		*list = (struct texts){.items = values->items, .count = values->count};
	else if (environment(name) != NULL)
		*list = split(arena, environment(name));
}

static bool override_language(
	const struct options *options, struct settings *settings, struct mistakes *mistakes)
{
	const char *text = options->language_text;
	const char *origin = text != NULL ? "--lang" : "STEUN_LANG";
	text = text != NULL ? text : environment("STEUN_LANG");
	for (int i = 0; text != NULL && language_ids[i] != NULL; i++) {
		if (strcmp(text, language_ids[i]) != 0)
			continue;
		settings->language = i;
		return true;
	}
	return text == NULL ||
	       mistake_add(mistakes, origin, 0, 0, "expected nl or en, not %s", text);
}

static bool override_timeout(
	const struct options *options, struct settings *settings, struct mistakes *mistakes)
{
	const char *text = options->timeout;
	const char *origin = text != NULL ? "--timeout" : "STEUN_TIMEOUT";
	text = text != NULL ? text : environment("STEUN_TIMEOUT");
	int64_t seconds;
	if (text == NULL)
		return true;
	if (!str_parse_int64(str_of(text), &seconds) || seconds < 0 || seconds > 604800)
		return mistake_add(
			mistakes, origin, 0, 0, "expected seconds, 0 to 604800, not %s", text);
	settings->timeout_s = seconds;
	return true;
}

static bool endpoints_are_sound(const struct settings *settings, struct mistakes *mistakes)
{
	bool are_sound = true;
	for (size_t i = 0; i < settings->endpoints.count; i++) {
		const char *endpoint = settings->endpoints.items[i];
		if (!str_starts_with(str_of(endpoint), STR("tcp://")))
			are_sound = mistake_add(mistakes, "endpoints", 0, 0,
				"expected tcp://<host>:<port>, not %s", endpoint);
	}
	return are_sound;
}

bool settings_load(struct arena *arena, const struct options *options,
	struct settings *ret_settings, struct mistakes *mistakes)
{
	struct settings settings = {0};
	bool is_sound = read_file(arena, options, &settings, mistakes);
	for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++) {
		const struct override *row = &overrides[i];
		const char **setting = (const char **)((char *)&settings + row->setting);
		const char *option = *(const char *const *)((const char *)options + row->option);
		if (option != NULL)
			*setting = option;
		else if (environment(row->environment) != NULL)
			*setting = environment(row->environment);
		*setting = expand_home(arena, *setting);
	}
	override_list(arena, "STEUN_ENDPOINT", &options->endpoints, &settings.endpoints);
	override_list(arena, "STEUN_RECEIPT_KEYS", &options->receipt_keys, &settings.receipt_keys);
	is_sound &= override_language(options, &settings, mistakes);
	is_sound &= override_timeout(options, &settings, mistakes);
	is_sound &= endpoints_are_sound(&settings, mistakes);
	if (is_sound)
		*ret_settings = settings;
	return is_sound;
}

/* What cannot have a default, and where it comes from. */
static bool demand(const char *key, const char *option, const char *value, const char *what,
	enum language language, struct mistakes *mistakes)
{
	if (value != NULL)
		return true;
	return mistake_add(mistakes, key, 0, 0,
		SAY(language, "%s ontbreekt: geef --%s, of zet %s in steun.yaml",
			"%s is missing: give --%s, or put %s into steun.yaml"),
		what, option, key);
}

bool settings_can_connect(
	const struct settings *settings, enum language language, struct mistakes *mistakes)
{
	const char *endpoint = settings->endpoints.count > 0 ? settings->endpoints.items[0] : NULL;
	bool has_endpoint = demand("endpoints", "endpoint", endpoint,
		SAY(language, "het adres van het ministerie", "the address of the ministry"),
		language, mistakes);
	bool has_server_key = demand("server_key", "server-key", settings->server_key,
		SAY(language, "de publieke sleutel van het ministerie",
			"the ministry's public key"),
		language, mistakes);
	bool has_key = demand("key", "key", settings->key,
		SAY(language, "uw eigen sleutel (steun keygen maakt er een)",
			"your own key (steun keygen makes one)"),
		language, mistakes);
	return has_endpoint && has_server_key && has_key;
}
