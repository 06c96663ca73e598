/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/choices.h"

static uint8_t next_byte(struct choices *choices)
{
	return choices->at < choices->size ? choices->data[choices->at++] : 0;
}

uint32_t choose(struct choices *choices, uint32_t count)
{
	if (count <= 1)
		return 0;
	uint32_t number = next_byte(choices);
	if (count > 256)
		number = number << 8 | next_byte(choices);
	return number % count;
}

uint64_t choose_bits(struct choices *choices)
{
	uint64_t bits = 0;
	for (int i = 0; i < 8; i++)
		bits = bits << 8 | next_byte(choices);
	return bits;
}

/* Marsaglia's xorshift. */
void choices_fill(uint64_t *state, uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		*state ^= *state << 13;
		*state ^= *state >> 7;
		*state ^= *state << 17;
		data[i] = (uint8_t)(*state >> 32);
	}
}
