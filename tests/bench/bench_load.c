/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Sends reports as fast as they are answered, over a few connections that each keep a window of
 * requests under way, and prints what it saw as one line of JSON. With a window of one it measures
 * the latency of a lone report.
 *
 * bench_load ENDPOINT SERVER_KEY KEY_FILE CLIENTS WINDOW MUNICIPALITIES FIRST_PERIOD PERIODS
 *
 * Each municipality GM0001.. reports `spending` for every period, fourteen lines a report; all
 * municipalities of a period come before the next period, as they do in life.
 */
#include "base/clock.h"
#include "base/crypto.h"
#include "programme/period.h"
#include "wire/client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BODY_SIZE = 4096, WINDOW_MAX = 256, LINES = 14 };

struct options {
	const char *endpoint, *server_key;
	struct curve_keys keys;
	int clients, window, municipalities, periods;
	const char *first_period;
};

struct under_way {
	uint8_t id[REQUEST_ID_SIZE];
	int64_t sent_us;
	bool is_used;
};

struct tally {
	int64_t receipts, rejected, others;
	int64_t latency_count;
	int64_t *latencies_us;
};

static _Noreturn void give_up(const char *text, const char *detail)
{
	fprintf(stderr, "bench_load: %s%s%s\n", text, detail[0] != '\0' ? ": " : "", detail);
	exit(1);
}

/* Items and funding lines as the shipped programme has them; amounts differ a little by number. */
static void write_body(char out[BODY_SIZE], int municipality, const char *period)
{
	static const char *const pairs[LINES][2] = {
		{"jeugd.activiteiten", "gf-au"},
		{"jeugd.activiteiten", "eigen"},
		{"jeugd.jongerenwerk", "gf-au"},
		{"jeugd.jongerenwerk", "eigen"},
		{"jeugd.mentaal", "gf-au"},
		{"jeugd.mentaal", "eigen"},
		{"kwetsbaar.eenzaamheid", "gf-au"},
		{"kwetsbaar.eenzaamheid", "eigen"},
		{"kwetsbaar.contact", "gf-au"},
		{"kwetsbaar.contact", "eigen"},
		{"leefstijl.bewegen", "spuk"},
		{"leefstijl.bewegen", "eigen"},
		{"leefstijl.interventies", "spuk"},
		{"leefstijl.interventies", "eigen"},
	};
	size_t length = (size_t)snprintf(out, BODY_SIZE,
		"{\"format\":\"steun-report/"
		"1\",\"programme\":\"steunpakket-2021\",\"kind\":\"spending\","
		"\"municipality\":\"GM%04d\",\"period\":\"%s\",\"revision\":1,\"status\":"
		"\"provisional\","
		"\"lines\":[",
		municipality, period);
	for (int i = 0; i < LINES; i++)
		length += (size_t)snprintf(out + length, BODY_SIZE - length,
			"%s{\"ref\":\"Grootboek 6.%02d / %s / regel %d\",\"item\":\"%s\","
			"\"funding\":\"%s\",\"spent\":\"%d.%02d\",\"committed\":\"%d.00\"}",
			i > 0 ? "," : "", i, period, i + 1, pairs[i][0], pairs[i][1],
			1000 + (municipality * 7 + i * 13) % 250,
			(municipality + i * 31 + period[6] * 7) % 99 + 1, 200 + i);
	snprintf(out + length, BODY_SIZE - length, "]}");
}

static struct under_way *slot_of(struct under_way *slots, int window, const uint8_t *id)
{
	for (int i = 0; i < window; i++)
		if (slots[i].is_used && memcmp(slots[i].id, id, REQUEST_ID_SIZE) == 0)
			return &slots[i];
	return NULL;
}

static struct under_way *free_slot(struct under_way *slots, int window)
{
	for (int i = 0; i < window; i++)
		if (!slots[i].is_used)
			return &slots[i];
	return NULL;
}

static void take_reply(
	const struct reply *reply, struct under_way *slots, int window, struct tally *tally)
{
	struct under_way *slot = slot_of(slots, window, reply->id);
	if (slot == NULL)
		return;
	slot->is_used = false;
	if (reply->kind != REPLY_RECEIPT) {
		if (tally->others++ == 0)
			fprintf(stderr, "bench_load: %s %.200s\n", reply_names[reply->kind],
				reply->body.data);
		return;
	}
	tally->receipts++;
	if (str_contains(reply->body, STR("\\\"verdict\\\":\\\"rejected\\\"")) &&
		tally->rejected++ == 0)
		fprintf(stderr, "bench_load: rejected: %.*s\n", 300,
			strstr(reply->body.data, "\"findings\""));
	tally->latencies_us[tally->latency_count++] = clock_monotonic_us() - slot->sent_us;
}

static void wait_for_connection(struct client *client)
{
	struct reply reply;
	for (int tries = 0; tries < 10; tries++) {
		enum client_event event = client_wait(client, 5000, &reply);
		if (event == CLIENT_CONNECTED)
			return;
		if (event == CLIENT_KEY_UNKNOWN)
			give_up("the daemon does not know the key", "");
	}
	give_up("no connection", "");
}

