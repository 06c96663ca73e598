/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the fields of the bindings can hold, by the report's format (its words and bounds) and the
 * programme (its ids and months): where estimates begin.
 */
#ifndef RULE_DOMAIN_H
#define RULE_DOMAIN_H

#include "cel/estimate.h"
#include "rule/bindings.h"
#include "rule/document.h"

struct domains {
	struct estimate bindings[VIEW_COUNT][BINDING_COUNT]; /* params and each aside */
	struct estimate each[DIMENSION_COUNT];               /* all that for_each goes over */
	size_t *bytes; /* left for estimates that begin here: ESTIMATES_BYTES_MAX at first */
};

const struct domains *domains_new(struct arena *arena, const struct programme *programme);

/*
 * A file's params: each is the value that the file gives it, but what is true or false may be
 * either, for that is a switch, and what it turns off is no mistake.
 */
const struct estimate *domain_of_params(struct arena *arena, const struct value *params);

#endif
