/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which of a file's params and names under let its expressions name. What could not be parsed
 * uses every name that it holds as a word: one mistake must not bring on another that is none.
 */
#ifndef RULE_USAGE_H
#define RULE_USAGE_H

#include "base/arena.h"
#include "cel/template.h"
#include "yaml/tree.h"

struct usage;

/* `params` and `let` are the file's, or NULL; entries that are not read as such do no harm. */
struct usage *usage_new(struct arena *arena, const struct node *params, const struct node *let);

/*
 * A NULL usage is asked nothing, so nothing is noted. A name that is wrong itself is noted as used,
 * for it has been told of.
 */
void usage_of_expression(struct usage *usage, const struct expression *expression);
void usage_of_template(struct usage *usage, const struct text_template *template);
void usage_of_name(struct usage *usage, struct str name);
void usage_of_text(struct usage *usage, struct str text);
void usage_of_node(struct usage *usage, const struct node *node); /* all its texts */

/*
 * A mistake for each that nothing names. What only an unused name uses is not told: that name is
 * the mistake. Returns false when there was one.
 */
bool usage_tell(const struct usage *usage, struct mistakes *mistakes);

#endif
