/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/ensure.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void ensure_failed(const char *claim, const char *file, int line, const char *function)
{
	/* dprintf, not stdio's buffers: the process is about to go, and its state is not to be
	 * trusted. */
	dprintf(2, "%s:%d: %s: this must hold and does not: %s\n", file, line, function, claim);
	abort();
}
