/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The settings as the one JSON document that the database mirrors: programmes, municipalities,
 * submitters, allocations, rule sets and receipt keys. No secret is among them.
 */
#ifndef SERVE_REFERENCE_H
#define SERVE_REFERENCE_H

#include "serve/settings.h"

void reference_write(struct buf *out, const struct settings *settings);

#endif
