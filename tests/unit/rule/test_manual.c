/* SPDX-License-Identifier: EUPL-1.2 */
/* steund-rules(5) tells all there is, and its example is a rule file that loads. */
#include "base/file.h"
#include "rule/bindings.h"
#include "cel/builtin.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

static const char path[] = "config/steund-rules.5";

static struct str manual(struct arena *arena)
{
	struct str text;
	struct error err = {.is_set = false};
	assert_true(file_read(arena, path, 100000, &text, &err));
	return text;
}

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9');
}

/* A sign, such as +, stands between blanks; a word between what is no part of one. */
static bool tells(struct str text, struct str word)
{
	bool is_word = is_of_word(word.data[0]);
	for (size_t at = 1; at + word.length < text.length; at++) {
		char before = text.data[at - 1], behind = text.data[at + word.length];
		if (memcmp(text.data + at, word.data, word.length) != 0)
			continue;
		if (is_word ? !is_of_word(before) && !is_of_word(behind)
			    : before == ' ' && (behind == ' ' || behind == '\n'))
			return true;
	}
	return false;
}

static void assert_told(struct str text, struct str word)
{
	if (!tells(text, word))
		fail_msg("%s does not tell of %.*s", path, STR_ARG(word));
}

static void a_word_is_found_whole_only(void **state)
{
	(void)state;
	assert_true(tells(STR(" round(n) "), STR("round")));
	assert_false(tells(STR(" around(n) "), STR("round")));
	assert_false(tells(STR(" rounded "), STR("round")));
	assert_true(tells(STR(" - + "), STR("+")));
	assert_false(tells(STR(" ++ "), STR("+")));
}

static void every_function_and_operator_is_told(void **state)
{
	struct rulings *rulings = *state;
	struct str text = manual(rulings->arena);
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		struct str name = str_of(builtin->name);
		if (builtin->style == STYLE_OPERATOR && !str_is(name, "_[_]"))
			name = str_slice(name, name.data[0] == '_' || name.data[0] == '@',
				name.data[name.length - 1] == '_' ? name.length - 1 : name.length);
		assert_told(text, str_is(name, "_[_]") ? STR("list[0]") : name);
	}
}

static void assert_record_told(struct str text, const struct type *type)
{
	if (type->kind == TYPE_LIST)
		type = type->element;
	if (type->kind != TYPE_RECORD)
		return;
	for (size_t i = 0; i < type->record->count; i++)
		assert_told(text, str_of(type->record->fields[i].name));
}

static void every_name_and_field_is_told(void **state)
{
	struct rulings *rulings = *state;
	struct str text = manual(rulings->arena);
	for (int i = 0; i < BINDING_COUNT; i++) {
		assert_told(text, str_of(binding_infos[i].name));
		for (int view = 0; i != BINDING_PARAMS && view < VIEW_COUNT; view++)
			assert_record_told(text, binding_infos[i].types[view]);
	}
}

static void its_example_loads(void **state)
{
	struct rulings *rulings = *state;
	struct str text = manual(rulings->arena), line;
	char *example = arena_alloc(rulings->arena, text.length + 1);
	size_t length = 0;
	bool is_inside = false;
	while (str_split(&text, '\n', &line)) {
		if (line.data[0] == '.')
			is_inside = str_is(line, ".Bd -literal");
		else if (is_inside) {
			memcpy(example + length, line.data, line.length);
			length += line.length;
			example[length++] = '\n';
		}
	}
	example[length] = '\0';
	assert_string_equal(rulings_load(rulings, example), "");
	assert_int_equal(ruleset_rule_count(rulings->ruleset), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_found_whole_only),
		cmocka_unit_test_setup_teardown(
			every_function_and_operator_is_told, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			every_name_and_field_is_told, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(its_example_loads, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
