/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A run of bytes as a run of choices: what a fuzzer finds is then the shortest way to a thing made,
 * and a seed makes the same thing every time. Where the bytes end every choice is the first one,
 * which is always the simplest.
 */
#ifndef TESTS_SUPPORT_CHOICES_H
#define TESTS_SUPPORT_CHOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct choices {
	const uint8_t *data;
	size_t size, at;
};

/* Below `count`, which is 1 to 65536. */
uint32_t choose(struct choices *choices, uint32_t count);
uint64_t choose_bits(struct choices *choices);

/* Fills the bytes from a state that moves on; the state is not 0. */
void choices_fill(uint64_t *state, uint8_t *data, size_t size);

#endif
