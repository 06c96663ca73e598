/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/errand.h"

#include "tests/support/unit.h"

#include <string.h>

enum { MANY = 1000 };

/* A service that has nothing but settings, which is all that an errand looks at. */
struct desk {
	struct arena *arena;
	struct settings settings;
	struct service service;
	struct errands *errands;
};

static int open_desk(void **state)
{
	static struct desk desk;
	struct error err = {0};
	assert_true(crypto_start(&err));
	desk = (struct desk){.arena = arena_new(1024 * 1024)};
	desk.settings.holders = 1;
	desk.service.settings = &desk.settings;
	desk.errands = errands_new(desk.arena);
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	errands_free(&desk->errands);
	assert_null(desk->errands);
	assert_int_equal(desk->settings.holders, 1);
	arena_free(&desk->arena);
	return 0;
}

static struct errand *add(struct desk *desk, const char *submitter, int number)
{
	struct errand *errand = errand_open(desk->errands, &desk->service);
	errand->submission.submitter = submitter;
	memcpy(errand->submission.request, &number, sizeof(number));
	errands_add(desk->errands, errand);
	return errand;
}

static struct errand *find(struct desk *desk, const char *submitter, int number)
{
	uint8_t request[REQUEST_ID_SIZE] = {0};
	memcpy(request, &number, sizeof(number));
	return errands_find(desk->errands, submitter, request);
}

static void errands_are_found_by_submitter_and_request(void **state)
{
	struct desk *desk = *state;
	struct errand *a = add(desk, "a", 1), *b = add(desk, "b", 1), *c = add(desk, "a", 2);
	assert_ptr_equal(find(desk, "a", 1), a);
	assert_ptr_equal(find(desk, "b", 1), b);
	assert_ptr_equal(find(desk, "a", 2), c);
	assert_null(find(desk, "b", 2));
	assert_ptr_equal(a->submission.owner, a);
}

static void what_is_removed_is_found_no_more_and_counts_no_more(void **state)
{
	struct desk *desk = *state;
	struct errand *errands[MANY];
	for (int i = 0; i < MANY; i++)
		errands[i] = add(desk, i % 2 == 0 ? "a" : "b", i / 2);
	assert_int_equal(errands_count(desk->errands), MANY);
	assert_true(errands_bytes(desk->errands) >= MANY * sizeof(struct errand));
	for (int i = 0; i < MANY; i += 2) {
		errands_remove(desk->errands, errands[i]);
		errand_close(desk->errands, &errands[i]);
		assert_null(errands[i]);
	}
	for (int i = 0; i < MANY; i++) {
		bool is_there = find(desk, i % 2 == 0 ? "a" : "b", i / 2) != NULL;
		assert_int_equal(is_there, i % 2);
	}
	assert_int_equal(errands_count(desk->errands), MANY / 2);
}

static void an_errand_holds_the_settings_it_arrived_under(void **state)
{
	struct desk *desk = *state;
	struct errand *errand = errand_open(desk->errands, &desk->service);
	assert_int_equal(desk->settings.holders, 2);
	assert_ptr_equal(errand->settings, &desk->settings);
	errand_close(desk->errands, &errand);
	assert_int_equal(desk->settings.holders, 1);
}

static void the_latest_addresses_are_kept(void **state)
{
	struct desk *desk = *state;
	struct errand *errand = add(desk, "a", 1);
	for (uint8_t i = 1; i <= ERRAND_ADDRESSES_MAX + 2; i++) {
		struct route route = {.size = 1, .bytes = {i}};
		errand_join(errand, &route);
	}
	assert_int_equal(errand->route_count, ERRAND_ADDRESSES_MAX);
	assert_int_equal(errand->routes[0].bytes[0], 3);
	assert_int_equal(
		errand->routes[ERRAND_ADDRESSES_MAX - 1].bytes[0], ERRAND_ADDRESSES_MAX + 2);
}

static void memory_is_used_again_and_starts_empty(void **state)
{
	struct desk *desk = *state;
	struct errand *errand = errand_open(desk->errands, &desk->service);
	struct arena *arena = errand->submission.arena;
	size_t used = arena_used(arena);
	memset(arena_alloc(arena, 1000), 0xff, 1000);
	errand_close(desk->errands, &errand);
	errand = errand_open(desk->errands, &desk->service);
	assert_ptr_equal(errand->submission.arena, arena);
	assert_int_equal(arena_used(arena), used);
	const unsigned char *again = arena_alloc(arena, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(again[i], 0);
	errand_close(desk->errands, &errand);
}

static size_t visited;

static void visit(struct errand *errand)
{
	assert_non_null(errand->submission.submitter);
	visited++;
}

static void every_errand_under_way_is_visited(void **state)
{
	struct desk *desk = *state;
	for (int i = 0; i < MANY; i++)
		add(desk, "a", i);
	visited = 0;
	errands_visit(desk->errands, visit);
	assert_int_equal(visited, MANY);
}

static void nothing_to_free_is_fine(void **state)
{
	(void)state;
	struct errands *none = NULL;
	errands_free(&none);
	assert_null(none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(errands_are_found_by_submitter_and_request),
		TEST(what_is_removed_is_found_no_more_and_counts_no_more),
		TEST(an_errand_holds_the_settings_it_arrived_under),
		TEST(the_latest_addresses_are_kept),
		TEST(memory_is_used_again_and_starts_empty),
		TEST(every_errand_under_way_is_visited),
		TEST(nothing_to_free_is_fine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
