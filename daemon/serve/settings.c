/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/settings.h"

#include "base/ensure.h"
#include "base/file.h"
#include "wire/keys.h"

#include <string.h>

/* Several files of YAML at their largest; what ships takes about one hundredth of it. */
#define SETTINGS_ARENA_BYTES ((size_t)1024 * 1024 * 1024)

/* What loading carries from step to step. */
struct loader {
	struct settings *settings;
	struct arena *arena;
	struct mistakes *mistakes;
	struct settings_programme *parts; /* the settings' own programmes, while they are filled */
	const char *draft;                /* where the rules are, if not where configured */
	const struct example_listener *listener;
};

/* A failure of the world as a mistake about a file as a whole. */
static bool file_mistake(struct loader *loader, const char *file, const struct error *err)
{
	return mistake_add(loader->mistakes, file, 0, 0, "%s", err->message);
}

static void load_programmes(struct loader *loader)
{
	const char *folder = loader->settings->config.files.programmes;
	const char *const *names;
	size_t count;
	struct error err = {0};
	if (!folder_list(loader->arena, folder, ".yaml", &names, &count, &err)) {
		file_mistake(loader, folder, &err);
		return;
	}
	if (count == 0)
		mistake_add(loader->mistakes, folder, 0, 0,
			"there is no programme: expected at least one *.yaml");
	loader->parts = ARENA_ARRAY(loader->arena, struct settings_programme, count);
	const struct programme **list = ARENA_ARRAY(loader->arena, const struct programme *, count);
	struct settings *settings = loader->settings;
	settings->programmes = loader->parts;
	settings->programme_list = list;
	for (size_t i = 0; i < count; i++) {
		const char *path = arena_format(loader->arena, "%s/%s", folder, names[i]);
		const struct programme *programme =
			programme_load(loader->arena, path, loader->mistakes);
		if (programme == NULL)
			continue;
		list[settings->programme_count] = programme;
		loader->parts[settings->programme_count++].programme = programme;
	}
}

static void load_municipalities(struct loader *loader)
{
	const struct config_files *files = &loader->settings->config.files;
	loader->settings->municipalities = municipalities_load(
		loader->arena, files->municipalities, files->mergers, loader->mistakes);
}

static bool is_used(const struct settings *settings, const struct rule_source *source)
{
	for (size_t i = 0; i < settings->programme_count; i++) {
		const struct ruleset *ruleset = settings->programmes[i].ruleset;
		size_t count = 0;
		const struct rule_source *used =
			ruleset != NULL ? ruleset_sources(ruleset, &count) : NULL;
		for (size_t j = 0; j < count; j++) {
			if (str_equal(str_of(used[j].path), str_of(source->path)))
				return true;
		}
	}
	return false;
}

/* A rule file that names no programme of ours would be skipped in silence: its rules never run. */
static void check_sources(struct loader *loader, const struct rule_source *sources, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_used(loader->settings, &sources[i]))
			mistake_add(loader->mistakes, sources[i].path, 0, 0,
				"its 'ruleset:' names no programme that is here");
	}
}

static void load_rulesets(
	struct loader *loader, const char *folder, const struct rule_source *sources, size_t count)
{
	bool is_whole = true;
	for (size_t i = 0; i < loader->settings->programme_count; i++) {
		struct settings_programme *part = &loader->parts[i];
		size_t before = mistakes_total(loader->mistakes);
		part->ruleset = ruleset_try(loader->arena, sources, count, part->programme,
			loader->listener, loader->mistakes);
		is_whole = is_whole && mistakes_total(loader->mistakes) == before;
		if (part->ruleset == NULL && loader->draft == NULL &&
			mistakes_total(loader->mistakes) == before)
			mistake_add(loader->mistakes, folder, 0, 0,
				"no file here names the programme '%s' as its 'ruleset:'",
				part->programme->id);
	}
	if (is_whole)
		check_sources(loader, sources, count);
}

static void load_rules(struct loader *loader)
{
	const char *folder =
		loader->draft != NULL ? loader->draft : loader->settings->config.files.rules;
	const struct rule_source *sources;
	size_t count;
	struct error err = {0};
	if (!ruleset_read_sources(loader->arena, folder, &sources, &count, &err)) {
		file_mistake(loader, folder, &err);
		return;
	}
	if (count == 0 && loader->draft != NULL)
		mistake_add(loader->mistakes, folder, 0, 0,
			"there is no rule: expected at least one *.yaml");
	load_rulesets(loader, folder, sources, count);
}

static void load_allocations(struct loader *loader)
{
	const char *folder = loader->settings->config.files.allocations;
	for (size_t i = 0; i < loader->settings->programme_count; i++) {
		struct settings_programme *part = &loader->parts[i];
		const char *path =
			arena_format(loader->arena, "%s/%s.csv", folder, part->programme->id);
		part->allocations = allocations_load(loader->arena, path, part->programme,
			loader->settings->municipalities, loader->mistakes);
	}
}

