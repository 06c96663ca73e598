/* SPDX-License-Identifier: EUPL-1.2 */
/* What keeps reports from being delivered, in words that say who must do what. */
#ifndef CLIENT_TROUBLE_H
#define CLIENT_TROUBLE_H

#include "base/buf.h"
#include "language.h"

enum trouble {
	TROUBLE_NONE,
	TROUBLE_UNREACHABLE, /* nobody listens, no such host, or the connection was lost */
	TROUBLE_HANDSHAKE,   /* somebody listens, but holds another key than server_key */
	TROUBLE_KEY_UNKNOWN, /* the ministry does not know our key */
	TROUBLE_SILENT,      /* connected, but no answer in time */
	TROUBLE_BUSY,
	TROUBLE_RATE_LIMITED,
	TROUBLE_STORE_DOWN,
	TROUBLE_COUNT,
};

/* One sentence without a full stop or line end; nothing for TROUBLE_NONE. */
void trouble_describe(
	enum trouble trouble, const char *endpoint, enum language language, struct buf *out);

#endif
