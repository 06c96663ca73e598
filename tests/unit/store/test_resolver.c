/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: getaddrinfo_a gai_error gai_cancel gai_suspend */
/* For getaddrinfo_a. */
#define _GNU_SOURCE
#include "store/resolver.h"

#include "tests/support/unit.h"

#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;

/* A name server that knows two names, and answers when it is told to. */
static const struct {
	const char *name;
	const char *addresses[3];
} known[] = {
	{"db-one", {"10.0.0.1", "::1"}},
	{"db-two", {"10.0.0.2"}},
};

static bool is_real, is_silent;
static int suspended;

int __real_getaddrinfo_a(int mode, struct gaicb *list[], int count, struct sigevent *event);
int __wrap_getaddrinfo_a(int mode, struct gaicb *list[], int count, struct sigevent *event);
int __real_gai_error(struct gaicb *question);
int __wrap_gai_error(struct gaicb *question);
int __wrap_gai_cancel(struct gaicb *question);
int __wrap_gai_suspend(const struct gaicb *const list[], int count, const struct timespec *timeout);

static void answer(struct gaicb *question)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct addrinfo **last = &question->ar_result;

		if (strcmp(known[i].name, question->ar_name) != 0)
			continue;
		for (size_t n = 0; known[i].addresses[n] != NULL; n++) {
			assert_int_equal(getaddrinfo(known[i].addresses[n], NULL, &hints, last), 0);
			last = &(*last)->ai_next;
		}
	}
}

int __wrap_getaddrinfo_a(int mode, struct gaicb *list[], int count, struct sigevent *event)
{
	if (is_real)
		return __real_getaddrinfo_a(mode, list, count, event);
	assert_int_equal(mode, GAI_NOWAIT);
	assert_int_equal(count, 1);
	answer(list[0]);
	return 0;
}

int __wrap_gai_error(struct gaicb *question)
{
	if (is_real)
		return __real_gai_error(question);
	if (is_silent)
		return EAI_INPROGRESS;
	return question->ar_result != NULL ? 0 : EAI_NONAME;
}

int __wrap_gai_cancel(struct gaicb *question)
{
	(void)question;
	return is_silent ? EAI_NOTCANCELED : EAI_ALLDONE;
}

int __wrap_gai_suspend(const struct gaicb *const list[], int count, const struct timespec *timeout)
{
	(void)list;
	(void)count;
	(void)timeout;
	suspended++;
	is_silent = false;
	return 0;
}

static int setup(void **state)
{
	(void)state;
	is_real = false;
	is_silent = false;
	suspended = 0;
	arena = arena_new(1024 * 1024);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct resolver *resolver_of(const char *conninfo)
{
	struct error err = {0};
	struct resolver *resolver = resolver_new(arena, conninfo, &err);

	if (resolver == NULL)
		fail_msg("%s", err.message);
	resolver_begin(resolver);
	return resolver;
}

static enum resolver_state wait_for(struct resolver *resolver, struct error *err)
{
	enum resolver_state state = resolver_look(resolver, err);

	for (int looks = 0; state == RESOLVER_WAITING && looks < 1000; looks++) {
		poll(NULL, 0, RESOLVER_LOOK_MS);
		state = resolver_look(resolver, err);
	}
	return state;
}

/* The parameters as "name=value;". */
static void expect_parameters(const char *conninfo, const char *expected)
{
	struct resolver *resolver = resolver_of(conninfo);
	const char *names[RESOLVER_PARAMETERS_MAX], *values[RESOLVER_PARAMETERS_MAX];
	struct error err = {0};
	char text[1024] = "";
	size_t count;

	assert_int_equal(wait_for(resolver, &err), RESOLVER_READY);
	assert_false(err.is_set);
	count = resolver_parameters(resolver, names, values);
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(text);

		snprintf(text + length, sizeof(text) - length, "%s=%s;", names[i], values[i]);
	}
	assert_string_equal(text, expected);
	resolver_close(resolver);
}

static void sockets_and_addresses_need_no_asking(void **state)
{
	(void)state;
	expect_parameters("dbname=steun", "dbname=dbname=steun;");
	expect_parameters("host=/run/postgresql", "dbname=host=/run/postgresql;");
	expect_parameters("host=@abstract", "dbname=host=@abstract;");
	expect_parameters("host=127.0.0.1,::1", "dbname=host=127.0.0.1,::1;");
	expect_parameters("host=db hostaddr=10.0.0.1", "dbname=host=db hostaddr=10.0.0.1;");
}

