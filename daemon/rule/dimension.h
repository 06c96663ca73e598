/* SPDX-License-Identifier: EUPL-1.2 */
/* What for_each goes over: the programme's action lines, items, target groups or funding lines. */
#ifndef RULE_DIMENSION_H
#define RULE_DIMENSION_H

#include "rule/bindings.h"
#include "rule/document.h"

/* The values of a dimension, each a record of each_type. */
const struct value *dimension_values(struct arena *arena, const struct programme *programme,
	enum dimension dimension, size_t *ret_count);

#endif
