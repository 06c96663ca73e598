/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const struct option long_options[] = {
	{"config", required_argument, NULL, 'c'},
	{"database", required_argument, NULL, 'd'},
	{"key", required_argument, NULL, 'k'},
	{"no-keys", no_argument, NULL, 'n'},
	{"sql", required_argument, NULL, 's'},
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

static bool take(struct options *options, int letter, const char *command)
{
	switch (letter) {
	case 'c':
		options->config = optarg;
		return true;
	case 'd':
		options->database = optarg;
		return true;
	case 'k':
		return take_key(options, optarg);
	case 'n':
		options->without_keys = true;
		return true;
	case 's':
		options->sql = optarg;
		return true;
	default:
		fprintf(stderr, "Try 'steund --help' for what '%s' takes.\n", command);
		return false;
	}
}

bool options_read(
	int argc, char **argv, const char *accepted, size_t rest_count, struct options *ret_options)
{
	*ret_options = (struct options){
		.config = CONFIG_PATH_DEFAULT,
		.sql = STEUN_DATADIR "/sql",
	};
	int letter;
	optind = 1;
	while ((letter = getopt_long(argc, argv, "c:d:k:ns:", long_options, NULL)) != -1) {
		if (letter != '?' && strchr(accepted, letter) == NULL) {
			fprintf(stderr, "steund %s: it has no option -%c\n", argv[0], letter);
			letter = '?';
		}
		if (!take(ret_options, letter, argv[0]))
			return false;
	}
	ret_options->rest = (const char *const *)argv + optind;
	ret_options->rest_count = (size_t)(argc - optind);
	if (ret_options->rest_count == rest_count)
		return true;
	fprintf(stderr, "steund %s: expected %zu arguments, not %zu\n", argv[0], rest_count,
		ret_options->rest_count);
	return false;
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
