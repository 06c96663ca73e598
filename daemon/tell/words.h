/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The words for everything that an expression can hold, in Dutch and in English: one table each
 * for names, fields, functions and macros. tell/prose.h makes sentences of them.
 *
 * In a phrase {1} and {2} stand for what it is about. Names and fields are nouns with their
 * article; "van" or "of" and what they belong to come behind them.
 */
#ifndef TELL_WORDS_H
#define TELL_WORDS_H

#include "cel/builtin.h"
#include "cel/expression.h"
#include "rule/bindings.h"
#include "rule/document.h"

enum language { LANGUAGE_NL, LANGUAGE_EN, LANGUAGE_COUNT };

extern const char *const language_names[]; /* "nl", "en", NULL */

struct words {
	const char *in[LANGUAGE_COUNT];
};

/* What is true or false is said, or denied. */
struct claim {
	struct words said, denied;
};

/* A noun: "de gemeente". Every binding has one; params and each have one for completeness. */
const struct words *words_of_binding(enum binding binding);

/* A noun: "het bestede bedrag". NULL: a record of the rule set's own, params. */
const struct words *words_of_field(const struct record *record, const char *name);

/* A field that is a claim by itself (`nil`): "{1} is een nulrapport". NULL: it is not. */
const struct claim *claim_of_field(const char *name);

/*
 * A function or operator. What gives a bool is a claim; of the rest only `said` is filled.
 * {1} and {2} are its arguments; a row of any length is {1}. `a` is what P_A stands for, or NULL.
 */
const struct claim *claim_of_builtin(const struct builtin *builtin, const struct type *a);

/* A macro: {1} is the list, {2} the element's name where several are open, {3} what is said of it.
 */
const struct claim *claim_of_macro(enum macro macro);

/* What a macro's element is called: "die regel". */
const struct words *words_of_element(const struct type *type);

/* What for_each goes over, with "each" before it ("elke actielijn"), and one of them. */
struct dimension_words {
	struct words every, one;
};
const struct dimension_words *words_of_dimension(enum dimension dimension);

/* What stands around the tables' words. */
enum phrase {
	PHRASE_OF,  /* {1} van {2} */
	PHRASE_AND, /* between claims */
	PHRASE_OR,
	PHRASE_AND_LAST, /* between the last two of a row of values */
	PHRASE_TRUE,
	PHRASE_FALSE,
	PHRASE_EMPTY_LIST,
	PHRASE_HOLDS, /* {1}, a name whose value is true or false */
	PHRASE_HOLDS_NOT,
	PHRASE_HOLDS_IF, /* behind a name, before what it stands for */
	PHRASE_KNOWN,    /* has({1}) */
	PHRASE_KNOWN_NOT,
	PHRASE_NOT,    /* {1} as a whole is denied */
	PHRASE_ALL_OF, /* before a list */
	PHRASE_ONE_OF,
	PHRASE_NONE_OF,
	PHRASE_NOT_ALL_OF,
	PHRASE_CHOICE,     /* {2} if {1}, else {3} */
	PHRASE_ADDED_UP,   /* {1}.map({2}, {3}).sum() */
	PHRASE_COUNT_OF,   /* {1}.size(), of a noun without its article */
	PHRASE_ARTICLE,    /* of several */
	PHRASE_DIFFERENCE, /* math.abs({1} - {2}) */
	PHRASE_COUNT,
};
const char *phrase_in(enum phrase phrase, enum language language);

#endif
