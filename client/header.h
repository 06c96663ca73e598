/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a report says it is about, for showing and for ordering only: nothing is checked here, and
 * what is absent or odd is simply empty. Judging is the ministry's.
 */
#ifndef CLIENT_HEADER_H
#define CLIENT_HEADER_H

#include "base/arena.h"
#include "base/json.h"

/* What an explanation says it answers. */
struct header_answer {
	struct str rule;
	int64_t line; /* 0: the whole report */
};

struct header {
	struct str programme, municipality, kind, period, status;
	int64_t revision; /* 0: absent */
	const struct header_answer *answers;
	size_t answer_count;
};

enum { HEADER_VALUES_MAX = 300 * 1000 };

/* False with the place when the text is not JSON at all. Texts borrow from `report` or the arena.
 */
bool header_read(struct arena *arena, struct str report, struct header *ret_header,
	struct json_error *ret_where);

/* A copy whose texts, each cut to 64 bytes, are the arena's. */
struct header header_copy(struct arena *arena, const struct header *header);

/* What reports must go in order among themselves; empty when the header does not tell. */
struct str header_stream(struct arena *arena, const struct header *header);

#endif
