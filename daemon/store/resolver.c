/* SPDX-License-Identifier: EUPL-1.2 */
/* For getaddrinfo_a. */
#define _GNU_SOURCE
#include "store/resolver.h"

#include "base/buf.h"

#include <libpq-fe.h>
#include <netdb.h>
#include <string.h>

enum {
	LIST_BYTES_MAX = 16384,
	HOST_SIZE = 256,
	PORT_SIZE = 16,
	ADDRESS_SIZE = 64,
};

struct host {
	char name[HOST_SIZE];
	char port[PORT_SIZE];
	bool is_name; /* it has to be looked up */
	bool is_out;  /* and is being */
	struct gaicb question;
};

struct resolver {
	const char *conninfo;
	struct host hosts[RESOLVER_HOSTS_MAX];
	size_t host_count;
	bool has_names;
	struct addrinfo hints;
	struct buf names, addresses, ports; /* of places, with commas, as libpq wants them */
	size_t place_count;
};

/* The connection string -------------------------------------------------------------------- */

static struct str option(const PQconninfoOption *options, const char *keyword)
{
	for (const PQconninfoOption *at = options; at->keyword != NULL; at++) {
		if (strcmp(at->keyword, keyword) == 0)
			return str_of(at->val);
	}
	return (struct str){0};
}

/* Nothing, a socket's folder or abstract name, and an address need no asking. */
static bool is_name(const char *host)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST}, *found = NULL;

	if (host[0] == '\0' || host[0] == '/' || host[0] == '@')
		return false;
	if (getaddrinfo(host, NULL, &hints, &found) != 0)
		return true;
	freeaddrinfo(found);
	return false;
}

static bool copy_text(char *out, size_t size, struct str text)
{
	if (text.length >= size)
		return false;
	if (text.length > 0)
		memcpy(out, text.data, text.length);
	out[text.length] = '\0';
	return true;
}

/* Ports are one for each host, or one for all. False when they are not of a size to be real. */
static bool read_hosts(struct resolver *resolver, struct str hosts, struct str ports)
{
	struct str name, port = {0};

	while (str_split(&hosts, ',', &name)) {
		struct host *host = &resolver->hosts[resolver->host_count];

		if (resolver->host_count == RESOLVER_HOSTS_MAX)
			return false;
		str_split(&ports, ',', &port);
		if (!copy_text(host->name, sizeof(host->name), name) ||
			!copy_text(host->port, sizeof(host->port), port))
			return false;
		host->is_name = is_name(host->name);
		resolver->has_names |= host->is_name;
		resolver->host_count++;
	}
	return true;
}

struct resolver *resolver_new(struct arena *arena, const char *conninfo, struct error *err)
{
	struct resolver *resolver = ARENA_NEW(arena, struct resolver);
	char *reason = NULL;
	PQconninfoOption *options = PQconninfoParse(conninfo, &reason);

	if (options == NULL) {
		struct str why = str_trim(str_of(reason));

		error_set(err, "cannot read the connection string: %.*s", STR_ARG(why));
		PQfreemem(reason);
		return NULL;
	}
	resolver->conninfo = conninfo;
	resolver->hints.ai_socktype = SOCK_STREAM;
	buf_init(&resolver->names, LIST_BYTES_MAX);
	buf_init(&resolver->addresses, LIST_BYTES_MAX);
	buf_init(&resolver->ports, LIST_BYTES_MAX);
	if (option(options, "hostaddr").length == 0 &&
		!read_hosts(resolver, option(options, "host"), option(options, "port")))
		resolver->has_names = false;
	PQconninfoFree(options);
	return resolver;
}

static void forget(struct host *host)
{
	if (host->question.ar_result != NULL)
		freeaddrinfo(host->question.ar_result);
	host->question.ar_result = NULL;
}

