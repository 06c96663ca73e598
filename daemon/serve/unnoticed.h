/* SPDX-License-Identifier: EUPL-1.2 */
/* What no example would notice, told to the people who write rules: see rule/mutant.h. */
#ifndef SERVE_UNNOTICED_H
#define SERVE_UNNOTICED_H

#include "rule/mutant.h"

/* The changes that nobody would notice, each at its place, and a line that sums up. */
void unnoticed_tell(struct buf *out, struct arena *arena, const struct mutants *mutants);

#endif
