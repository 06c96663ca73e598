/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/version.h"

#include "base/map.h"
#include "programme/period.h"

#include <stdlib.h>
#include <string.h>

/* Periods compare as texts; "" is before, and "~" behind every one of them. */
static const char *beginning(const char *from)
{
	return from != NULL ? from : "";
}

static const char *end(const char *until)
{
	return until != NULL ? until : "~";
}

static const char *earlier(const char *a, const char *b)
{
	return strcmp(end(a), end(b)) <= 0 ? a : b;
}

static const char *later(const char *a, const char *b)
{
	return strcmp(beginning(a), beginning(b)) >= 0 ? a : b;
}

/* Versions ------------------------------------------------------------------------------------ */

/* A version in the making, and the first document that told of it. */
struct told {
	struct version *version;
	const struct document *document;
};

static int compare_told(const void *a, const void *b)
{
	const struct told *left = a, *right = b;
	int64_t x = left->version->number, y = right->version->number;
	return (x > y) - (x < y);
}

static const struct node *place_of_from(const struct document *document)
{
	const struct node *from = node_member(document->node, "from");
	return from != NULL ? from : node_member(document->node, "version");
}

/* One whose version or beginning is mistaken is told of that, and not held against the others. */
static bool is_readable(const struct document *document)
{
	return document->version > 0 &&
	       (document->from != NULL || node_member(document->node, "from") == NULL);
}

/* Files of one version say the same, so that none is believed to begin at another time. */
static bool agrees(
	const struct told *told, const struct document *document, struct mistakes *mistakes)
{
	if (strcmp(beginning(told->version->from), beginning(document->from)) == 0)
		return true;
	return node_mistake(mistakes, place_of_from(document),
		"%s:%u begins version %lld %s%s: files of one version have the same 'from'",
		told->document->node->file, (unsigned)place_of_from(told->document)->line,
		(long long)document->version, told->version->from != NULL ? "from " : "without ",
		told->version->from != NULL ? told->version->from : "'from'");
}

static const struct version *find_or_add(struct arena *arena, struct told *told, size_t *count,
	const struct document *document, bool *is_good, struct mistakes *mistakes)
{
	for (size_t i = 0; i < *count; i++) {
		if (told[i].version->number != document->version || !is_readable(document))
			continue;
		*is_good = agrees(&told[i], document, mistakes) && *is_good;
		return told[i].version;
	}
	struct version *version = ARENA_NEW(arena, struct version);
	*version = (struct version){
		.number = document->version, .from = document->from, .ids = map_new(arena)};
	if (is_readable(document))
		told[(*count)++] = (struct told){version, document};
	return version;
}

/* Each version ends where the next begins. */
static bool link_versions(
	struct arena *arena, struct told *told, size_t count, struct mistakes *mistakes)
{
	bool is_good = true;
	qsort(told, count, sizeof(told[0]), compare_told);
	for (size_t i = 1; i < count; i++) {
		struct version *before = told[i - 1].version, *version = told[i].version;
		if (strcmp(beginning(before->from), beginning(version->from)) < 0) {
			char *until = arena_alloc(arena, PERIOD_SIZE);
			period_add(version->from, -1, until);
			before->until = until;
			continue;
		}
		is_good = node_mistake(mistakes, place_of_from(told[i].document),
			"version %lld must begin after version %lld, which is in force from %s: "
			"say 'from: \"YYYY-MM\"', the first period it is for; or give files that "
			"belong together the same version",
			(long long)version->number, (long long)before->number,
			before->from != NULL ? before->from : "the beginning");
	}
	return is_good;
}

bool versions_order(struct arena *arena, const struct document *const *documents, size_t count,
	const struct version **ret_versions, struct mistakes *mistakes)
{
	struct told *told = ARENA_ARRAY(arena, struct told, count + 1);
	size_t told_count = 0;
	bool is_good = true;
	for (size_t i = 0; i < count; i++)
		ret_versions[i] =
			find_or_add(arena, told, &told_count, documents[i], &is_good, mistakes);
	return is_good && link_versions(arena, told, told_count, mistakes);
}

/* Periods of a rule --------------------------------------------------------------------------- */

bool version_narrow(const struct version *version, const char **from, const char **until)
{
	*from = later(*from, version->from);
	*until = earlier(*until, version->until);
	return strcmp(beginning(*from), end(*until)) <= 0;
}

bool version_check_rule(const struct version *version, const struct programme *programme,
	const struct rule_document *rule, struct mistakes *mistakes)
{
	const char *from = later(later(rule->from, version->from), programme->opens);
	const char *until = earlier(rule->until, programme->closes);
	if (strcmp(from, until) <= 0)
		return true;
	/* Of the rule's own bounds one is to blame. */
	const struct node *place = node_member(rule->node, rule->from == from ? "from" : "until");
	return node_mistake(mistakes, place != NULL ? place : rule->node,
		"no period is left for this rule: with its own bounds, its version's and the "
		"programme's, "
		"it would begin in %s and end in %s",
		from, until);
}
