/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The two languages of what people read. A sentence stands in the source in both, side by side,
 * so that neither can be forgotten and the compiler checks both against their arguments.
 */
#ifndef CLIENT_LANGUAGE_H
#define CLIENT_LANGUAGE_H

enum language { LANGUAGE_DUTCH, LANGUAGE_ENGLISH };

#define SAY(language, dutch, english) ((language) == LANGUAGE_ENGLISH ? (english) : (dutch))

#endif
