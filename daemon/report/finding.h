/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is wrong, or odd, in a report: data for the reporter, never an error of ours. A list of
 * findings belongs to one report and lives in its arena.
 */
#ifndef REPORT_FINDING_H
#define REPORT_FINDING_H

#include "base/arena.h"
#include "base/json_write.h"

enum {
	FINDINGS_MAX = 2000, /* past it one last finding, S-999, tells how many more there were */
	FINDING_VALUE_BYTES = 200, /* of a value shown; what is cut ends in an ellipsis */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

extern const char *const severity_names[]; /* "error", "warning", NULL */

struct finding {
	struct str rule; /* "S-012", "B-210" */
	enum severity severity;
	uint32_t line;       /* from 1; 0: the report as a whole */
	struct str path;     /* RFC 6901 JSON pointer into the report; may be empty */
	struct str ref;      /* the submitter's own row reference, or empty */
	struct str value;    /* as found, or empty; at most 200 bytes of it */
	struct str expected; /* or empty */
	struct str message_nl, message_en;
	struct str help_nl, help_en; /* may be empty */
	struct str explanation;      /* the submitter's answer to a warning, or empty */
	bool is_explained;
};

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count, capacity;
	size_t error_count, warning_count; /* of items */
	size_t unexplained_warning_count;
	size_t dropped, dropped_errors; /* past FINDINGS_MAX */
	bool is_finished;
};

enum verdict { VERDICT_ACCEPTED, VERDICT_ACCEPTED_WITH_WARNINGS, VERDICT_REJECTED };

extern const char
	*const verdict_names[]; /* "accepted", "accepted-with-warnings", "rejected", NULL */

void findings_init(struct findings *findings, struct arena *arena);

/* Copies the struct, borrows its texts (they are to live in the same arena or longer). */
void findings_add(struct findings *findings, const struct finding *finding);

/* Fills an empty list at once with what was finished before; the items are borrowed. */
void findings_take(struct findings *findings, struct finding *items, size_t item_count);

/*
 * Errors first, then by line, then by rule; stable. Adds S-999 when some were dropped, an error if
 * one of those was. A second call changes nothing; nothing may be added after the first.
 */
void findings_finish(struct findings *findings);

/* Rejected when there was any error, dropped ones included. */
enum verdict findings_verdict(const struct findings *findings);

/* `text`, or as much of it as may be shown as a value: whole characters, and an ellipsis. */
struct str finding_value(struct arena *arena, struct str text);

/*
 * The JSON array of the protocol, one finding: {"rule","severity","line","path","ref","value",
 * "expected","message":{"nl","en"},"help":{"nl","en"},"explained"}. The line is null where the
 * finding is about the whole report; ref, value, expected and help are left out when empty.
 * These bytes are what findings_sha256 in the receipt is taken over.
 */
void findings_write(const struct findings *findings, struct json_writer *writer, const char *name);

#endif
