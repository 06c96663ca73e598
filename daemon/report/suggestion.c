/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/suggestion.h"

#include <string.h>

static const char ellipsis[] = "…";

void suggestion_begin(struct suggestion *suggestion, struct str word)
{
	suggestion->word = word;
	suggestion->nearest = NULL;
	suggestion->distance = SIZE_MAX;
	suggestion->list_length = 0;
	suggestion->is_list_full = false;
}

static void compare(struct suggestion *suggestion, const char *known, struct str candidate)
{
	size_t length = suggestion->word.length;
	size_t allowed = length / 3;
	size_t longer = candidate.length > length ? candidate.length : length;
	size_t shorter = candidate.length > length ? length : candidate.length;
	if (longer - shorter > allowed) /* cheap, and true of most */
		return;
	size_t distance = str_distance(suggestion->word, candidate);
	if (distance > allowed || distance >= suggestion->distance)
		return;
	suggestion->nearest = known;
	suggestion->distance = distance;
}

static void list(struct suggestion *suggestion, struct str known)
{
	struct str separator = suggestion->list_length > 0 ? STR(", ") : STR("");
	size_t room = sizeof(suggestion->list) - suggestion->list_length;
	if (suggestion->is_list_full)
		return;
	if (separator.length + known.length + strlen(", ") + sizeof(ellipsis) > room) {
		suggestion->is_list_full = true;
		known = str_of(ellipsis);
	}
	char *end = suggestion->list + suggestion->list_length;
	memcpy(end, separator.data, separator.length);
	memcpy(end + separator.length, known.data, known.length);
	suggestion->list_length += separator.length + known.length;
}

void suggestion_offer(struct suggestion *suggestion, const char *known, const char *title)
{
	compare(suggestion, known, str_of(known));
	if (title != NULL)
		compare(suggestion, known, str_of(title));
	list(suggestion, str_of(known));
}

struct str suggestion_finish(struct arena *arena, const struct suggestion *suggestion)
{
	if (suggestion->nearest != NULL)
		return str_of(suggestion->nearest);
	return arena_copy(arena, (struct str){suggestion->list, suggestion->list_length});
}
