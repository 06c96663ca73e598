/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people read: findings one can act on, and the words of the domain in Dutch or English.
 * Everything that comes from a file or from the ministry goes through print_text, so that no
 * text can play tricks on a terminal.
 */
#ifndef CLIENT_PRINT_H
#define CLIENT_PRINT_H

#include "base/buf.h"
#include "base/json.h"
#include "header.h"
#include "language.h"

/*
 * Line ends become spaces; controls, and what turns or hides text (direction marks, zero-width
 * characters), become \xNN or \u{NNNN}.
 */
void print_text(struct buf *out, struct str text);

/* The language's member of {"nl","en"}, or the other one where that is absent. */
struct str print_choose(const struct json *texts, enum language language);

/* "spending" -> "besteding", "2021-06" -> "juni 2021"; what is not known comes out as it is. */
void print_word(struct buf *out, struct str word, enum language language);
void print_period(struct buf *out, struct str period, enum language language);

/* "GM0451, juni 2021, besteding, revisie 1"; absent parts are left out. */
void print_header(struct buf *out, const struct header *header, enum language language);

/* An array of findings, a few lines each, errors and warnings as they come. */
void print_findings(struct buf *out, const struct json *findings, enum language language);

/* {"VWS": "<mailbox>"}: whom to ask, on one line. */
void print_contact(struct buf *out, const struct json *contact, enum language language);

#endif
