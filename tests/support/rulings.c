/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/rulings.h"

#include "base/ensure.h"
#include "tests/support/sample_programme.h"

#include <stdio.h>

enum { ARENA_MAX = 256 << 20, TEXT_MAX = 64 << 10 };

int rulings_setup(void **state)
{
	struct error err = {.is_set = false};
	struct arena *arena = arena_new(ARENA_MAX);
	struct rulings *rulings = ARENA_NEW(arena, struct rulings);
	ensure(crypto_start(&err));
	rulings->arena = arena;
	rulings->programme = sample_programme(arena);
	rulings->report = (struct report){.programme = rulings->programme,
		.kind = KIND_SPENDING,
		.municipality = "GM0451",
		.period = "2021-06",
		.revision = 1,
		.lines = rulings->lines};
	rulings->municipality = (struct municipality){.code = "GM0451",
		.name = "Uithoorn",
		.province_code = "PV27",
		.province = "Noord-Holland",
		.population = 29424,
		.valid_from = "2000-01-01"};
	rulings->facts = (struct rule_facts){.report = &rulings->report,
		.municipality = &rulings->municipality,
		.history = &rulings->history,
		.received_on = "2021-07-20",
		.deadline = "2021-07-30"};
	*state = rulings;
	return 0;
}

int rulings_teardown(void **state)
{
	struct rulings *rulings = *state;
	struct arena *arena = rulings->arena;
	arena_free(&arena);
	return 0;
}

const char *rulings_load(struct rulings *rulings, const char *text)
{
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct rule_source source = {"rules.yaml", str_of(text)};
	struct buf out;
	rulings->ruleset = ruleset_load(rulings->arena, &source, 1, rulings->programme, mistakes);
	ensure((rulings->ruleset == NULL) == (mistakes_total(mistakes) > 0));
	buf_init(&out, TEXT_MAX);
	for (size_t i = 0; i < mistakes_count(mistakes); i++) {
		const struct mistake *mistake = mistakes_at(mistakes, i);
		buf_format(&out, "%u:%u: %s\n", (unsigned)mistake->line, (unsigned)mistake->column,
			mistake->text);
	}
	ensure(!out.has_failed);
	const char *copy = arena_string(rulings->arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

size_t rulings_judge(struct rulings *rulings)
{
	ensure(rulings->ruleset != NULL);
	findings_init(&rulings->findings, rulings->arena);
	ruleset_judge(rulings->ruleset, rulings->arena, &rulings->facts, RULES_WITHOUT_HISTORY,
		&rulings->findings);
	ruleset_judge(rulings->ruleset, rulings->arena, &rulings->facts, RULES_WITH_HISTORY,
		&rulings->findings);
	return rulings->findings.count;
}

struct decimal rulings_amount(const char *text)
{
	struct decimal amount = {0, 0};
	ensure(decimal_parse(str_of(text), &amount));
	return amount;
}

void rulings_add_line(struct rulings *rulings, size_t item, const char *spent)
{
	size_t index = rulings->report.line_count++;
	ensure(index < sizeof(rulings->lines) / sizeof(rulings->lines[0]));
	const struct item *chosen = &rulings->programme->items[item];
	rulings->lines[index] = (struct line){.number = (uint32_t)index + 1,
		.item = chosen,
		.funding = map_get(rulings->programme->funding_map, str_of(chosen->fundings[0])),
		.target_group = &rulings->programme->target_groups.items[0],
		.spent = rulings_amount(spent),
		.committed = decimal_from_int(0)};
}

void rulings_turn_to_outreach(struct rulings *rulings)
{
	rulings->report.kind = KIND_OUTREACH;
}

const char *rulings_text(const struct rulings *rulings, struct str text)
{
	return arena_string(rulings->arena, text);
}
