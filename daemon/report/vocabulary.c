/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/vocabulary.h"

#define VOCABULARY(terms, map, structural)                                                         \
	{                                                                                          \
		offsetof(struct programme, map), offsetof(struct programme, terms), structural     \
	}

const struct vocabulary vocabulary_fundings =
	VOCABULARY(funding_lines, funding_map, STRUCTURAL_UNKNOWN_FUNDING);
const struct vocabulary vocabulary_target_groups =
	VOCABULARY(target_groups, target_group_map, STRUCTURAL_UNKNOWN_TARGET_GROUP);
const struct vocabulary vocabulary_approaches =
	VOCABULARY(approaches, approach_map, STRUCTURAL_UNKNOWN_APPROACH);
const struct vocabulary vocabulary_partners =
	VOCABULARY(partners, partner_map, STRUCTURAL_UNKNOWN_PARTNER);
const struct vocabulary vocabulary_domains =
	VOCABULARY(domains, domain_map, STRUCTURAL_UNKNOWN_DOMAIN);

static const struct map *map_of(
	const struct programme *programme, const struct vocabulary *vocabulary)
{
	return *(const struct map *const *)((const char *)programme + vocabulary->map_offset);
}

static const struct terms *terms_of(
	const struct programme *programme, const struct vocabulary *vocabulary)
{
	return (const struct terms *)((const char *)programme + vocabulary->terms_offset);
}

static void finish(struct decoder *decoder, const struct suggestion *suggestion,
	enum structural unknown, const struct json *value)
{
	complain(decoder, &(struct complaint){
				  .structural = unknown,
				  .value = value,
				  .expected = decoder_suggestion(decoder, suggestion),
			  });
}

static const struct term *find_term(
	struct decoder *decoder, const struct vocabulary *vocabulary, const struct json *value)
{
	const struct programme *programme = decoder->report->programme;
	const struct term *term = map_get(map_of(programme, vocabulary), value->text);
	if (term != NULL)
		return term;
	const struct terms *terms = terms_of(programme, vocabulary);
	struct suggestion suggestion;
	decoder_begin_suggestion(decoder, &suggestion, value->text);
	for (size_t i = 0; i < terms->count; i++)
		suggestion_offer(&suggestion, terms->items[i].id, terms->items[i].title_nl);
	finish(decoder, &suggestion, vocabulary->unknown, value);
	return NULL;
}

void field_read_term(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	if (decoder->report->programme != NULL)
		*(const struct term **)((char *)object + field->offset) =
			find_term(decoder, field->vocabulary, value);
}

void field_read_item(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	const struct programme *programme = decoder->report->programme;
	if (programme == NULL)
		return;
	const struct item *item = map_get(programme->item_map, value->text);
	*(const struct item **)((char *)object + field->offset) = item;
	if (item != NULL)
		return;
	struct suggestion suggestion;
	decoder_begin_suggestion(decoder, &suggestion, value->text);
	for (size_t i = 0; i < programme->item_count; i++)
		suggestion_offer(&suggestion, programme->items[i].id, programme->items[i].title_nl);
	finish(decoder, &suggestion, STRUCTURAL_UNKNOWN_ITEM, value);
}

static bool is_listed(const struct term *const *terms, size_t count, const struct term *term)
{
	for (size_t i = 0; i < count; i++) {
		if (terms[i] == term)
			return true;
	}
	return false;
}

/* A list never holds a word twice, so it never grows past the vocabulary, however long the text. */
static void add_term(struct decoder *decoder, const struct json *value, const struct term **terms,
	size_t *count, const struct vocabulary *vocabulary)
{
	const struct term *term = find_term(decoder, vocabulary, value);
	if (term == NULL)
		return;
	if (is_listed(terms, *count, term))
		complain(decoder, &(struct complaint){
					  .structural = STRUCTURAL_REPEATED_WORD, .value = value});
	else
		terms[(*count)++] = term;
}

void field_read_terms(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	const struct programme *programme = decoder->report->programme;
	const struct term **terms = NULL;
	size_t count = 0;
	if (programme != NULL && value->count > 0) {
		size_t most = terms_of(programme, field->vocabulary)->count;
		terms = ARENA_ARRAY(decoder->arena, const struct term *,
			value->count < most ? value->count : most);
	}
	decoder->element = 0;
	for (const struct json *word = value->first; word != NULL; word = word->next) {
		if (value_is_plain(decoder, TYPE_STRING, word) && programme != NULL)
			add_term(decoder, word, terms, &count, field->vocabulary);
		decoder->element++;
	}
	decoder->element = -1;
	*(const struct term ***)((char *)object + field->offset) = terms;
	*(size_t *)((char *)object + field->count_offset) = count;
}

size_t word_read(struct decoder *decoder, const struct words *words, const struct json *value)
{
	struct suggestion suggestion;
	for (size_t i = 0; i < words->count; i++) {
		if (str_is(value->text, words->words[i]))
			return i;
	}
	decoder_begin_suggestion(decoder, &suggestion, value->text);
	for (size_t i = 0; i < words->count; i++)
		suggestion_offer(&suggestion, words->words[i], words->titles[i]);
	finish(decoder, &suggestion, words->unknown, value);
	return words->count;
}

const struct programme *programme_read(struct decoder *decoder, const struct json *value)
{
	struct suggestion suggestion;
	for (size_t i = 0; i < decoder->programme_count; i++) {
		if (str_is(value->text, decoder->programmes[i]->id))
			return decoder->programmes[i];
	}
	decoder_begin_suggestion(decoder, &suggestion, value->text);
	for (size_t i = 0; i < decoder->programme_count; i++)
		suggestion_offer(
			&suggestion, decoder->programmes[i]->id, decoder->programmes[i]->title_nl);
	finish(decoder, &suggestion, STRUCTURAL_PROGRAMME, value);
	return NULL;
}
