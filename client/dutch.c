/* SPDX-License-Identifier: EUPL-1.2 */
#include "dutch.h"

#include <string.h>

enum { DIGITS_MAX = 30 };

static const struct {
	const char *nl, *en;
} sentences[DUTCH_COUNT] = {
	[DUTCH_EMPTY] = {"leeg; schrijf 0 als er niets is", "empty; write 0 when there is nothing"},
	[DUTCH_NOT_A_NUMBER] = {"geen getal zoals 1.234,56", "not a number such as 1.234,56"},
	[DUTCH_POINT] = {"een punt scheidt duizendtallen (1.234); schrijf decimalen met een komma "
			 "(12,50)",
		"a point separates thousands (1.234); write decimals with a comma (12,50)"},
	[DUTCH_DECIMALS] = {"achter de komma horen een of twee cijfers; schrijf duizendtallen met "
			    "een punt (1.234)",
		"one or two digits belong behind the comma; write thousands with a point (1.234)"},
	[DUTCH_FRACTION] = {"geen heel getal", "not a whole number"},
	[DUTCH_TOO_LONG] = {"een getal met te veel cijfers", "a number with too many digits"},
};

const char *dutch_describe(enum dutch_fault fault, enum language language)
{
	return SAY(language, sentences[fault].nl, sentences[fault].en);
}

static const struct str spaces[] = {
	{" ", 1}, {"\t", 1}, {"\xc2\xa0", 2}, /* no-break space */ {"\xe2\x80\xaf", 3}, /* narrow */
};

static bool cut_start(struct str *text, struct str start)
{
	if (!str_starts_with(*text, start))
		return false;
	*text = str_slice(*text, start.length, text->length);
	return true;
}

/* Spreadsheets pad amounts with spaces that are not all the ASCII one. */
static struct str trim(struct str text)
{
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]);) {
		if (cut_start(&text, spaces[i])) {
			i = 0;
		} else if (str_ends_with(text, spaces[i])) {
			text.length -= spaces[i].length;
			i = 0;
		} else {
			i++;
		}
	}
	return text;
}

static bool cut_minus(struct str *text)
{
	bool is_cut = cut_start(text, STR("-")) || cut_start(text, STR("\xe2\x88\x92"));
	*text = trim(*text);
	return is_cut;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool are_digits(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		if (!is_digit(text.data[i]))
			return false;
	}
	return text.length > 0;
}

/* Digits, or groups of one to three and then of exactly three, to `out` without their points. */
static enum dutch_fault read_whole(struct str text, char *out)
{
	struct str rest = text;
	struct str group;
	size_t length = 0;
	bool has_points = memchr(text.data, '.', text.length) != NULL;
	for (bool is_first = true; str_split(&rest, '.', &group); is_first = false) {
		if (group.length > 0 && !are_digits(group))
			return DUTCH_NOT_A_NUMBER;
		bool fits = is_first ? group.length >= 1 && group.length <= 3 : group.length == 3;
		if (has_points && !fits)
			return DUTCH_POINT;
		if (group.length == 0)
			return DUTCH_NOT_A_NUMBER;
		if (length + group.length > DIGITS_MAX)
			return DUTCH_TOO_LONG;
		memcpy(out + length, group.data, group.length);
		length += group.length;
	}
	out[length] = '\0';
	/* JSON knows no leading zeros. */
	size_t zeros = strspn(out, "0");
	zeros -= zeros == length;
	memmove(out, out + zeros, length - zeros + 1);
	return length > 0 ? DUTCH_SOUND : DUTCH_NOT_A_NUMBER;
}

/* The whole part with its sign goes to `out`, the digits behind the comma (if any) to
 * *ret_decimals. */
static enum dutch_fault read_number(struct str cell, char *out, struct str *ret_decimals)
{
	struct str text = trim(cell);
	*ret_decimals = (struct str){0};
	if (text.length == 0)
		return DUTCH_EMPTY;
	bool is_negative = text.length > 1 && cut_minus(&text);
	if (cut_start(&text, STR("\xe2\x82\xac")))
		text = trim(text);
	if (str_is(text, "-") && !is_negative) {
		memcpy(out, "0", 2);
		return DUTCH_SOUND;
	}
	if (!is_negative)
		is_negative = cut_minus(&text);
	const char *comma = text.length > 0 ? memchr(text.data, ',', text.length) : NULL;
	struct str whole = text;
	if (comma != NULL) {
		whole.length = (size_t)(comma - text.data);
		*ret_decimals = str_slice(text, whole.length + 1, text.length);
		if (whole.length > 0 && ret_decimals->length == 0)
			return DUTCH_DECIMALS;
	}
	if (whole.length == 0)
		return DUTCH_NOT_A_NUMBER;
	*out = '-';
	return read_whole(whole, is_negative ? out + 1 : out);
}

enum dutch_fault dutch_amount(struct str cell, char out[DUTCH_SIZE])
{
	struct str decimals;
	enum dutch_fault fault = read_number(cell, out, &decimals);
	if (fault != DUTCH_SOUND)
		return fault;
	if (decimals.length == 0)
		return DUTCH_SOUND;
	if (!are_digits(decimals))
		return DUTCH_NOT_A_NUMBER;
	if (decimals.length > 2)
		return DUTCH_DECIMALS;
	size_t length = strlen(out);
	out[length] = '.';
	memcpy(out + length + 1, decimals.data, decimals.length);
	out[length + 1 + decimals.length] = '\0';
	return DUTCH_SOUND;
}

enum dutch_fault dutch_count(struct str cell, char out[DUTCH_SIZE])
{
	struct str decimals;
	enum dutch_fault fault = read_number(cell, out, &decimals);
	if (fault != DUTCH_SOUND)
		return fault;
	if (decimals.length > 2)
		return DUTCH_DECIMALS;
	for (size_t i = 0; i < decimals.length; i++) {
		if (decimals.data[i] != '0')
			return is_digit(decimals.data[i]) ? DUTCH_FRACTION : DUTCH_NOT_A_NUMBER;
	}
	return DUTCH_SOUND;
}
