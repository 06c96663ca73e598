/* SPDX-License-Identifier: EUPL-1.2 */
/* The subcommands, one a file; each returns the exit status. */
#ifndef CLIENT_COMMAND_H
#define CLIENT_COMMAND_H

#include "call.h"

int command_keygen(const struct call *call);
int command_hello(const struct call *call);
int command_ping(const struct call *call);
int command_check(const struct call *call);
int command_submit(const struct call *call);
int command_status(const struct call *call);
int command_recall(const struct call *call);
int command_verify(const struct call *call);
int command_rules(const struct call *call);

#endif
