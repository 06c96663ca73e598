/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the prose: what values (prose.c) and conditions (prose_claim.c) share. */
#ifndef TELL_PROSE_PARTS_H
#define TELL_PROSE_PARTS_H

#include "tell/prose.h"

enum { SLOTS_MAX = 3 };

/* A macro whose element may be named. */
struct prose_scope {
	const struct expression *macro;
	bool has_name; /* several are open, so "that line" would not tell which */
	const struct prose_scope *outer;
};

/* What a phrase's {1}, {2} or {3} is filled with. */
struct slot {
	void (*write)(struct prose *prose, const struct slot *slot);
	const struct expression *expression;
	struct expression *const *row; /* of a function that takes any number */
	size_t count;
	const char *text;
};

/* Writes the phrase with its slots filled. */
void prose_fill(struct prose *prose, const char *phrase, const struct slot *slots);
void prose_fill_phrase(struct prose *prose, enum phrase phrase, const struct slot *slots);
void prose_say(struct prose *prose, enum phrase phrase);

/* A part of a value: everything that is made of parts itself stands in brackets. */
void prose_write_part(struct prose *prose, const struct slot *slot);

/* A side of a comparison: the verb between them keeps calculations apart, but not conditions. */
void prose_write_side(struct prose *prose, const struct slot *slot);

/* A condition in another: those that go on after a verb of their own stand in brackets. */
void prose_write_condition(struct prose *prose, const struct slot *slot);

/* The arguments, with commas. */
void prose_write_row(struct prose *prose, const struct slot *slot);

/* A call with its arguments told apart from the `math` of math.abs(). */
struct prose_call {
	const struct claim *claim;
	const struct builtin *builtin;
	struct expression *const *arguments;
	size_t count;
};

struct prose_call prose_read_call(struct prose *prose, const struct expression *expression);
void prose_fill_call(struct prose *prose, const struct prose_call *call, const char *phrase,
	void (*write)(struct prose *prose, const struct slot *slot));

/* Any expression as a value; the value of ? :. */
void prose_term(struct prose *prose, const struct expression *expression);
void prose_choice(struct prose *prose, const struct expression *choice);

/* Whatever gives a bool, said or denied; and any macro. */
void prose_claim(struct prose *prose, const struct expression *expression, bool is_denied);
void prose_sum(struct prose *prose, const struct expression *map); /* of what it gives */
void prose_macro(struct prose *prose, const struct expression *macro, bool is_denied);

/* && or || */
bool prose_is_row(const struct expression *expression);

/* Without the "not"s before it; *is_denied turns with each. */
const struct expression *prose_without_not(const struct expression *expression, bool *is_denied);

#endif
