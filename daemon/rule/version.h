/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The versions of a programme's rules. Files that say the same `version:` are one version; it is in
 * force from the period under `from:` until the next version begins. So rules can change in the
 * middle of a programme, and a report that is late or corrected is judged by those of its period.
 */
#ifndef RULE_VERSION_H
#define RULE_VERSION_H

#include "programme/programme.h"
#include "rule/document.h"

struct version {
	int64_t number;
	const char *from;  /* YYYY-MM; NULL: of the first one that says none, from the beginning */
	const char *until; /* the last period; NULL: to the end */
	struct map *ids;   /* of its rules: id -> const struct rule_document * */
};

/*
 * The version of each document, into ret_versions[count]. False when there was a mistake: numbers
 * and beginnings go up together, so that every period has one version.
 */
bool versions_order(struct arena *arena, const struct document *const *documents, size_t count,
	const struct version **ret_versions, struct mistakes *mistakes);

/*
 * Narrows the periods of a rule (NULL: open) to those of its version. False when none is left: a
 * later version began before the rule did.
 */
bool version_narrow(const struct version *version, const char **from, const char **until);

/*
 * A mistake when the rule's own bounds, the beginning of its version and the programme leave it no
 * period. When the version ends is no part of that: a later file leaves the ones before it good.
 */
bool version_check_rule(const struct version *version, const struct programme *programme,
	const struct rule_document *rule, struct mistakes *mistakes);

#endif
