/* SPDX-License-Identifier: EUPL-1.2 */
/* What to do about an error of the server, by its SQLSTATE: one table. */
#ifndef STORE_SQLSTATE_H
#define STORE_SQLSTATE_H

enum remedy {
	REMEDY_AGAIN,     /* nothing is wrong with the batch: the same may well succeed now */
	REMEDY_SPLIT,     /* something in the batch cannot be stored: find it */
	REMEDY_RECONNECT, /* the server, or this connection, is not fit */
};

/* Five characters; anything unknown, NULL included, is split. */
enum remedy sqlstate_remedy(const char *sqlstate);

#endif
