/* SPDX-License-Identifier: EUPL-1.2 */
/* CEL's string literals: four quotings, raw or with escapes. */
#ifndef CEL_LEX_STRING_H
#define CEL_LEX_STRING_H

#include "cel/lex.h"

/*
 * The literal at lexer->at, which begins with `prefix` letters and a quote; leaves lexer->at behind
 * it. False: a problem was added.
 */
bool lex_string(struct lexer *lexer, size_t prefix, struct str *ret_text);

#endif
