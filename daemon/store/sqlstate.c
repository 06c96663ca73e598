/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sqlstate.h"

#include "base/str.h"

struct row {
	const char
		*prefix; /* a class (two characters) or a whole state; the first that fits counts */
	enum remedy remedy;
};

static const struct row rows[] = {
	{"40", REMEDY_AGAIN},        /* serialization failure, deadlock */
	{"55P03", REMEDY_AGAIN},     /* a lock was not to be had in time */
	{"57014", REMEDY_AGAIN},     /* cancelled: statement_timeout */
	{"08", REMEDY_RECONNECT},    /* connection */
	{"25006", REMEDY_RECONNECT}, /* read-only: the primary is elsewhere now */
	{"28", REMEDY_RECONNECT},    /* may not log in */
	{"3D", REMEDY_RECONNECT},    /* no such database */
	{"3F", REMEDY_RECONNECT},    /* no such schema */
	{"42501", REMEDY_RECONNECT}, /* no right to a function: not our schema */
	{"42883", REMEDY_RECONNECT}, /* no such function: not our schema */
	{"42P01", REMEDY_RECONNECT}, /* no such table: not our schema */
	{"26", REMEDY_RECONNECT},    /* a prepared statement is gone: not our session */
	{"53", REMEDY_RECONNECT},    /* disk, memory or connections ran out */
	{"57P", REMEDY_RECONNECT},   /* shutting down, starting up */
	{"58", REMEDY_RECONNECT},    /* I/O */
};

enum remedy sqlstate_remedy(const char *sqlstate)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (str_starts_with(str_of(sqlstate), str_of(rows[i].prefix)))
			return rows[i].remedy;
	}
	return REMEDY_SPLIT;
}
