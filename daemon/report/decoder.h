/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the rooms of decoding share, and nobody else needs: the report at hand, the place in it,
 * and the way to complain about what stands there.
 */
#ifndef REPORT_DECODER_H
#define REPORT_DECODER_H

#include "base/json.h"
#include "report/report.h"
#include "report/structural.h"
#include "report/suggestion.h"

enum {
	/* Comparing words is slow, and a hostile report holds many unknown ones: enough is enough.
	 */
	DECODER_COMPARISONS_MAX = 64,
};

struct decoder {
	struct arena *arena;
	const struct programme *const *programmes;
	size_t programme_count;
	struct findings *findings;
	struct report *report; /* its programme is NULL as long as it is not known */

	const struct json *lines, *explanations; /* arrays, or NULL */
	int64_t last_line;                       /* that may be explained */
	size_t comparisons;                      /* made so far, at most DECODER_COMPARISONS_MAX */

	/* The place: "/<array>/<index>/<field>/<element>", each part only if it is there. */
	const char *array;        /* "lines", "explanations", or NULL: the report itself */
	const struct json *entry; /* of the array: the line or explanation at hand */
	uint32_t index;           /* of the entry, from 0 */
	bool has_field;
	struct str field; /* may well be the empty string */
	int64_t element;  /* of a list in the field, or -1 */

	/*
	 * The reference of the line at hand, looked for once, when the first finding needs it: a
	 * hostile line has tens of thousands of fields to look through.
	 */
	const struct json *ref_entry;
	struct str ref;
};

struct complaint {
	enum structural structural;
	const struct json *value; /* shown as the value found, or NULL: `shown` is */
	struct str shown;
	struct str expected;
	struct str about; /* stands for %s in the message; empty: the field at hand */
};

/* Suggests for an unknown word; compares no more after DECODER_COMPARISONS_MAX of them. */
void decoder_begin_suggestion(
	struct decoder *decoder, struct suggestion *suggestion, struct str word);
struct str decoder_suggestion(struct decoder *decoder, const struct suggestion *suggestion);

void decoder_enter(struct decoder *decoder, struct str field);
void decoder_leave(struct decoder *decoder);

/*
 * Adds a finding about the place at hand. Values are cut, arrays and objects only hinted at, and
 * whatever is personal is left out, also where it is a key.
 */
void complain(struct decoder *decoder, const struct complaint *complaint);

#endif
