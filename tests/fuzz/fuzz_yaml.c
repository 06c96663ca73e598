/* SPDX-License-Identifier: EUPL-1.2 */
/* YAML as a programme is bound from it: no text crashes, stalls or leaves its bounds. */
#include "base/ensure.h"
#include "programme/draft.h"
#include "yaml/tree.h"

enum { ARENA_MAX = YAML_ARENA_MAX + 32 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every node knows a place inside the text, and is counted by its parent. */
static void check(const struct node *node)
{
	ensure(node->line > 0 && node->column > 0);
	ensure(node->type != NODE_SCALAR || node->text.data[node->text.length] == '\0');
	size_t count = 0;
	for (const struct node *child = node->first; child != NULL; child = child->next) {
		ensure((child->key != NULL) == (node->type == NODE_MAPPING));
		check(child);
		count++;
	}
	ensure(count == node->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct mistakes *mistakes = mistakes_new(arena);
	struct str text = {(const char *)data, size};
	const struct node *root = yaml_parse(arena, "fuzz.yaml", text, mistakes);
	ensure(root != NULL || mistakes_total(mistakes) > 0);
	if (root != NULL) {
		struct draft draft = {0};
		check(root);
		bool is_bound = draft_bind(arena, root, &draft, mistakes);
		ensure(is_bound == (mistakes_total(mistakes) == 0));
	}
	arena_free(&arena);
	return 0;
}