static void names_become_addresses_with_their_ports(void **state)
{
	(void)state;
	expect_parameters("host=db-two port=5433",
		"dbname=host=db-two port=5433;host=db-two;hostaddr=10.0.0.2;port=5433;");
	expect_parameters("postgresql://db-one:1,db-two:2/steun",
		"dbname=postgresql://db-one:1,db-two:2/steun;"
		"host=db-one,db-one,db-two;hostaddr=10.0.0.1,::1,10.0.0.2;port=1,1,2;");
}

static void other_hosts_keep_their_place_among_names(void **state)
{
	(void)state;
	expect_parameters("host=/run/pg,db-two,127.0.0.1",
		"dbname=host=/run/pg,db-two,127.0.0.1;"
		"host=/run/pg,db-two,127.0.0.1;hostaddr=,10.0.0.2,;port=,,;");
}

static void a_name_without_an_address_is_passed_over(void **state)
{
	(void)state;
	expect_parameters("host=nobody,db-two",
		"dbname=host=nobody,db-two;host=db-two;hostaddr=10.0.0.2;port=;");
}

static void when_no_host_has_an_address_it_says_which(void **state)
{
	struct resolver *resolver = resolver_of("host=nobody");
	struct error err = {0};

	(void)state;
	assert_int_equal(wait_for(resolver, &err), RESOLVER_FAILED);
	assert_non_null(strstr(err.message, "cannot find an address for \"nobody\""));
	resolver_close(resolver);
}

static void a_name_server_that_is_silent_is_asked_once(void **state)
{
	struct resolver *resolver;
	struct error err = {0};

	(void)state;
	is_silent = true;
	resolver = resolver_of("host=db-two");
	assert_int_equal(resolver_look(resolver, &err), RESOLVER_WAITING);
	resolver_begin(resolver);
	assert_int_equal(resolver_look(resolver, &err), RESOLVER_WAITING);
	is_silent = false;
	assert_int_equal(resolver_look(resolver, &err), RESOLVER_READY);
	resolver_begin(resolver); /* later, afresh */
	assert_int_equal(resolver_look(resolver, &err), RESOLVER_READY);
	resolver_close(resolver);
	assert_int_equal(suspended, 0);
}

static void closing_waits_for_what_is_out(void **state)
{
	struct resolver *resolver;

	(void)state;
	is_silent = true;
	resolver = resolver_of("host=db-two");
	resolver_close(resolver);
	assert_int_equal(suspended, 1);
}

static void a_real_name_is_found(void **state)
{
	struct resolver *resolver;
	const char *names[RESOLVER_PARAMETERS_MAX], *values[RESOLVER_PARAMETERS_MAX];
	struct error err = {0};

	(void)state;
	is_real = true;
	resolver = resolver_of("host=localhost");
	assert_int_equal(wait_for(resolver, &err), RESOLVER_READY);
	assert_int_equal(resolver_parameters(resolver, names, values), 4);
	assert_string_equal(names[2], "hostaddr");
	assert_true(strstr(values[2], "127.0.0.1") != NULL || strstr(values[2], "::1") != NULL);
	resolver_close(resolver);
}

static void what_libpq_cannot_read_is_refused(void **state)
{
	struct error err = {0};

	(void)state;
	assert_null(resolver_new(arena, "hots=x", &err));
	assert_non_null(strstr(err.message, "hots"));
}

static void more_hosts_than_anybody_has_are_left_to_libpq(void **state)
{
	static char conninfo[600] = "host=";

	(void)state;
	for (size_t i = 0; i <= RESOLVER_HOSTS_MAX; i++)
		strncat(conninfo, "db-two,", 20);
	{
		char expected[700];

		snprintf(expected, sizeof(expected), "dbname=%s;", conninfo);
		expect_parameters(conninfo, expected);
	}
	memset(conninfo + 5, 'x', 400);
	conninfo[405] = '\0';
	{
		char expected[700];

		snprintf(expected, sizeof(expected), "dbname=%s;", conninfo);
		expect_parameters(conninfo, expected);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sockets_and_addresses_need_no_asking),
		TEST(names_become_addresses_with_their_ports),
		TEST(other_hosts_keep_their_place_among_names),
		TEST(a_name_without_an_address_is_passed_over),
		TEST(when_no_host_has_an_address_it_says_which),
		TEST(a_name_server_that_is_silent_is_asked_once),
		TEST(closing_waits_for_what_is_out),
		TEST(a_real_name_is_found),
		TEST(what_libpq_cannot_read_is_refused),
		TEST(more_hosts_than_anybody_has_are_left_to_libpq),
	};

	return cmocka_run_group_tests_name("resolver", tests, NULL, NULL);
}
