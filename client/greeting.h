/* SPDX-License-Identifier: EUPL-1.2 */
/* The ministry's WELCOME: who it says that we are, what we may send, and with which keys it signs.
 */
#ifndef CLIENT_GREETING_H
#define CLIENT_GREETING_H

#include "ask.h"
#include "known_keys.h"

struct greeting {
	struct known_keys keys;
	struct str body;
	const struct json *root;
	const struct json *sender; /* {"id","name","municipalities","kinds","programmes"} */
};

/* Asks HELLO. False after having told why. Memory is the call's. */
bool greeting_ask(const struct call *call, struct conversation *conversation, int64_t deadline_us,
	struct greeting *ret_greeting);

#endif
