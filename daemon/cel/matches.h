/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Matching texts against patterns: the only room that knows PCRE2. The syntax is RE2's
 * (cel/pattern.h); limits on the work end a match that would run away in MATCH_LIMIT.
 */
#ifndef CEL_MATCHES_H
#define CEL_MATCHES_H

#include "cel/pattern.h"
#include "cel/scratch.h"

struct pattern;
struct matcher; /* working memory, made when first needed and then used again */

enum match_result { MATCH_DONE, MATCH_BAD_PATTERN, MATCH_LIMIT };

/* The work that the last match took, compiling its pattern included, as evaluation counts steps. */
int64_t matcher_steps(const struct matcher *matcher);

/* NULL: *ret_fault tells where and why. */
const struct pattern *pattern_compile(
	struct arena *arena, struct str text, struct pattern_fault *ret_fault);

/* Whether the pattern is found anywhere in the subject. *matcher is NULL at first. */
enum match_result pattern_match(const struct pattern *pattern, struct arena *arena,
	struct matcher **matcher, struct str subject, bool *ret_is_match);

/* The same with a pattern that is only known now: compiled into the scratch, and gone with it. */
enum match_result pattern_match_text(struct scratch *scratch, struct matcher **matcher,
	struct str text, struct str subject, bool *ret_is_match);

#endif
