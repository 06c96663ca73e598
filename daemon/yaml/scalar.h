/* SPDX-License-Identifier: EUPL-1.2 */
/* One scalar into one field, by a row of a binding table: the leaves of yaml/bind. */
#ifndef YAML_SCALAR_H
#define YAML_SCALAR_H

#include "yaml/bind.h"

/* True for the types that a scalar can hold. */
bool scalar_has_type(enum bind_type type);

/* Writes the field at `field->offset` of the struct; a mistake names key, bounds and value. */
bool scalar_bind(const struct node *node, const struct bind_field *field, void *target,
	struct mistakes *mistakes);

#endif