void resolver_close(struct resolver *resolver)
{
	for (size_t i = 0; i < resolver->host_count; i++) {
		struct host *host = &resolver->hosts[i];
		const struct gaicb *const questions[] = {&host->question};

		while (host->is_out && gai_cancel(&host->question) == EAI_NOTCANCELED)
			gai_suspend(questions, 1, NULL);
		forget(host);
	}
	buf_free(&resolver->names);
	buf_free(&resolver->addresses);
	buf_free(&resolver->ports);
}

/* Looking up ------------------------------------------------------------------------------- */

/* A name that is still out since an earlier attempt is not asked for twice. */
void resolver_begin(struct resolver *resolver)
{
	for (size_t i = 0; resolver->has_names && i < resolver->host_count; i++) {
		struct host *host = &resolver->hosts[i];
		struct gaicb *questions[] = {&host->question};

		if (!host->is_name || host->is_out)
			continue;
		forget(host);
		host->question =
			(struct gaicb){.ar_name = host->name, .ar_request = &resolver->hints};
		host->is_out = getaddrinfo_a(GAI_NOWAIT, questions, 1, NULL) == 0;
	}
}

static bool is_waiting(struct resolver *resolver)
{
	bool is_any_out = false;

	for (size_t i = 0; i < resolver->host_count; i++) {
		struct host *host = &resolver->hosts[i];

		if (host->is_out)
			host->is_out = gai_error(&host->question) == EAI_INPROGRESS;
		is_any_out |= host->is_out;
	}
	return is_any_out;
}

/* One more place to connect to; an empty address leaves a host that is no name to libpq. */
static void add_place(struct resolver *resolver, const struct host *host, const char *address)
{
	struct buf *const lists[] = {&resolver->names, &resolver->addresses, &resolver->ports};
	const char *const texts[] = {host->name, address, host->port};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (resolver->place_count > 0)
			buf_add_char(lists[i], ',');
		buf_add_text(lists[i], texts[i]);
	}
	resolver->place_count++;
}

static void add_found(struct resolver *resolver, const struct host *host)
{
	char address[ADDRESS_SIZE];

	for (const struct addrinfo *at = host->question.ar_result; at != NULL; at = at->ai_next) {
		if (resolver->place_count < RESOLVER_PLACES_MAX &&
			getnameinfo(at->ai_addr, at->ai_addrlen, address, sizeof(address), NULL, 0,
				NI_NUMERICHOST) == 0)
			add_place(resolver, host, address);
	}
}

/* A name without an address is passed over; what is left may do. */
static void add_places(struct resolver *resolver, struct error *err)
{
	resolver->place_count = 0;
	buf_reset(&resolver->names);
	buf_reset(&resolver->addresses);
	buf_reset(&resolver->ports);
	for (size_t i = 0; i < resolver->host_count; i++) {
		struct host *host = &resolver->hosts[i];
		int failure = host->is_name ? gai_error(&host->question) : 0;

		if (failure != 0)
			error_set(err, "cannot find an address for \"%s\": %s", host->name,
				gai_strerror(failure));
		else if (host->is_name)
			add_found(resolver, host);
		else
			add_place(resolver, host, "");
	}
}

enum resolver_state resolver_look(struct resolver *resolver, struct error *err)
{
	if (!resolver->has_names)
		return RESOLVER_READY;
	if (is_waiting(resolver))
		return RESOLVER_WAITING;
	add_places(resolver, err);
	if (resolver->place_count == 0)
		return RESOLVER_FAILED;
	error_clear(err);
	return RESOLVER_READY;
}

size_t resolver_parameters(const struct resolver *resolver, const char **names, const char **values)
{
	const char *const overrides[][2] = {
		{"host", resolver->names.data},
		{"hostaddr", resolver->addresses.data},
		{"port", resolver->ports.data},
	};
	size_t count = 0;

	names[count] = "dbname";
	values[count++] = resolver->conninfo;
	for (size_t i = 0; resolver->has_names && i < 3; i++) {
		names[count] = overrides[i][0];
		values[count++] = overrides[i][1];
	}
	return count;
}
