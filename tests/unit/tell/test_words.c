/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/words.h"

#include "tests/support/unit.h"

#include <string.h>

static void assert_words(const struct words *words, const char *what)
{
	if (words == NULL)
		fail_msg("there are no words for %s", what);
	for (int language = 0; language < LANGUAGE_COUNT; language++) {
		if (words->in[language] == NULL || *words->in[language] == '\0')
			fail_msg("there are no words for %s in %s", what, language_names[language]);
	}
}

/* The phrase names {1} to {count}, each once, and nothing beyond. */
static void assert_slots(const struct words *words, size_t count, const char *what)
{
	assert_words(words, what);
	for (int language = 0; language < LANGUAGE_COUNT; language++) {
		size_t seen = 0;
		for (const char *at = words->in[language]; *at != '\0'; at++) {
			if (*at != '{')
				continue;
			if (at[1] < '1' || at[1] >= (char)('1' + (int)count) || at[2] != '}')
				fail_msg("%s: '%s'", what, words->in[language]);
			seen |= (size_t)1 << (at[1] - '1');
		}
		if (seen != ((size_t)1 << count) - 1)
			fail_msg("%s: '%s' leaves a part out", what, words->in[language]);
	}
}

static void every_builtin_has_words_for_all_it_takes(void **state)
{
	(void)state;
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		const struct claim *claim = claim_of_builtin(builtin, NULL);
		size_t count = 0;
		while (count < BUILTIN_PARAMETERS_MAX && builtin->parameters[count] != P_NONE)
			count++;
		if (claim == NULL)
			fail_msg("there are no words for %s", builtin->name);
		assert_slots(&claim->said, count, builtin->name);
		if (builtin->result == P_BOOL)
			assert_slots(&claim->denied, count, builtin->name);
		else
			assert_null(claim->denied.in[LANGUAGE_NL]);
	}
}

static void texts_are_compared_in_other_words_than_numbers(void **state)
{
	(void)state;
	const struct builtin less[] = {{.name = "_<_", .parameters = {P_STRING, P_STRING}},
		{.name = "_<_", .parameters = {P_INT, P_INT}}};
	const struct builtin differs = {.name = "_!=_", .parameters = {P_A, P_A}};
	assert_string_equal(
		claim_of_builtin(&differs, &type_string)->said.in[LANGUAGE_NL], "{1} is niet {2}");
	assert_string_equal(claim_of_builtin(&differs, &type_int)->said.in[LANGUAGE_NL],
		"{1} is niet gelijk aan {2}");
	assert_string_equal(
		claim_of_builtin(&less[0], NULL)->said.in[LANGUAGE_NL], "{1} komt vóór {2}");
	assert_string_equal(
		claim_of_builtin(&less[1], NULL)->said.in[LANGUAGE_NL], "{1} is kleiner dan {2}");
	assert_null(claim_of_builtin(&(const struct builtin){.name = "dance"}, NULL));
}

/* Every field of the type, and of what its lists hold. */
static void assert_fields(const struct type *type)
{
	while (type->kind == TYPE_LIST)
		type = type->element;
	if (type->kind != TYPE_RECORD)
		return;
	for (size_t i = 0; i < type->record->count; i++) {
		const struct field *field = &type->record->fields[i];
		assert_words(words_of_field(type->record, field->name), field->name);
		if (field->type->kind == TYPE_BOOL)
			assert_slots(&claim_of_field(field->name)->said, 1, field->name);
		assert_fields(field->type);
	}
}

static void every_name_and_every_field_has_words(void **state)
{
	(void)state;
	for (int i = 0; i < BINDING_COUNT; i++) {
		assert_words(words_of_binding((enum binding)i), binding_infos[i].name);
		for (int view = 0; view < VIEW_COUNT && i != BINDING_PARAMS; view++)
			assert_fields(binding_infos[i].types[view]);
	}
	assert_null(claim_of_field("spent"));
}

static void a_field_may_have_words_of_its_record_only(void **state)
{
	(void)state;
	const struct record *item = binding_infos[BINDING_ITEM].types[VIEW_BOTH]->record;
	const struct record *line = binding_infos[BINDING_LINE].types[VIEW_SPENDING]->record;
	assert_string_equal(
		words_of_field(item, "funding")->in[LANGUAGE_EN], "the usual funding line");
	assert_string_equal(words_of_field(line, "funding")->in[LANGUAGE_EN], "the funding line");
	assert_null(words_of_field(line, "dance"));
}

static void every_macro_has_words_for_all_it_takes(void **state)
{
	(void)state;
	static const enum macro macros[] = {
		MACRO_ALL, MACRO_EXISTS, MACRO_EXISTS_ONE, MACRO_MAP, MACRO_FILTER};
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++) {
		const struct claim *claim = claim_of_macro(macros[i]);
		assert_slots(&claim->said, 3, "a macro");
		if (macros[i] != MACRO_MAP && macros[i] != MACRO_FILTER)
			assert_slots(&claim->denied, 3, "a macro");
	}
}

static void elements_and_dimensions_have_words(void **state)
{
	(void)state;
	assert_string_equal(
		words_of_element(binding_infos[BINDING_LINE].types[VIEW_BOTH])->in[LANGUAGE_NL],
		"die regel");
	assert_string_equal(words_of_element(&type_string)->in[LANGUAGE_EN], "that value");
	for (int i = DIMENSION_ACTION_LINE; i <= DIMENSION_FUNDING_LINE; i++) {
		assert_words(&words_of_dimension((enum dimension)i)->every, "a dimension");
		assert_words(&words_of_dimension((enum dimension)i)->one, "a dimension");
	}
}

static void every_phrase_is_there_in_every_language(void **state)
{
	(void)state;
	for (int phrase = 0; phrase < PHRASE_COUNT; phrase++) {
		for (int language = 0; language < LANGUAGE_COUNT; language++)
			assert_string_not_equal(
				phrase_in((enum phrase)phrase, (enum language)language), "");
	}
	assert_string_equal(phrase_in(PHRASE_TRUE, LANGUAGE_NL), "waar");
	assert_null(language_names[LANGUAGE_COUNT]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_builtin_has_words_for_all_it_takes),
		cmocka_unit_test(texts_are_compared_in_other_words_than_numbers),
		cmocka_unit_test(every_name_and_every_field_has_words),
		cmocka_unit_test(a_field_may_have_words_of_its_record_only),
		cmocka_unit_test(every_macro_has_words_for_all_it_takes),
		cmocka_unit_test(elements_and_dimensions_have_words),
		cmocka_unit_test(every_phrase_is_there_in_every_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
