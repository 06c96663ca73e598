/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/standard.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool standard_fill(void)
{
	for (int wanted = STDIN_FILENO; wanted <= STDERR_FILENO; wanted++) {
		if (fcntl(wanted, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* The wrong way round, so that using it is an error. The lowest free number is it.
		 */
		int way = wanted == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (open("/dev/null", way) != wanted)
			return false;
	}
	return true;
}
