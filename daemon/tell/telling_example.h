/* SPDX-License-Identifier: EUPL-1.2 */
/* The examples of a rule as sentences: what is given, and nothing of what is left plain. */
#ifndef TELL_TELLING_EXAMPLE_H
#define TELL_TELLING_EXAMPLE_H

#include "rule/rule.h"
#include "tell/prose.h"

/* An item of a list for each example of `examples`, the first only or all of them. */
void telling_examples(
	struct prose *prose, const struct rule *rule, const struct node *examples, bool has_all);

#endif
