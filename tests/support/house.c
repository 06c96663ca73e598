/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/house.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "serve/errand.h"
#include "serve/intake.h"
#include "serve/reload.h"
#include "tests/support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_US = 10 * 1000 * 1000 };

const char house_rules[] =
	"# SPDX-License-Identifier: EUPL-1.2\n"
	"ruleset: steunpakket-2021\n"
	"version: 1\n"
	"params:\n"
	"  most: 1000000.00\n"
	"rules:\n"
	"  - id: T-101\n"
	"    kind: spending\n"
	"    scope: line\n"
	"    severity: error\n"
	"    assert: 'line.spent <= params.most'\n"
	"    at: line.spent\n"
	"    message: {nl: 'Te veel.', en: 'Too much.'}\n"
	"    examples:\n"
	"      pass: [{line: {spent: \"1.00\"}}]\n"
	"      fail: [{line: {spent: \"1000000.01\"}}]\n"
	"  - id: T-102\n"
	"    kind: outreach\n"
	"    scope: line\n"
	"    severity: warning\n"
	"    from: \"2021-01\"\n"
	"    assert: 'line.contact_moments >= line.people_reached'\n"
	"    at: line.contact_moments\n"
	"    explanation: allowed\n"
	"    message: {nl: 'Minder contacten dan mensen.', en: 'Fewer contacts than people.'}\n"
	"    help: {nl: 'Controleer de aantallen.', en: 'Check the numbers.'}\n"
	"    examples:\n"
	"      pass: [{line: {contact_moments: 2, people_reached: 1}}]\n"
	"      fail: [{line: {contact_moments: 1, people_reached: 2}}]\n"
	"  - id: T-201\n"
	"    kind: spending\n"
	"    scope: line\n"
	"    severity: warning\n"
	"    assert: 'line.spent <= previous_line.spent * 10'\n"
	"    at: line.spent\n"
	"    message: {nl: 'Tien keer zo veel.', en: 'Ten times as much.'}\n"
	"    examples:\n"
	"      pass: [{line: {spent: \"10.00\"}, previous_line: {spent: \"1.00\"}}]\n"
	"      fail: [{line: {spent: \"10.01\"}, previous_line: {spent: \"1.00\"}}]\n";

const char *house_shipped(struct arena *arena, const char *name)
{
	char root[PATH_MAX];
	assert_non_null(getcwd(root, sizeof(root)));
	return arena_format(arena, "%s/config/%s", root, name);
}

void house_write(struct house *house, const char *name, const char *text)
{
	unit_write(unit_path(house->folder, name), text);
}

void house_configure(struct house *house, const char *more)
{
	struct arena *arena = arena_new(1024 * 1024);
	house_write(house, "steund.yaml",
		arena_format(arena,
			"# SPDX-License-Identifier: EUPL-1.2\n"
			"listen: ['tcp://127.0.0.1:*']\n"
			"files:\n"
			"  programmes: %s\n"
			"  municipalities: %s\n"
			"  mergers: %s\n"
			"  allocations: %s\n"
			"database:\n"
			"  conninfo: '%s'\n"
			"%s",
			house_shipped(arena, "programmes"),
			house_shipped(arena, "municipalities.csv"),
			house_shipped(arena, "municipality-mergers.csv"),
			house_shipped(arena, "allocations"),
			cluster_conninfo(&house->cluster, "steund", "record"), more));
	arena_free(&arena);
}

void house_submitter(struct house *house, const char *id, const char *municipalities,
	const char *kinds, const char *public_text)
{
	char text[512], name[128];
	snprintf(text, sizeof(text),
		"submitters:\n"
		"  - id: %s\n"
		"    name: Submitter %s\n"
		"    municipalities: %s\n"
		"    kinds: %s\n"
		"    programmes: [steunpakket-2021]\n"
		"    keys:\n"
		"      - public: '%s'\n",
		id, id, municipalities, kinds, public_text);
	snprintf(name, sizeof(name), "submitters/%s.yaml", id);
	house_write(house, name, text);
}

static void make_keys(struct house *house)
{
	struct error err = {0};
	struct signing_key *key = signing_key_generate();
	assert_true(curve_keys_generate(&house->server_keys, &err));
	assert_true(curve_keys_write(
		&house->server_keys, unit_path(house->folder, "keys/server"), &err));
	assert_true(
		signing_key_write(key, unit_path(house->folder, "keys/receipt.key_secret"), &err));
	base64_encode(signing_key_public(key), VERIFY_KEY_SIZE, house->receipt_key);
	signing_key_free(&key);
	for (size_t i = 0; i < HOUSE_SUBMITTERS; i++)
		assert_true(curve_keys_generate(&house->keys[i], &err));
}

static void make_files(struct house *house)
{
	static const char *const folders[] = {"rules", "submitters", "keys"};
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		assert_int_equal(mkdir(unit_path(house->folder, folders[i]), 0700), 0);
	make_keys(house);
	snprintf(house->config, sizeof(house->config), "%s",
		unit_path(house->folder, "steund.yaml"));
}

int house_group_setup(void **state)
{
	struct house *house = calloc(1, sizeof(*house));
	struct error err = {0};
	*state = house;
	assert_true(crypto_start(&err));
	setenv("TZ", "Europe/Amsterdam", 1);
	tzset();
	unsetenv("CREDENTIALS_DIRECTORY");
	log_set_level(LOG_LEVEL_ERROR);
	cluster_open(&house->cluster, NULL);
	cluster_prepare(&house->cluster);
	house->folder = strdup(unit_folder_make());
	make_files(house);
	return 0;
}

