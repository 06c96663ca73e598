/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Everything that steun needs to know besides its files: from steun.yaml, overridden by $STEUN_*,
 * overridden by the command line. Every key has a default but the ministry's address and key.
 */
#ifndef CLIENT_SETTINGS_H
#define CLIENT_SETTINGS_H

#include "base/mistake.h"
#include "language.h"
#include "options.h"
#include "yaml/bind.h"

struct settings {
	struct texts endpoints;
	const char *server_key; /* 40 characters of Z85, or a certificate's path; or NULL */
	const char *key;        /* path of our own NAME.key_secret; or NULL */
	const char *spool, *receipts;
	const char *programme;
	const char *programmes;    /* folder; used offline only */
	struct texts receipt_keys; /* base64; when given, no other key is ever believed */
	int language;              /* enum language */
	int64_t timeout_s;         /* 0: never stops trying */
	int64_t reply_timeout_s;
	int64_t window;
};

/*
 * False when there was any mistake. A file named by --config or $STEUN_CONFIG must exist;
 * ~/.config/steun/steun.yaml and /etc/steun/steun.yaml may, and the first there is counts.
 */
bool settings_load(struct arena *arena, const struct options *options,
	struct settings *ret_settings, struct mistakes *mistakes);

/* What is missing to talk to the ministry, as mistakes; true when nothing is. */
bool settings_can_connect(
	const struct settings *settings, enum language language, struct mistakes *mistakes);

#endif
