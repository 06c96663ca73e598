/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/hostile_rules.h"

#define TEN(text) text text text text text text text text text text
#define PLUS_NINE(name)                                                                            \
	name " + " name " + " name " + " name " + " name " + " name " + " name " + " name          \
	     " + " name " + " name "\n"
#define DOUBLE ".map(x, x + x)"

/* Texts of 80, 800 and 80,000 bytes, of which the checker cannot know what they hold. */
#define TEXT "  text: " PLUS_NINE("municipality.name")
#define LONG_TEXT TEXT "  longer: " PLUS_NINE("text")
#define VERY_LONG_TEXT LONG_TEXT "  very: " PLUS_NINE("longer") "  longest: " PLUS_NINE("very")
#define ZEROS                                                                                      \
	"  zero: string(lines.size() - 500)\n  zeros: " PLUS_NINE("zero") "  more: " PLUS_NINE(    \
		"zeros")

/* Numbers of thirty-six digits, and one with all decimals there are. */
#define SUM "  total: lines.map(l, l.spent).sum() * 100000\n"
#define MOST "  most: lines[0].spent * 0 + 999999999999999999.999999999999999999\n"
#define EVEN "  even: lines[0].spent * 0 + 99999999999999999999999999999999999.5\n"
#define FINE "  fine: lines[0].spent * 0 + 0.000000000000000001\n"

/* A hundred comparisons, no two the same. */
#define ASK(number) "a.spent == " number ".5 || "
#define ASK_FIVE(tens, a, b, c, d, e) ASK(tens a) ASK(tens b) ASK(tens c) ASK(tens d) ASK(tens e)
#define ASK_TEN(tens)                                                                              \
	ASK_FIVE(tens, "0", "1", "2", "3", "4") ASK_FIVE(tens, "5", "6", "7", "8", "9")
#define ASK_FIFTY(a, b, c, d, e) ASK_TEN(a) ASK_TEN(b) ASK_TEN(c) ASK_TEN(d) ASK_TEN(e)
#define ASK_HUNDRED ASK_FIFTY("1", "2", "3", "4", "5") ASK_FIFTY("6", "7", "8", "9", "10")

const struct hostile_rule hostile_rules[] = {
	{"macros in macros", "",
		"lines.all(a, lines.all(b, lines.all(c, c.spent > a.committed - b.spent)))", NULL},
	{"macros with next to nothing in them", "",
		"lines.all(a, lines.all(b, lines.map(c, true).size() > a.number - 2))", NULL},
	{"exists_one in filter in map", "",
		"lines.map(a, lines.filter(b, lines.exists_one(c, c.item == b.item + "
		"municipality.name))).size() > line.number - 2",
		NULL},
	{"a text that doubles", "",
		"[municipality.name]" TEN(DOUBLE) TEN(DOUBLE) TEN(DOUBLE) "[0] != line.item", NULL},
	{"a list that doubles", "", "[lines]" TEN(DOUBLE) TEN(DOUBLE) "[0].size() > line.number",
		NULL},
	{"lists put together", "", "lines.map(l, lines + lines + lines).size() > line.number - 2",
		NULL},
	{"lists of lists compared",
		"  rows: lines.map(a, lines.map(b, b.item))\n"
		"  others: lines.map(a, lines.map(b, b.item))\n",
		"lines.all(l, [rows, rows, rows] == [others, others, others])", NULL},
	{"distinct lists of lists", "",
		"lines.map(a, lines.map(b, b.spent + a.spent)).distinct().size() > line.number",
		NULL},
	{"distinct numbers", "",
		"lines.all(a, lines.map(b, b.spent).distinct().size() > a.number - 2)", NULL},
	{"sums of sums", "", "lines.map(a, lines.map(b, b.spent).sum()).sum() > line.spent", NULL},
	{"the greatest of many", "",
		"lines.all(a, math.greatest(lines.map(b, b.spent * 1.5)) > a.committed)", NULL},
	{"among many", "  texts: lines.map(l, l.item + municipality.name)\n",
		"lines.all(l, !(l.item in texts))", NULL},
	{"long texts compared", VERY_LONG_TEXT "  same: " PLUS_NINE("very"),
		"lines.all(l, longest == same)", NULL},
	{"long texts measured", VERY_LONG_TEXT, "lines.all(l, longest.size() > l.number)", NULL},
	{"long texts searched", VERY_LONG_TEXT,
		"lines.all(l, !longest.contains('" TEN(TEN("on")) "'))", NULL},
	{"long texts in lower case", VERY_LONG_TEXT, "lines.all(l, longest.lowerAscii() != l.item)",
		NULL},
	{"long texts as numbers", ZEROS,
		"lines.all(l, lines.all(m, int(more) < m.number && decimal(more) < l.spent))",
		NULL},
	{"a pattern that runs away", TEXT, "lines.all(l, !text.matches('([A-Za-z]*)*!'))", NULL},
	{"a pattern that starts everywhere", VERY_LONG_TEXT,
		"lines.all(l, !longest.matches('[a-z]*!'))", NULL},
	{"a pattern that nearly runs away", TEXT,
		"lines.all(l, !text.matches('[a-z]*[a-z]*!') || text.matches('^([A-z]|Ui)*!'))",
		NULL},
	{"a pattern of many ways", "",
		"lines.all(l, !(l.item + l.item).matches('(a|b|ab|j|e|u|g|d|[.]|[a-z])*Z'))", NULL},
	{"patterns made on the way", "",
		"lines.all(l, !l.item.matches('((x{30}y{30}){30}z){9}' + l.item))", NULL},
	{"long numbers multiplied", SUM MOST EVEN FINE,
		"lines.all(a, lines.all(b, even * fine * fine * a.spent <= total && most * 1 > "
		"total))",
		NULL},
	{"long numbers added", SUM MOST EVEN FINE,
		"lines.all(a, lines.all(b, even / 1000000 + fine > total || most + fine > total))",
		NULL},
	{"long numbers divided", SUM MOST FINE,
		"lines.all(a, lines.all(b, most / 7 > total && most / 0.7 > fine / most + total))",
		NULL},
	{"long numbers compared", SUM MOST EVEN,
		"lines.all(a, lines.all(b, most > total && even != total * 1000000000000000000))",
		NULL},
	{"numbers rounded", SUM MOST,
		"lines.all(a, lines.all(b, most.round(2) > total && b.spent.floor(0) <= total))",
		NULL},
	{"numbers as texts", MOST,
		"lines.all(a, lines.all(b, string(most) != a.item && string(b.number) != a.item))",
		NULL},
	{"a list written out", "",
		"lines.all(a, lines.all(b, [" TEN(
			TEN("a.spent, ")) "b.spent].sum() > b.committed))",
		NULL},
	{"a row of many", "", "lines.all(a, lines.all(b, " ASK_HUNDRED "a.spent > 0))", NULL},
	{"a message that asks much", "", "line.spent < line.committed - 900000",
		"{{lines.map(a, lines.map(b, b.spent * 2).sum()).sum()}}"},
	{"a message that tells much", "", "line.spent < line.committed - 900000",
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
