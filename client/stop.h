/* SPDX-License-Identifier: EUPL-1.2 */
/* The wish to stop: SIGINT, SIGTERM or SIGHUP asks once; a second one ends the program at once. */
#ifndef CLIENT_STOP_H
#define CLIENT_STOP_H

#include <stdbool.h>

void stop_on_signals(void);
bool stop_is_wanted(void);

#endif
