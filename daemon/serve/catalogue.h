/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of a programme as the body of the answer RULES. */
#ifndef SERVE_CATALOGUE_H
#define SERVE_CATALOGUE_H

#include "serve/settings.h"

/* With `has_source` the YAML texts as well, under their file names without folders. */
void catalogue_write(struct buf *out, const struct settings_programme *programme, bool has_source);

#endif
