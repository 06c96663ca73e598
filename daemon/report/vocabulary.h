/* SPDX-License-Identifier: EUPL-1.2 */
/* Words of a report that must be known: the programme's own, and the format's. */
#ifndef REPORT_VOCABULARY_H
#define REPORT_VOCABULARY_H

#include "report/field.h"

/* One of the programme's vocabularies: where it stands in struct programme, and what to say. */
struct vocabulary {
	size_t map_offset;   /* of a const struct map * */
	size_t terms_offset; /* of a struct terms */
	enum structural unknown;
};

extern const struct vocabulary vocabulary_fundings, vocabulary_target_groups, vocabulary_approaches,
	vocabulary_partners, vocabulary_domains;

/* Readers of fields; without a programme nothing is looked up and the target stays as it is. */
void field_read_item(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* const struct item * */
void field_read_term(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* const struct term * */
void field_read_terms(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* const struct term **, and a size_t count */

/* Words of the format itself, with the Dutch that people may write instead. */
struct words {
	const char *const *words;
	const char *const *titles;
	size_t count;
	enum structural unknown;
};

/* The position of the text among the words, or their count after complaining. */
size_t word_read(struct decoder *decoder, const struct words *words, const struct json *value);

/* Of decoder->programmes; NULL after complaining. */
const struct programme *programme_read(struct decoder *decoder, const struct json *value);

#endif
