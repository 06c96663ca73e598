/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/errand.h"

#include "base/ensure.h"
#include "base/hash.h"

#include <string.h>

enum {
	BUCKET_COUNT = 4096, /* a power of two */
	SPARES_MAX = 256,    /* arenas kept for the next reports: a batch or two */
};

struct errands {
	struct hash_key hash_key;
	struct errand *buckets[BUCKET_COUNT];
	size_t count;
	size_t bytes;
	struct arena *spares[SPARES_MAX];
	size_t spare_count;
};

struct errands *errands_new(struct arena *arena)
{
	struct errands *errands = ARENA_NEW(arena, struct errands);
	errands->hash_key = hash_key_random();
	return errands;
}

void errands_free(struct errands **errands)
{
	struct errands *mine = *errands;
	*errands = NULL;
	if (mine == NULL)
		return;
	for (size_t i = 0; i < BUCKET_COUNT; i++) {
		while (mine->buckets[i] != NULL) {
			struct errand *errand = mine->buckets[i];
			errands_remove(mine, errand);
			errand_close(mine, &errand);
		}
	}
	while (mine->spare_count > 0)
		arena_free(&mine->spares[--mine->spare_count]);
}

static struct arena *take_arena(struct errands *errands)
{
	if (errands->spare_count > 0)
		return errands->spares[--errands->spare_count];
	return arena_new(ERRAND_ARENA_BYTES);
}

struct errand *errand_open(struct errands *errands, struct service *service)
{
	struct arena *arena = take_arena(errands);
	struct errand *errand = ARENA_NEW(arena, struct errand);
	errand->submission.arena = arena;
	errand->submission.owner = errand;
	errand->service = service;
	errand->settings = settings_hold(service->settings);
	return errand;
}

void errand_close(struct errands *errands, struct errand **errand)
{
	struct errand *mine = *errand;
	*errand = NULL;
	settings_release(&mine->settings);
	struct arena *arena = mine->submission.arena;
	if (errands->spare_count == SPARES_MAX) {
		arena_free(&arena);
		return;
	}
	arena_reset(arena);
	errands->spares[errands->spare_count++] = arena;
}

static size_t bucket_of(const struct errands *errands, const uint8_t request[REQUEST_ID_SIZE])
{
	struct str id = {(const char *)request, REQUEST_ID_SIZE};
	return hash_str(errands->hash_key, id) & (BUCKET_COUNT - 1);
}

struct errand *errands_find(const struct errands *errands, const char *submitter,
	const uint8_t request[REQUEST_ID_SIZE])
{
	struct errand *errand = errands->buckets[bucket_of(errands, request)];
	for (; errand != NULL; errand = errand->next) {
		const struct submission *submission = &errand->submission;
		if (memcmp(submission->request, request, REQUEST_ID_SIZE) == 0 &&
			strcmp(submission->submitter, submitter) == 0)
			return errand;
	}
	return NULL;
}

void errands_add(struct errands *errands, struct errand *errand)
{
	size_t bucket = bucket_of(errands, errand->submission.request);
	errand->next = errands->buckets[bucket];
	errands->buckets[bucket] = errand;
	errand->bytes = arena_used(errand->submission.arena);
	errands->bytes += errand->bytes;
	errands->count++;
}

void errands_remove(struct errands *errands, struct errand *errand)
{
	struct errand **link = &errands->buckets[bucket_of(errands, errand->submission.request)];
	while (*link != errand) {
		ensure(*link != NULL);
		link = &(*link)->next;
	}
	*link = errand->next;
	errands->bytes -= errand->bytes;
	errands->count--;
}

void errand_join(struct errand *errand, const struct route *route)
{
	if (errand->route_count == ERRAND_ADDRESSES_MAX) {
		memmove(&errand->routes[0], &errand->routes[1],
			(ERRAND_ADDRESSES_MAX - 1) * sizeof(*route));
		errand->route_count--;
	}
	errand->routes[errand->route_count++] = *route;
}

size_t errands_count(const struct errands *errands)
{
	return errands->count;
}

size_t errands_bytes(const struct errands *errands)
{
	return errands->bytes;
}

void errands_visit(const struct errands *errands, void (*visit)(struct errand *errand))
{
	for (size_t i = 0; i < BUCKET_COUNT; i++) {
		for (struct errand *errand = errands->buckets[i]; errand != NULL;
			errand = errand->next)
			visit(errand);
	}
}