/* Sends this client's share: the municipalities whose number is `share` modulo the clients. */
static void run_client(const struct options *options, int share, struct tally *tally)
{
	struct error err = {0};
	struct client *client =
		client_open(options->endpoint, options->server_key, &options->keys, &err);
	if (client == NULL)
		give_up("cannot connect", err.message);
	wait_for_connection(client);

	static struct under_way slots[WINDOW_MAX];
	static char body[BODY_SIZE];
	char period[PERIOD_SIZE];
	int64_t total = (int64_t)options->municipalities * options->periods;
	int64_t next = share;
	int64_t open = 0;
	while (next < total || open > 0) {
		struct under_way *slot = next < total ? free_slot(slots, options->window) : NULL;
		if (slot != NULL) {
			period_add(options->first_period, (int)(next / options->municipalities),
				period);
			write_body(body, (int)(next % options->municipalities) + 1, period);
			crypto_random(slot->id, sizeof(slot->id));
			slot->sent_us = clock_monotonic_us();
			if (client_send(client, VERB_SUBMIT, slot->id, str_of(body))) {
				slot->is_used = true;
				next += options->clients;
				open++;
				continue;
			}
		}
		struct reply reply;
		enum client_event event = client_wait(client, 10000, &reply);
		if (event == CLIENT_TIMEOUT)
			give_up("no answer for ten seconds", "");
		if (event == CLIENT_REPLY) {
			take_reply(&reply, slots, options->window, tally);
			open--;
		}
	}
	client_close(&client);
}

static void write_all(int fd, const void *data, size_t size)
{
	const char *at = data;
	while (size > 0) {
		ssize_t written = write(fd, at, size);
		if (written < 0)
			give_up("pipe", strerror(errno));
		at += written;
		size -= (size_t)written;
	}
}

static void read_all(int fd, void *data, size_t size)
{
	char *at = data;
	while (size > 0) {
		ssize_t got = read(fd, at, size);
		if (got <= 0)
			give_up("a client ended early", "");
		at += got;
		size -= (size_t)got;
	}
}

static void child(const struct options *options, int share, int fd)
{
	struct tally tally = {0};
	size_t most = (size_t)options->municipalities * (size_t)options->periods;
	tally.latencies_us = calloc(most + 1, sizeof(int64_t));
	run_client(options, share, &tally);
	write_all(fd, &tally, sizeof(tally));
	write_all(fd, tally.latencies_us, (size_t)tally.latency_count * sizeof(int64_t));
	exit(0);
}

static int compare_int64(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static void run_clients(const struct options *options, struct tally *sum)
{
	int pipes[64][2];
	for (int i = 0; i < options->clients; i++) {
		if (pipe(pipes[i]) != 0)
			give_up("pipe", strerror(errno));
		if (fork() == 0)
			child(options, i, pipes[i][1]);
		close(pipes[i][1]);
	}
	for (int i = 0; i < options->clients; i++) {
		struct tally part;
		read_all(pipes[i][0], &part, sizeof(part));
		read_all(pipes[i][0], sum->latencies_us + sum->latency_count,
			(size_t)part.latency_count * sizeof(int64_t));
		sum->latency_count += part.latency_count;
		sum->receipts += part.receipts;
		sum->rejected += part.rejected;
		sum->others += part.others;
	}
	while (wait(NULL) > 0)
		continue;
}

int main(int argc, char **argv)
{
	struct error err = {0};
	struct options options = {0};
	if (argc != 9)
		give_up("ENDPOINT SERVER_KEY KEY_FILE CLIENTS WINDOW MUNICIPALITIES FIRST_PERIOD "
			"PERIODS",
			"");
	options.endpoint = argv[1];
	options.server_key = argv[2];
	if (!crypto_start(&err) || !curve_keys_read(argv[3], &options.keys, &err))
		give_up("cannot start", err.message);
	options.clients = (int)strtol(argv[4], NULL, 10);
	options.window = (int)strtol(argv[5], NULL, 10);
	options.municipalities = (int)strtol(argv[6], NULL, 10);
	options.first_period = argv[7];
	options.periods = (int)strtol(argv[8], NULL, 10);
	if (options.clients < 1 || options.clients > 64 || options.window < 1 ||
		options.window > WINDOW_MAX)
		give_up("1..64 clients with windows of 1..256", "");

	struct tally sum = {0};
	size_t most = (size_t)options.municipalities * (size_t)options.periods;
	sum.latencies_us = calloc(most + 1, sizeof(int64_t));
	int64_t begun_us = clock_monotonic_us();
	run_clients(&options, &sum);
	int64_t taken_us = clock_monotonic_us() - begun_us;

	qsort(sum.latencies_us, (size_t)sum.latency_count, sizeof(int64_t), compare_int64);
	printf("{\"receipts\": %lld, \"rejected\": %lld, \"others\": %lld, \"microseconds\": %lld, "
	       "\"p50_us\": %lld, \"p99_us\": %lld}\n",
		(long long)sum.receipts, (long long)sum.rejected, (long long)sum.others,
		(long long)taken_us, (long long)sum.latencies_us[sum.latency_count / 2],
		(long long)sum.latencies_us[sum.latency_count * 99 / 100]);
	free(sum.latencies_us);
	return 0;
}
