/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/options.h"

#include "base/crypto.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { COMPLAINTS_BYTES_MAX = 4 * 1024 * 1024 };

static const struct option long_options[] = {
	{"all", no_argument, NULL, 'a'},
	{"config", required_argument, NULL, 'c'},
	{"database", required_argument, NULL, 'd'},
	{"from", required_argument, NULL, 'f'},
	{"key", required_argument, NULL, 'k'},
	{"language", required_argument, NULL, 'l'},
	{"mutants", no_argument, NULL, 'm'},
	{"no-keys", no_argument, NULL, 'n'},
	{"rules", required_argument, NULL, 'r'},
	{"sql", required_argument, NULL, 's'},
	{"until", required_argument, NULL, 'u'},
	{NULL, 0, NULL, 0},
};

static bool take_key(struct options *options, const char *text)
{
	if (options->key_count == OPTION_KEYS_MAX) {
		fprintf(stderr, "steund: at most %d keys\n", OPTION_KEYS_MAX);
		return false;
	}
	options->keys[options->key_count++] = text;
	return true;
}

static bool take_language(struct options *options, const char *text)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		if (strcmp(text, language_names[i]) != 0)
			continue;
		options->language = (enum language)i;
		return true;
	}
	fprintf(stderr, "steund: '%s' is no language: expected nl or en\n", text);
	return false;
}

static bool take(struct options *options, int letter, const char *command)
{
	switch (letter) {
	case 'a':
		options->has_all = true;
		return true;
	case 'c':
		options->config = optarg;
		return true;
	case 'd':
		options->database = optarg;
		return true;
	case 'f':
		options->from = optarg;
		return true;
	case 'k':
		return take_key(options, optarg);
	case 'l':
		return take_language(options, optarg);
	case 'm':
		options->has_mutants = true;
		return true;
	case 'n':
		options->without_keys = true;
		return true;
	case 'r':
		options->rules = optarg;
		return true;
	case 's':
		options->sql = optarg;
		return true;
	case 'u':
		options->until = optarg;
		return true;
	default:
		fprintf(stderr, "Try 'steund --help' for what '%s' takes.\n", command);
		return false;
	}
}

static bool is_count_good(const char *command, size_t count, size_t rest_min, size_t rest_max)
{
	if (rest_min <= count && count <= rest_max)
		return true;
	if (rest_min == rest_max)
		fprintf(stderr, "steund %s: expected %zu arguments, not %zu\n", command, rest_min,
			count);
	else
		fprintf(stderr, "steund %s: expected %zu to %zu arguments, not %zu\n", command,
			rest_min, rest_max, count);
	return false;
}

bool options_read(int argc, char **argv, const char *accepted, size_t rest_min, size_t rest_max,
	struct options *ret_options)
{
	*ret_options = (struct options){
		.config = CONFIG_PATH_DEFAULT,
		.sql = STEUN_DATADIR "/sql",
	};
	int letter;
	optind = 1;
	while ((letter = getopt_long(argc, argv, "ac:d:f:k:l:mnr:s:u:", long_options, NULL)) !=
		-1) {
		if (letter != '?' && strchr(accepted, letter) == NULL) {
			fprintf(stderr, "steund %s: it has no option -%c\n", argv[0], letter);
			letter = '?';
		}
		if (!take(ret_options, letter, argv[0]))
			return false;
	}
	ret_options->rest = (const char *const *)argv + optind;
	ret_options->rest_count = (size_t)(argc - optind);
	return is_count_good(argv[0], ret_options->rest_count, rest_min, rest_max);
}

bool options_config(struct arena *arena, const struct options *options, struct config *ret_config)
{
	struct mistakes *mistakes = mistakes_new(arena);
	if (config_load(arena, options->config, ret_config, mistakes))
		return true;
	struct buf text;
	buf_init(&text, 1024 * 1024);
	mistakes_print(mistakes, &text);
	fprintf(stderr, "%s", text.data != NULL ? text.data : "");
	buf_free(&text);
	return false;
}

struct settings *options_settings(const struct options *options, enum settings_extent extent)
{
	struct error err = {.is_set = false};
	struct buf complaints;
	if (!crypto_start(&err)) {
		fprintf(stderr, "steund: %s\n", err.message);
		return NULL;
	}
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	struct settings *settings =
		settings_load_draft(options->config, extent, options->rules, &complaints);
	if (settings == NULL)
		fprintf(stderr, "%s", complaints.data);
	buf_free(&complaints);
	return settings;
}
