/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/report.h"

#include <stddef.h>

const char *const status_names[] = {"provisional", "final", "withdrawn", "unknown", NULL};
