/* SPDX-License-Identifier: EUPL-1.2 */
/* What every subcommand is given, and how it says that it could not do its work. */
#ifndef CLIENT_CALL_H
#define CLIENT_CALL_H

#include "base/buf.h"
#include "settings.h"
#include "trouble.h"

#include <stdio.h>

/* The exit statuses of steun; scripts rely on them. */
enum {
	EXIT_ACCEPTED = 0,
	EXIT_REJECTED = 1,    /* or refused, or a proof that does not hold */
	EXIT_USAGE = 2,       /* or input or a setting that cannot be read */
	EXIT_UNDELIVERED = 3, /* not delivered (yet); nothing was rejected */
};

struct call {
	struct arena *arena; /* of the whole run */
	const struct options *options;
	const struct settings *settings;
	enum language language;
	FILE *out; /* results */
	FILE *err; /* progress and failures */
};

/* "steun: <message>" on err. Returns `status`, so that `return call_fail(...)` ends a subcommand.
 */
int call_fail(const struct call *call, int status, const struct error *err);
int call_fail_text(const struct call *call, int status, const char *text);
int call_fail_mistakes(const struct call *call, int status, const struct mistakes *mistakes);

/* Says on err what keeps reports from being delivered. */
void call_trouble(const struct call *call, enum trouble trouble, const char *endpoint);

/* Writes a buf to one of the call's files, and empties it. */
void call_print(FILE *file, struct buf *text);

/* The instant at which to stop trying; `fallback_s` counts where the settings say "never", 0:
 * never. */
int64_t call_deadline_us(const struct call *call, int64_t fallback_s);

/* True when there is all that is needed to connect; false after having told what is missing. */
bool call_can_connect(const struct call *call);

#endif
