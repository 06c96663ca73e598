/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A rule told to people, whole: what it says as sentences, which reports it looks at, what it reads
 * of the record, its texts, its examples, and how it changed from version to version. The same for
 * a terminal and for a published document.
 */
#ifndef TELL_TELLING_H
#define TELL_TELLING_H

#include "rule/rule.h"
#include "tell/prose.h"

struct telling {
	struct arena *arena;
	struct page *page;
	enum language language;
	const struct rule *rules; /* of the rule set, all versions */
	size_t rule_count;
	const char *programme; /* its id, to be told with the rule; or NULL */
	int level;             /* of the headings of rules */
	bool has_examples;     /* all of them, or only the first of either sort */
	bool has_source;       /* the expressions as they are written, too */
};

/*
 * Tells the rule with this id. Of for_each it is the id that the file gives, and then all that were
 * made of it are meant, or the id of one of them. False: there is no such rule.
 */
bool telling_rule(const struct telling *telling, const char *id);

/* The id that was probably meant, or NULL. */
const char *telling_nearest(const struct telling *telling, const char *id);

/* Periods as they are said: "van 2021-03 tot en met 2021-12". Either may be NULL. */
const char *telling_periods(
	struct arena *arena, enum language language, const char *from, const char *until);

/* A message or help as it is written, {{...}} included, as part of a line. */
void telling_text(struct page *page, struct str text);

/* The reports that a rule looks at: "rapporten over besteding". */
const char *telling_kind(const struct rule *rule, enum language language);

#endif
