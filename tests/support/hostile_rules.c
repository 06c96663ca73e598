/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/hostile_rules.h"

#define TEN(text) text text text text text text text text text text

/* Each name is ten times the one before: a text of a hundred thousand letters, and one in reverse.
 */
#define LONG_TEXTS                                                                                 \
	"  aa: \"[report.kind].map(k, '" TEN(                                                      \
		TEN("a")) "')[0]\"\n"                                                              \
			  "  ab: 'aa + aa + aa + aa + aa + aa + aa + aa + aa + aa'\n"              \
			  "  long: 'ab + ab + ab + ab + ab + ab + ab + ab + ab + ab'\n"            \
			  "  same: 'ab + ab + ab + ab + ab + ab + ab + ab + ab + ab'\n"            \
			  "  zeros: \"[report.kind].map(k, '" TEN(TEN("0")) "')[0]\"\n"

/* Numbers of thirty-six digits, and small ones at every scale. */
#define LONG_NUMBERS                                                                               \
	"  most: lines[0].spent * 0 + 999999999999999999.999999999999999999\n"                     \
	"  even: lines[0].spent * 0 + 99999999999999999999999999999999999.5\n"                     \
	"  fine: lines[0].spent * 0 + 0.000000000000000001\n"

#define DOUBLE ".map(x, x + x)"

const struct hostile_rule hostile_rules[] = {
	{"macros in macros", "", "lines.all(a, lines.all(b, lines.all(c, c.spent >= 0)))", NULL},
	{"macros with nothing in them", "",
		"lines.all(a, lines.all(b, lines.map(c, true).size() > 0))", NULL},
	{"exists_one in filter in map", "",
		"lines.map(a, lines.filter(b, lines.exists_one(c, c.item == b.funding))).size() > "
		"0",
		NULL},
	{"a text that doubles", "", "['x']" TEN(DOUBLE) TEN(DOUBLE) TEN(DOUBLE) "[0] != ''", NULL},
	{"a list that doubles", "", "[lines]" TEN(DOUBLE) TEN(DOUBLE) "[0].size() > 0", NULL},
	{"lists put together", "", "lines.map(l, lines + lines + lines).size() > 0", NULL},
	{"lists of lists compared", "  rows: lines.map(a, lines.map(b, b.item))\n",
		"lines.all(l, [rows, rows, rows] == [rows, rows, rows])", NULL},
	{"distinct lists of lists", "",
		"lines.map(a, lines.map(b, b.spent + a.spent)).distinct().size() > 0", NULL},
	{"distinct numbers", "", "lines.all(a, lines.map(b, b.spent).distinct().size() > 0)", NULL},
	{"sums of sums", "", "lines.map(a, lines.map(b, b.spent).sum()).sum() > 0", NULL},
	{"the greatest of many", "", "lines.all(a, math.greatest(lines.map(b, b.spent * 1.5)) > 0)",
		NULL},
	{"among many", "  refs: lines.map(l, l.item + 'x')\n", "lines.all(l, !(l.item in refs))",
		NULL},
	{"long texts compared", LONG_TEXTS, "lines.all(l, long == same && long <= same)", NULL},
	{"long texts measured", LONG_TEXTS, "lines.all(l, long.size() > 0)", NULL},
	{"long texts searched", LONG_TEXTS,
		"lines.all(l, !long.contains('b" TEN(TEN("a")) TEN(TEN("a")) "'))", NULL},
	{"long texts in lower case", LONG_TEXTS, "lines.all(l, long.lowerAscii() != '')", NULL},
	{"long texts as numbers", LONG_TEXTS,
		"lines.all(l, lines.all(m, int(zeros) == 0 && decimal(zeros) == 0))", NULL},
	{"a pattern that runs away", LONG_TEXTS, "lines.all(l, !aa.matches('(a*)*b'))", NULL},
	{"a pattern that starts everywhere", LONG_TEXTS, "lines.all(l, !long.matches('a*b'))",
		NULL},
	{"a pattern that nearly runs away", LONG_TEXTS,
		"lines.all(l, !aa.matches('a*a*[ab]*c') || aa.matches('^(a|aa)*c'))", NULL},
	{"a pattern of many ways", "",
		"lines.all(l, !(l.item + l.item).matches('(a|b|ab|j|e|u|g|d|[.]|[a-z])*Z'))", NULL},
	{"patterns made on the way", "",
		"lines.all(l, !l.item.matches('((x{30}y{30}){30}z){9}' + l.item))", NULL},
	{"long numbers multiplied", LONG_NUMBERS,
		"lines.all(a, lines.all(b, even * fine * 10 * fine >= 0 && most * 1 > 0))", NULL},
	{"long numbers added", LONG_NUMBERS,
		"lines.all(a, lines.all(b, even / 1000000 + fine > 0 || even - most > 0))", NULL},
	{"long numbers divided", LONG_NUMBERS,
		"lines.all(a, lines.all(b, most / 7 > 0 && most / 0.7 > fine / most))", NULL},
	{"long numbers compared", LONG_NUMBERS,
		"lines.all(a, lines.all(b, most > fine && even != fine))", NULL},
	{"numbers rounded", LONG_NUMBERS,
		"lines.all(a, lines.all(b, most.round(2) > 0 && b.spent.floor(0) >= 0))", NULL},
	{"numbers as texts", LONG_NUMBERS,
		"lines.all(a, lines.all(b, string(most) != '' && string(b.number) != ''))", NULL},
	{"a list written out", "",
		"lines.all(a, lines.all(b, [" TEN(TEN("a.spent, ")) "b.spent].size() > 0))", NULL},
	{"a row of many", "",
		"lines.all(a, lines.all(b, " TEN(TEN("report.nil || ")) "a.spent > 0))", NULL},
	{"a message that asks much", "", "line.spent < 0",
		"{{lines.map(a, lines.map(b, b.spent * 2).sum()).sum()}}"},
	{"a message that tells much", "", "line.spent < 0",
		"{{lines.map(a, lines.map(b, b.item))}}"},
};

const size_t hostile_rule_count = sizeof(hostile_rules) / sizeof(hostile_rules[0]);

/* A report of one line never comes to the expression. */
const char *hostile_rule_text(struct arena *arena, const struct hostile_rule *rule)
{
	return arena_format(arena,
		"ruleset: steunpakket-2021\nversion: 1\n%s%srules:\n"
		"  - id: B-100\n    kind: spending\n    scope: line\n    severity: warning\n"
		"    assert: \"lines.size() == 1 ? line.spent <= 10 : %s\"\n"
		"    message: {nl: 'Fout. %s', en: 'Wrong.'}\n"
		"    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n",
		rule->let[0] != '\0' ? "let:\n" : "", rule->let, rule->expression,
		rule->message != NULL ? rule->message : "");
}
