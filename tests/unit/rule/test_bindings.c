/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/bindings.h"

#include "tests/support/unit.h"

#include <string.h>

static void every_binding_has_a_name_and_an_explanation(void **state)
{
	(void)state;
	for (int i = 0; i < BINDING_COUNT; i++) {
		assert_non_null(binding_infos[i].name);
		assert_non_null(binding_infos[i].help);
		for (int view = 0; view < VIEW_COUNT && i != BINDING_PARAMS; view++)
			assert_non_null(binding_infos[i].types[view]);
	}
}

/* Both kinds see the common fields at the same places, which is why one value serves both. */
static void assert_begins_with(const struct type *type, const struct type *common)
{
	while (type->kind == TYPE_LIST) {
		assert_int_equal(common->kind, TYPE_LIST);
		type = type->element;
		common = common->element;
	}
	assert_int_equal(type->kind, common->kind);
	for (size_t i = 0; common->kind == TYPE_RECORD && i < common->record->count; i++) {
		const struct field *field = &common->record->fields[i];
		assert_string_equal(type->record->fields[i].name, field->name);
		assert_int_equal(type->record->fields[i].may_be_absent, field->may_be_absent);
		assert_begins_with(type->record->fields[i].type, field->type);
	}
}

static void what_both_kinds_share_stands_at_the_same_places(void **state)
{
	(void)state;
	for (int i = 0; i < BINDING_COUNT; i++) {
		const struct type *const *types = binding_infos[i].types;
		if (types[VIEW_BOTH] == NULL)
			continue;
		assert_begins_with(types[VIEW_SPENDING], types[VIEW_BOTH]);
		assert_begins_with(types[VIEW_OUTREACH], types[VIEW_BOTH]);
	}
}

static void every_field_of_a_record_has_a_name_and_a_type(void **state)
{
	(void)state;
	for (int i = 0; i < BINDING_COUNT; i++) {
		const struct type *type = binding_infos[i].types[VIEW_SPENDING];
		if (type == NULL || type->kind != TYPE_RECORD)
			continue;
		for (size_t field = 0; field < type->record->count; field++) {
			assert_non_null(type->record->fields[field].name);
			assert_non_null(type->record->fields[field].type);
		}
	}
}

static void the_counterpart_is_of_the_other_kind(void **state)
{
	(void)state;
	const struct type *const *types = binding_infos[BINDING_COUNTERPART].types;
	const struct record *lines =
		types[VIEW_SPENDING]->record->fields[REPORT_LINES].type->element->record;
	assert_int_not_equal(record_field(lines, STR("people_reached")), FIELD_NONE);
	lines = types[VIEW_OUTREACH]->record->fields[REPORT_LINES].type->element->record;
	assert_int_not_equal(record_field(lines, STR("spent")), FIELD_NONE);
}

static void those_of_the_line_are_another_for_each(void **state)
{
	(void)state;
	uint64_t line = bindings_of_line();
	assert_true(line & BINDING_BIT(BINDING_PREVIOUS_LINE));
	assert_true(line & BINDING_BIT(BINDING_ITEM));
	assert_false(line & BINDING_BIT(BINDING_PREVIOUS));
}

static void history_is_what_comes_from_the_record(void **state)
{
	(void)state;
	uint64_t history = bindings_of_history();
	assert_true(history & BINDING_BIT(BINDING_PREVIOUS_LINE));
	assert_true(history & BINDING_BIT(BINDING_YEAR));
	assert_true(history & BINDING_BIT(BINDING_ACCEPTED));
	assert_false(history & BINDING_BIT(BINDING_LINE));
	assert_false(history & BINDING_BIT(BINDING_ALLOCATION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_binding_has_a_name_and_an_explanation),
		cmocka_unit_test(what_both_kinds_share_stands_at_the_same_places),
		cmocka_unit_test(every_field_of_a_record_has_a_name_and_a_type),
		cmocka_unit_test(the_counterpart_is_of_the_other_kind),
		cmocka_unit_test(those_of_the_line_are_another_for_each),
		cmocka_unit_test(history_is_what_comes_from_the_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