static void load_submitters(struct loader *loader)
{
	struct settings *settings = loader->settings;
	settings->submitters = submitters_load(loader->arena, settings->config.files.submitters,
		settings->municipalities, settings->programme_list, settings->programme_count,
		loader->mistakes);
}

/* Read here only to be looked at: the server reads it once more when it binds, and wipes it. */
static void check_curve_key(struct loader *loader)
{
	const char *path = config_key_path(loader->arena, loader->settings->config.keys.curve);
	struct curve_keys keys;
	struct error err = {0};
	if (curve_keys_read(path, &keys, &err))
		curve_keys_wipe(&keys);
	else
		file_mistake(loader, path, &err);
}

static void load_receipt_keys(struct loader *loader)
{
	struct settings *settings = loader->settings;
	const struct texts *earlier = &settings->config.keys.earlier_receipts;
	struct receipt_key *keys =
		ARENA_ARRAY(loader->arena, struct receipt_key, earlier->count + 1);
	const char *path = config_key_path(loader->arena, settings->config.keys.receipt);
	struct error err = {0};
	settings->signing_key = signing_key_read(path, &err);
	if (settings->signing_key == NULL) {
		file_mistake(loader, path, &err);
		return;
	}
	size_t count = 0;
	memcpy(keys[count++].public_key, signing_key_public(settings->signing_key),
		VERIFY_KEY_SIZE);
	for (size_t i = 0; i < earlier->count; i++) {
		struct str text = str_of(earlier->items[i]);
		if (base64_decode(text, keys[count].public_key, VERIFY_KEY_SIZE))
			count++;
	}
	for (size_t i = 0; i < count; i++)
		verify_key_id(keys[i].public_key, keys[i].id);
	settings->receipt_keys = keys;
	settings->receipt_key_count = count;
}

/* Each step looks at what the steps before could load, so that all mistakes come out at once. */
static void load_all(struct loader *loader, const char *config_path, enum settings_extent extent)
{
	struct settings *settings = loader->settings;
	config_load(loader->arena, config_path, &settings->config, loader->mistakes);
	if (settings->config.path == NULL)
		return;
	load_programmes(loader);
	load_rules(loader);
	if (extent >= SETTINGS_REFERENCE)
		load_municipalities(loader);
	if (settings->municipalities != NULL)
		load_allocations(loader);
	if (settings->municipalities != NULL && extent >= SETTINGS_WITHOUT_KEYS)
		load_submitters(loader);
	if (extent >= SETTINGS_WITH_KEYS) {
		check_curve_key(loader);
		load_receipt_keys(loader);
	}
}

struct settings *settings_load(
	const char *config_path, enum settings_extent extent, struct buf *complaints)
{
	return settings_load_draft(config_path, extent, NULL, complaints);
}

struct settings *settings_load_draft(const char *config_path, enum settings_extent extent,
	const char *rules, struct buf *complaints)
{
	return settings_try_draft(config_path, extent, rules, NULL, complaints);
}

struct settings *settings_try_draft(const char *config_path, enum settings_extent extent,
	const char *rules, const struct example_listener *listener, struct buf *complaints)
{
	struct arena *arena = arena_new(SETTINGS_ARENA_BYTES);
	struct settings *settings = ARENA_NEW(arena, struct settings);
	*settings = (struct settings){.arena = arena, .holders = 1};
	struct loader loader = {
		.settings = settings,
		.arena = arena,
		.mistakes = mistakes_new(arena),
		.listener = listener,
		.draft = rules != NULL ? arena_string(arena, str_of(rules)) : NULL,
	};
	load_all(&loader, arena_string(arena, str_of(config_path)), extent);
	if (mistakes_total(loader.mistakes) > 0) {
		mistakes_print(loader.mistakes, complaints);
		settings_release(&settings);
	}
	return settings;
}

struct settings *settings_hold(struct settings *settings)
{
	settings->holders++;
	return settings;
}

void settings_release(struct settings **settings)
{
	struct settings *mine = *settings;
	*settings = NULL;
	if (mine == NULL)
		return;
	ensure(mine->holders > 0);
	if (--mine->holders > 0)
		return;
	signing_key_free(&mine->signing_key);
	struct arena *arena = mine->arena;
	arena_free(&arena);
}

const struct settings_programme *settings_programme(
	const struct settings *settings, struct str programme)
{
	for (size_t i = 0; i < settings->programme_count; i++) {
		if (str_is(programme, settings->programmes[i].programme->id))
			return &settings->programmes[i];
	}
	return NULL;
}

size_t settings_rule_count(const struct settings *settings)
{
	size_t count = 0;
	for (size_t i = 0; i < settings->programme_count; i++) {
		if (settings->programmes[i].ruleset != NULL)
			count += ruleset_rule_count(settings->programmes[i].ruleset);
	}
	return count;
}
