/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/advice.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *problem;
	const char *advice;
} advices[] = {
	{"mapping values are not allowed in this context",
		"quote a value that holds ': ', and look at the indentation"},
	{"found character that cannot start any token",
		"quote a value that begins with '@', '`' or '%', and indent with spaces, not tabs"},
	{"found a tab character that violates indentation", "indent with spaces"},
	{"found a tab character where an indentation space is expected", "indent with spaces"},
	{"could not find expected ':'", "end the key with ': ', or indent the text further"},
	{"did not find expected key",
		"look at the indentation, and quote a value that begins with a quote, '[' or '{'"},
	{"did not find expected '-' indicator", "look at the indentation of the list"},
	{"did not find expected alphabetic or numeric character",
		"quote a value that begins with '*' or '&'"},
	{"did not find expected ',' or ']'", "close the list with ']'"},
	{"did not find expected ',' or '}'", "close the mapping with '}'"},
	{"did not find expected <document start>",
		"look at the indentation: what stands before is complete"},
	{"found unexpected end of stream", "close the quotes"},
	{"block sequence entries are not allowed in this context",
		"begin the list on a line of its own, or quote a value that begins with '- '"},
	{"found unknown escape character", "write a backslash as '\\\\', or use 'single quotes'"},
};

const char *yaml_advice(const char *problem)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		if (strcmp(problem, advices[i].problem) == 0)
			return advices[i].advice;
	}
	return NULL;
}
