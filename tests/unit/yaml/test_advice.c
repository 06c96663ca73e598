/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/advice.h"

#include "tests/support/unit.h"

#include <string.h>
#include <yaml.h>

static void a_known_problem_has_advice(void **state)
{
	(void)state;
	assert_string_equal(
		yaml_advice("did not find expected ',' or ']'"), "close the list with ']'");
}

static void an_unknown_problem_has_none(void **state)
{
	(void)state;
	assert_null(yaml_advice("the moon is full"));
	assert_null(yaml_advice(""));
}

/* The table holds libyaml's words; should a new libyaml choose others, this tells. */
static void libyaml_still_uses_the_words_of_the_table(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"a: b: c\n",
		"a: @b\n",
		"a: 1\nbcd\ne: 2\n",
		"a: 1\n  b\n c: 2\n - d\n",
		"- a\nb: 1\n",
		"a: *\n",
		"a: [b\n",
		"a: {b\n",
		"a: \"b\n",
		"a: - b\n",
		"a: \"\\q\"\n",
		"[a]\nb\n",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		yaml_parser_t parser;
		yaml_event_t event = {.type = YAML_NO_EVENT};
		assert_int_equal(yaml_parser_initialize(&parser), 1);
		yaml_parser_set_input_string(
			&parser, (const unsigned char *)texts[i], strlen(texts[i]));
		while (yaml_parser_parse(&parser, &event) == 1) {
			assert_int_not_equal(event.type, YAML_STREAM_END_EVENT);
			yaml_event_delete(&event);
		}
		if (yaml_advice(parser.problem) == NULL)
			fail_msg("no advice on '%s': %s", texts[i], parser.problem);
		yaml_parser_delete(&parser);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_problem_has_advice),
		cmocka_unit_test(an_unknown_problem_has_none),
		cmocka_unit_test(libyaml_still_uses_the_words_of_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
