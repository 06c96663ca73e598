/* SPDX-License-Identifier: EUPL-1.2 */
/* For tests about decoding: a report's text in, what was found out. Asserts by cmocka. */
#ifndef SUPPORT_DECODING_H
#define SUPPORT_DECODING_H

#include "report/decode.h"

struct decoding {
	struct arena *arena;               /* of the report: REPORT_ARENA_BYTES */
	struct arena *programmes;          /* of what lasts for the test */
	const struct programme *programme; /* sample_programme */
	enum decode_result result;
	struct report report;
	struct findings findings; /* not finished: in the order in which they were found */
	struct json_error json_error;
};

/* A setup and teardown of cmocka: *state is a struct decoding. */
int decoding_setup(void **state);
int decoding_teardown(void **state);

/* Decodes a text (borrowed), and forgets what was found before. */
void decode_text(struct decoding *decoding, struct str text);

/*
 * The same with a whole text from printf's arguments; with a good header and the rest of the object
 * ("\"lines\":[]"); and with a good header and lines of either kind.
 */
void decode_format(struct decoding *decoding, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void decode_report(struct decoding *decoding, const char *rest);
void decode_spending(struct decoding *decoding, const char *lines);
void decode_outreach(struct decoding *decoding, const char *lines);

/* Exactly these were found: "S-001 /lines/0/x" and so on, in any order. */
#define expect_findings(decoding, ...)                                                             \
	expect_found((decoding), (const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)
void expect_found(
	const struct decoding *decoding, const char *const *expected, const char *file, int line);

/* No finding, and DECODE_SOUND. */
#define expect_sound(decoding) expect_no_findings((decoding), __FILE__, __LINE__)
void expect_no_findings(const struct decoding *decoding, const char *file, int line);

/* The first finding with this id; fails when there is none. */
const struct finding *found(const struct decoding *decoding, const char *rule);

#endif
