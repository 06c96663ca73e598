/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/field.h"

#include "base/ensure.h"
#include "report/amount.h"
#include "report/personal.h"

enum { WHOLE_DIGITS_MAX = 18 }; /* what certainly fits 64 bits */

static const struct {
	enum json_type type;
	const char *name;
} type_names[] = {
	{JSON_BOOL, "boolean"},
	{JSON_NUMBER, "number"},
	{JSON_STRING, "string"},
	{JSON_ARRAY, "array"},
	{JSON_OBJECT, "object"},
};

static struct str describe_types(struct arena *arena, unsigned types)
{
	const char *text = NULL;
	for (size_t i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++) {
		if ((types & 1u << type_names[i].type) == 0)
			continue;
		const char *name = type_names[i].name;
		text = text == NULL ? name : arena_format(arena, "%s or %s", text, name);
	}
	return str_of(text);
}

bool value_is_plain(struct decoder *decoder, unsigned types, const struct json *value)
{
	if (value->type != JSON_NULL && (types & 1u << value->type) != 0 && !value->has_nul &&
		!value->has_surrogate)
		return true;
	struct complaint complaint = {.structural = STRUCTURAL_WRONG_TYPE, .value = value};
	if (value->type == JSON_NULL)
		complaint.structural = STRUCTURAL_NULL;
	else if ((types & 1u << value->type) == 0)
		complaint.expected = describe_types(decoder->arena, types);
	else if (value->has_nul)
		complaint.structural = STRUCTURAL_NUL_CHARACTER;
	else
		complaint.structural = STRUCTURAL_LONE_SURROGATE;
	complain(decoder, &complaint);
	return false;
}

/* People keep the order of the documentation, so the search starts where the last one ended. */
static size_t find(struct fields fields, struct str name, size_t from)
{
	for (size_t i = 0; i < fields.count; i++) {
		size_t at = from + i < fields.count ? from + i : from + i - fields.count;
		if (str_equal(fields.items[at].name, name))
			return at;
	}
	return fields.count;
}

static void complain_unknown(struct decoder *decoder, struct fields fields, struct str key)
{
	struct suggestion suggestion;
	decoder_begin_suggestion(decoder, &suggestion, key);
	for (size_t i = 0; i < fields.count; i++)
		suggestion_offer(&suggestion, fields.items[i].name.data, NULL);
	complain(decoder, &(struct complaint){
				  .structural = STRUCTURAL_UNKNOWN_FIELD,
				  .shown = key,
				  .expected = decoder_suggestion(decoder, &suggestion),
			  });
}

static void complain_missing(struct decoder *decoder, struct fields fields, uint32_t seen)
{
	for (size_t i = 0; i < fields.count; i++) {
		if (!fields.items[i].is_required || (seen & 1u << i) != 0)
			continue;
		decoder_enter(decoder, fields.items[i].name);
		complain(decoder, &(struct complaint){.structural = STRUCTURAL_MISSING_FIELD});
	}
}

struct fields_found fields_read(
	struct decoder *decoder, struct fields fields, const struct json *object, void *target)
{
	struct fields_found found = {0, 0};
	size_t next = 0;
	ensure(fields.count <= 32);
	for (const struct json *member = object->first; member != NULL; member = member->next) {
		size_t at = find(fields, member->key, next);
		decoder_enter(decoder, member->key);
		if (at < fields.count) {
			next = at + 1;
			found.repeated |= member->is_repeated ? 1u << at : 0;
			found.seen |= 1u << at;
		}
		if (member->is_repeated)
			complain(decoder, &(struct complaint){.structural = STRUCTURAL_REPEATED_KEY,
						  .value = member});
		else if (at == fields.count)
			complain_unknown(decoder, fields, member->key);
		else if (value_is_plain(decoder, fields.items[at].types, member))
			fields.items[at].read(decoder, &fields.items[at], member, target);
	}
	complain_missing(decoder, fields, found.seen);
	decoder_leave(decoder);
	return found;
}

static struct str describe_bounds(const struct decoder *decoder, const struct field *field)
{
	return str_of(arena_format(
		decoder->arena, "%lld..%lld", (long long)field->least, (long long)field->most));
}

/* Lengths in characters are never more than lengths in bytes, which spares most texts the count. */
static bool is_longer(struct str text, int64_t characters)
{
	return text.length > (size_t)characters && utf8_length(text) > (size_t)characters;
}

void field_read_text(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct complaint complaint = {.value = value};
	if (text_is_personal(value->text)) {
		complaint.structural = STRUCTURAL_PERSONAL;
	} else if (value->text.length == 0) {
		complaint.structural = STRUCTURAL_TEXT_EMPTY;
	} else if (is_longer(value->text, field->most)) {
		complaint.structural = STRUCTURAL_TEXT_TOO_LONG;
		complaint.expected = describe_bounds(decoder, field);
	} else {
		*(struct str *)((char *)object + field->offset) = value->text;
		return;
	}
	complain(decoder, &complaint);
}

bool whole_read(struct decoder *decoder, const struct field *field, const struct json *value,
	int64_t *ret_number)
{
	struct complaint complaint = {.structural = STRUCTURAL_NUMBER_FORM, .value = value};
	bool is_negative = value->text.data[0] == '-';
	size_t digits = value->text.length - is_negative;
	for (size_t i = is_negative; i < value->text.length; i++) {
		if (value->text.data[i] < '0' || value->text.data[i] > '9')
			digits = 0;
	}
	int64_t number = 0;
	if (digits > 0 && digits <= WHOLE_DIGITS_MAX)
		ensure(str_parse_int64(value->text, &number));
	if (digits > 0 && !(is_negative && digits == 1 && number == 0)) {
		if (digits <= WHOLE_DIGITS_MAX && number >= field->least && number <= field->most) {
			*ret_number = number;
			return true;
		}
		complaint.structural = STRUCTURAL_NUMBER_RANGE;
	}
	complaint.expected = describe_bounds(decoder, field);
	complain(decoder, &complaint);
	return false;
}

void field_read_whole(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	int64_t number;
	if (whole_read(decoder, field, value, &number))
		*(int64_t *)((char *)object + field->offset) = number;
}

/*
 * A correction is a new revision of the whole report, never a negative line: a minus is refused.
 * Zero has none: as a number "-0" is a matter of writing, since other readers cannot see it.
 */
void field_read_amount(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	static const struct {
		unsigned flaw;
		enum structural structural;
	} rows[] = {
		{AMOUNT_HAS_MINUS, STRUCTURAL_AMOUNT_NEGATIVE},
		{AMOUNT_HAS_DECIMALS, STRUCTURAL_AMOUNT_DECIMALS},
		{AMOUNT_IS_LARGE, STRUCTURAL_AMOUNT_TOO_LARGE},
	};
	struct complaint complaint = {.value = value, .expected = STR("0.00..999999999999.99")};
	bool is_number = value->type == JSON_NUMBER;
	unsigned flaws =
		amount_read(value->text, (struct decimal *)((char *)object + field->offset));
	if ((flaws & AMOUNT_NOT_PLAIN) != 0) {
		complaint.structural = is_number ? STRUCTURAL_NUMBER_FORM : STRUCTURAL_AMOUNT_FORM;
		complain(decoder, &complaint);
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if ((flaws & rows[i].flaw) == 0)
			continue;
		complaint.structural = rows[i].structural;
		if (is_number && rows[i].flaw == AMOUNT_HAS_MINUS && (flaws & AMOUNT_IS_ZERO) != 0)
			complaint.structural = STRUCTURAL_NUMBER_FORM;
		complain(decoder, &complaint);
	}
}
