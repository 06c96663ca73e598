/* SPDX-License-Identifier: EUPL-1.2 */
/* Any text as a receipt: one that is read was written in the one form that there is. */
#include "base/ensure.h"
#include "report/receipt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct receipt_content content;
	struct error err = {.is_set = false};
	struct str text = {(const char *)data, size};
	if (arena == NULL)
		arena = arena_new(1 << 20);
	arena_reset(arena);
	bool is_read = receipt_read(arena, text, &content, &err);
	ensure(is_read != err.is_set);
	if (!is_read)
		return 0;
	ensure(content.number > 0 && content.revision > 0 && content.errors >= 0);
	ensure(str_starts_with(content.full_number, content.programme));
	return 0;
}
