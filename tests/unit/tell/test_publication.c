/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/publication.h"

#include "base/map.h"
#include "tests/support/tellings.h"
#include "tests/support/unit.h"

#include <string.h>

#define HEAD(version, from) "ruleset: steunpakket-2021\nversion: " version "\n" from
#define TEXTS "    message: {nl: 'Te *veel* | {{line.spent}}.', en: 'Too much.'}\n"

static const char first[] =
	HEAD("1", "params: {most: 10, own: ['a|b', 'c']}\nrules:\n") TELLING_RULE(
		"B-200", "    assert: 'line.spent < params.most'\n" TEXTS) TELLING_RULE("B-100",
		"    assert: 'line.spent < 20 && !(municipality.name in params.own)'\n" TEXTS);
static const char second[] = HEAD("2", "from: 2021-06\nrules:\n") TELLING_RULE(
	"B-200", "    assert: 'line.spent < 20'\n" TEXTS) "  - id: B-500\n    kind: both\n    "
							  "scope: report\n    severity: error\n"
							  "    assert: 'report.nil'\n    message: "
							  "{nl: 'Niet nil.', en: 'Not nil.'}\n"
							  "    examples: {pass: [{report: {nil: "
							  "true}}], fail: [{}]}\n";

static const char *publish(struct rulings *rulings, enum language language)
{
	const char *texts[] = {first, second, NULL};
	struct buf out;
	buf_init(&out, 1024 * 1024);
	publication_write(
		&out, rulings->arena, language, tellings_load(rulings, texts), rulings->programme);
	assert_false(out.has_failed);
	const char *text = arena_string(rulings->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void the_head_names_programme_versions_and_hash(void **state)
{
	struct rulings *rulings = *state;
	const char *text = publish(rulings, LANGUAGE_NL);
	tellings_expect(text, "# Regels: ");
	tellings_expect(text, arena_format(rulings->arena,
				      "\n- Programma: `steunpakket-2021`\n"
				      "- Versie 1: tot en met 2021-05\n"
				      "- Versie 2: vanaf 2021-06\n"
				      "- SHA-256 van de regelbestanden: `%s`\n",
				      ruleset_sha256(rulings->ruleset)));
	text = publish(rulings, LANGUAGE_EN);
	tellings_expect(text, "# Rules: ");
	tellings_expect(text, "\n- Programme: `steunpakket-2021`\n");
}

static void the_contents_link_to_every_rule_once_by_kind_and_id(void **state)
{
	tellings_expect(publish(*state, LANGUAGE_NL),
		"\n## Inhoud\n\n"
		"- [Rapporten over besteding](#rapporten-over-besteding)\n"
		"  - [B-100](#b-100): Te \\*veel\\* \\| `{{line.spent}}`.\n"
		"  - [B-200](#b-200): Te \\*veel\\* \\| `{{line.spent}}`.\n"
		"- [Rapporten van beide soorten](#rapporten-van-beide-soorten)\n"
		"  - [B-500](#b-500): Niet nil.\n");
}

static void fixed_values_stand_in_a_table_whose_cells_hold(void **state)
{
	tellings_expect(publish(*state, LANGUAGE_NL),
		"\n## Vaste waarden: 1.yaml\n\n"
		"| Naam | Waarde |\n| --- | --- |\n| most | 10 |\n| own | a\\|b, c |\n\n##");
	assert_null(strstr(publish(*state, LANGUAGE_NL), "Vaste waarden: 2.yaml"));
}

static void every_rule_is_told_with_its_earlier_versions(void **state)
{
	const char *text = publish(*state, LANGUAGE_EN);
	tellings_expect(text, "\n### B-200\n\n- When: from 2021-06\n");
	tellings_expect(text, "\n#### B-200, version 1 (up to 2021-05)\n\n"
			      "This must hold:\n\n"
			      "- the amount spent of this line is less than `most` (10)\n");
	tellings_expect(text, "```\nassert: line.spent < 20\n```\n");
	tellings_expect(text, "- the name of the municipality is none of `own` ('a\\|b', `'c'`)\n");
}

/* The headings of a document in which links lead to them differ from one another. */
static void no_two_headings_are_the_same(void **state)
{
	struct rulings *rulings = *state;
	struct str rest = str_of(publish(rulings, LANGUAGE_NL)), line;
	struct map *seen = map_new(rulings->arena);
	size_t count = 0;
	while (str_split(&rest, '\n', &line)) {
		if (!str_starts_with(line, STR("#")))
			continue;
		assert_true(map_put(seen, line, rulings));
		count++;
	}
	assert_int_equal(count, 9);
}

static void the_same_rules_give_the_same_bytes(void **state)
{
	assert_string_equal(publish(*state, LANGUAGE_NL), publish(*state, LANGUAGE_NL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_head_names_programme_versions_and_hash),
		TEST(the_contents_link_to_every_rule_once_by_kind_and_id),
		TEST(fixed_values_stand_in_a_table_whose_cells_hold),
		TEST(every_rule_is_told_with_its_earlier_versions),
		TEST(no_two_headings_are_the_same),
		TEST(the_same_rules_give_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
