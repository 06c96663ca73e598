/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example_line.h"

#include "tests/support/mistaken.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

/* A line of that kind from YAML; false with mistakes. */
static bool make(struct rulings *rulings, enum kind kind, const struct line *model,
	const char *yaml, struct line *ret_line, struct mistakes *mistakes)
{
	struct example_line *written = ARENA_NEW(rulings->arena, struct example_line);
	const struct node *root = yaml_parse(rulings->arena, "rules.yaml", str_of(yaml), mistakes);
	struct example_scope scope = {.arena = rulings->arena,
		.programme = rulings->programme,
		.kind = kind,
		.model = model,
		.mistakes = mistakes};
	return bind_mapping(rulings->arena, root, &example_line_tables[kind], written, mistakes) &&
	       example_line_make(&scope, written, 3, ret_line);
}

static void what_is_not_said_is_plain(void **state)
{
	struct rulings *rulings = *state;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct line line;
	assert_true(make(rulings, KIND_SPENDING, NULL, "{}", &line, mistakes));
	assert_int_equal(line.number, 3);
	assert_ptr_equal(line.item, &rulings->programme->items[0]);
	assert_string_equal(line.funding->id, "gf-au");
	assert_int_equal(decimal_sign(line.spent), 0);
	assert_int_equal(line.ref.length, 0);
	assert_true(make(rulings, KIND_OUTREACH, NULL, "{}", &line, mistakes));
	assert_ptr_equal(line.target_group, &rulings->programme->target_groups.items[0]);
	assert_int_equal(line.people_reached, 0);
	assert_null(line.approach);
}

static void what_is_said_is_taken(void **state)
{
	struct rulings *rulings = *state;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct line line;
	assert_true(make(rulings, KIND_SPENDING, NULL,
		"{item: jeugd.mentaal, funding: eigen, spent: '12.50', committed: 3, ref: GB-1}",
		&line, mistakes));
	assert_string_equal(line.item->id, "jeugd.mentaal");
	assert_string_equal(line.funding->id, "eigen");
	assert_int_equal(decimal_compare(line.spent, rulings_amount("12.5")), 0);
	assert_true(str_is(line.ref, "GB-1"));
	assert_true(make(rulings, KIND_OUTREACH, NULL,
		"{target_group: ouderen, people_reached: 4, approach: nieuw, partners: [ggd, "
		"kerk], "
		"domains: [sport]}",
		&line, mistakes));
	assert_string_equal(line.target_group->id, "ouderen");
	assert_string_equal(line.approach->id, "nieuw");
	assert_int_equal(line.partner_count, 2);
	assert_string_equal(line.domains[0]->id, "sport");
}

static void an_item_without_usual_funding_takes_its_first(void **state)
{
	struct rulings *rulings = *state;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct line line;
	assert_true(make(rulings, KIND_SPENDING, NULL, "{item: overig}", &line, mistakes));
	assert_string_equal(line.funding->id, line.item->fundings[0]);
	struct item bare = *line.item;
	bare.funding_count = 0;
	struct line model = {.item = &bare};
	assert_true(make(rulings, KIND_SPENDING, &model, "{}", &line, mistakes));
	assert_ptr_equal(line.funding, &rulings->programme->funding_lines.items[0]);
}

static void a_model_gives_the_key(void **state)
{
	struct rulings *rulings = *state;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct line model, line;
	assert_true(make(rulings, KIND_SPENDING, NULL, "{item: jeugd.mentaal, funding: eigen}",
		&model, mistakes));
	assert_true(make(rulings, KIND_SPENDING, &model, "{spent: 1}", &line, mistakes));
	assert_ptr_equal(line.item, model.item);
	assert_ptr_equal(line.funding, model.funding);
	assert_true(make(rulings, KIND_SPENDING, &model, "{item: overig}", &line, mistakes));
	assert_string_equal(line.item->id, "overig");
	assert_ptr_not_equal(line.item, model.item);
}

static void unknown_ids_are_told(void **state)
{
	struct rulings *rulings = *state;
	static const struct {
		enum kind kind;
		const char *yaml;
	} wrong[] = {{KIND_SPENDING, "{item: jeugd.werk}"}, {KIND_SPENDING, "{item: [a]}"},
		{KIND_SPENDING, "{funding: gf}"}, {KIND_OUTREACH, "{target_group: jeugd}"},
		{KIND_OUTREACH, "{approach: oud}"}, {KIND_OUTREACH, "{partners: [ggd, x]}"},
		{KIND_OUTREACH, "{domains: [x]}"}, {KIND_OUTREACH, "{spent: 1}"}};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct mistakes *mistakes = mistakes_new(rulings->arena);
		struct line line;
		assert_false(make(rulings, wrong[i].kind, NULL, wrong[i].yaml, &line, mistakes));
		assert_int_equal(mistakes_total(mistakes), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_is_not_said_is_plain, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_said_is_taken, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_item_without_usual_funding_takes_its_first,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_model_gives_the_key, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			unknown_ids_are_told, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