int house_group_teardown(void **state)
{
	struct house *house = *state;
	cluster_close(&house->cluster);
	unit_folder_remove(house->folder);
	free((void *)(uintptr_t)house->folder);
	free(house);
	return 0;
}

int house_setup(void **state)
{
	struct house *house = *state;
	house->arena = arena_new(64 * 1024 * 1024);
	cluster_renew(&house->cluster);
	house_configure(house, "");
	house_write(house, "rules/test.yaml", house_rules);
	house_submitter(house, "all", "\"*\"", "[spending, outreach]", house->keys[0].public_text);
	house_submitter(house, "few", "[GM0451]", "[outreach]", house->keys[1].public_text);
	return 0;
}

int house_teardown(void **state)
{
	struct house *house = *state;
	house_close(house);
	arena_free(&house->arena);
	return 0;
}

static struct settings *load(struct house *house)
{
	struct buf complaints;
	buf_init(&complaints, 65536);
	struct settings *settings = settings_load(house->config, SETTINGS_WITH_KEYS, &complaints);
	if (settings == NULL)
		fail_msg("%s", complaints.data);
	buf_free(&complaints);
	return settings;
}

static bool is_ready(struct house *house)
{
	return house->service.is_ready;
}

void house_open(struct house *house)
{
	struct error err = {0};
	if (!service_open(&house->service, house->config, load(house), &err))
		fail_msg("%s", err.message);
	log_set_level(LOG_LEVEL_ERROR);
	house_run_until(house, is_ready);
	house->client = house_client(house, 0);
}

void house_close(struct house *house)
{
	if (house->client != NULL)
		client_close(&house->client);
	if (house->service.server != NULL)
		service_close(&house->service);
}

static void take_requests(struct service *service)
{
	struct request request;
	while (server_receive(service->server, &request))
		intake_take(service, &request);
}

void house_turn(struct house *house)
{
	struct service *service = &house->service;
	struct pollfd fds[STORE_CONNECTIONS_MAX];
	struct error err = {0};
	size_t count = store_descriptors(service->store, fds, STORE_CONNECTIONS_MAX);
	assert_true(server_wait(service->server, fds, count, 5, &err));
	store_advance(service->store);
	take_requests(service);
	reload_advance(service);
	store_advance(service->store);
}

void house_run_until(struct house *house, bool (*is_over)(struct house *house))
{
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_US;
	while (!is_over(house)) {
		house_turn(house);
		if (clock_monotonic_us() > deadline_us)
			fail_msg("not within ten seconds; the store says: %s",
				store_trouble(house->service.store));
	}
}

struct client *house_client(struct house *house, size_t submitter)
{
	struct error err = {0};
	struct client *client = client_open(server_endpoint(house->service.server, 0),
		house->server_keys.public_text, &house->keys[submitter], &err);
	if (client == NULL)
		fail_msg("%s", err.message);
	return client;
}

static struct reply keep(struct house *house, struct reply reply)
{
	reply.body = arena_copy(house->arena, reply.body);
	return reply;
}

struct reply house_receive(struct house *house, struct client *client)
{
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_US;
	struct reply reply;
	while (clock_monotonic_us() < deadline_us) {
		if (client_wait(client, 0, &reply) == CLIENT_REPLY)
			return keep(house, reply);
		house_turn(house);
	}
	fail_msg("no answer within ten seconds");
	return (struct reply){0};
}

struct reply house_ask_as(struct house *house, struct client *client, enum verb verb,
	struct str body, const uint8_t id[REQUEST_ID_SIZE])
{
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_US;
	struct reply reply;
	while (!client_send(client, verb, id, body)) {
		assert_true(clock_monotonic_us() < deadline_us);
		client_wait(client, 0, &reply);
		house_turn(house);
	}
	do
		reply = house_receive(house, client);
	while (memcmp(reply.id, id, REQUEST_ID_SIZE) != 0);
	return reply;
}

struct reply house_ask(struct house *house, struct client *client, enum verb verb, const char *body)
{
	uint8_t id[REQUEST_ID_SIZE];
	crypto_random(id, sizeof(id));
	return house_ask_as(house, client, verb, str_of(body), id);
}

const char *house_spending(struct house *house, const char *municipality, const char *period,
	int revision, const char *spent)
{
	return arena_format(house->arena,
		"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\","
		"\"kind\":\"spending\",\"municipality\":\"%s\",\"period\":\"%s\",\"revision\":%d,"
		"\"status\":\"provisional\",\"lines\":[{\"ref\":\"GB-1\",\"item\":"
		"\"jeugd.jongerenwerk\",\"funding\":\"gf-au\",\"spent\":\"%s\",\"committed\":0}]}",
		municipality, period, revision, spent);
}

const char *house_outreach(
	struct house *house, const char *municipality, const char *period, int people, int contacts)
{
	return arena_format(house->arena,
		"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\","
		"\"kind\":\"outreach\",\"municipality\":\"%s\",\"period\":\"%s\",\"revision\":1,"
		"\"status\":\"provisional\",\"lines\":[{\"item\":\"leefstijl.school\","
		"\"target_group\":\"jongeren\",\"people_reached\":%d,\"contact_moments\":%d,"
		"\"activities\":1}]}",
		municipality, period, people, contacts);
}

void expect_reply_is(
	struct reply reply, enum reply_kind kind, const char *part, const char *file, int line)
{
	bool is_right = reply.kind == kind && str_contains(reply.body, str_of(part));
	if (!is_right)
		print_error("%s:%d: expected %s with %s, not %s %.*s\n", file, line,
			reply_names[kind], part, reply_names[reply.kind], STR_ARG(reply.body));
	_assert_true(is_right, "is_right", file, line);
}
