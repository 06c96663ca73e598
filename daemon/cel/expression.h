/* SPDX-License-Identifier: EUPL-1.2 */
/* An expression as it was written: the syntax tree between parser and type checker. */
#ifndef CEL_EXPRESSION_H
#define CEL_EXPRESSION_H

#include "cel/type.h"
#include "cel/value.h"

enum {
	EXPRESSION_BYTES_MAX = 16 * 1024,
	EXPRESSION_DEPTH_MAX = 128, /* of the tree, and so of every recursion over it */
};

enum expression_kind {
	EXPRESSION_LITERAL,
	EXPRESSION_NAME,
	EXPRESSION_SELECT, /* operands[0].text */
	EXPRESSION_HAS,    /* has(operands[0]), which is a select or a name */
	EXPRESSION_LIST,
	EXPRESSION_CALL,   /* text(operands...); operators are calls under CEL's names for them */
	EXPRESSION_METHOD, /* operands[0].text(operands[1]...) */
	EXPRESSION_AND,    /* of two or more operands, as is || */
	EXPRESSION_OR,
	EXPRESSION_CONDITION, /* ? : */
	EXPRESSION_MACRO,     /* operands[0].text(variable, operands[1] [, operands[2]]) */
};

enum macro { MACRO_ALL, MACRO_EXISTS, MACRO_EXISTS_ONE, MACRO_MAP, MACRO_FILTER };

struct expression {
	enum expression_kind kind;
	size_t offset;  /* where a message about it points: an operator, a name, a bracket */
	size_t start;   /* of its first character */
	uint32_t depth; /* 1 and that of its deepest operand */
	struct str text;
	bool is_root; /* of a name: written with a point before it, past any macro's element */
	struct value literal;
	enum macro macro;
	struct str variable; /* of a macro */
	size_t variable_offset;
	struct expression **operands;
	size_t count, capacity;

	/*
	 * Written by the checker: its type (not of what has() asks about), and what a name means,
	 * or which function a call is of. That is the address of the name of a variable (the same
	 * in every environment of its file), of the macro that declares it, or of a struct builtin;
	 * equal addresses are the same thing.
	 */
	const struct type *type;
	const void *declaration;
};

#endif
