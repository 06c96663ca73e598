/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/inquiry.h"

#include "base/ensure.h"
#include "base/json.h"
#include "base/log.h"
#include "serve/catalogue.h"

#include <string.h>

enum {
	INQUIRIES_MAX = 1000, /* questions to the store under way */
	INQUIRY_ARENA_BYTES = 1024 * 1024,
	INQUIRY_VALUES_MAX = 64,
};

/* A question to the store, until it is answered. */
struct inquiry {
	struct store_query query;
	struct service *service;
	struct arena *arena;
	struct address address;
	enum reply_kind kind;            /* of a good answer */
	struct inquiry *next, *previous; /* of the service's */
};

static void malformed(struct service *service, const struct asking *asking, const char *field,
	const char *expected)
{
	struct buf detail;
	buf_init(&detail, 1024);
	struct json_writer writer = json_writer_on(&detail);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "field", field);
	json_write_text(&writer, "expected", expected);
	json_close_object(&writer);
	answer_refused(service, &asking->address, REFUSAL_MALFORMED, buf_str(&detail));
	buf_free(&detail);
}

/* The request's object, or NULL after the refusal has left. */
static const struct json *read_body(
	struct service *service, struct arena *arena, const struct asking *asking)
{
	struct json_error why;
	const struct json *body = json_parse(arena, asking->body, INQUIRY_VALUES_MAX, &why);
	if (body != NULL && body->type == JSON_OBJECT)
		return body;
	malformed(service, asking, NULL, "a JSON object");
	return NULL;
}

/* The programme that the body names, or NULL after the refusal has left. */
static const struct settings_programme *read_programme(
	struct service *service, const struct asking *asking, const struct json *body)
{
	const struct json *member = json_member(body, "programme");
	if (member == NULL || member->type != JSON_STRING) {
		malformed(service, asking, "programme", "the id of a programme, a string");
		return NULL;
	}
	const struct settings_programme *programme =
		settings_programme(service->settings, member->text);
	if (programme == NULL)
		answer_refused(service, &asking->address, REFUSAL_UNKNOWN_PROGRAMME, STR(""));
	return programme;
}

static void close_inquiry(struct inquiry *inquiry)
{
	struct service *service = inquiry->service;
	if (inquiry->previous != NULL)
		inquiry->previous->next = inquiry->next;
	else
		service->inquiries = inquiry->next;
	if (inquiry->next != NULL)
		inquiry->next->previous = inquiry->previous;
	service->inquiry_count--;
	struct arena *arena = inquiry->arena;
	arena_free(&arena);
}

static void answered(void *context, struct store_query *query)
{
	struct inquiry *inquiry = context;
	struct service *service = inquiry->service;
	if (!query->has_answer) {
		if (query->is_refused)
			log_error("the database refused a question: %s", query->error.message);
		answer_retry(service, &inquiry->address, RETRY_STORE_DOWN);
	} else if (inquiry->kind == REPLY_PONG) {
		answer(service, &inquiry->address, REPLY_PONG, STR("{}"));
	} else if (query->has_value) {
		answer(service, &inquiry->address, inquiry->kind, query->value);
	} else {
		answer_refused(service, &inquiry->address, REFUSAL_UNKNOWN_REQUEST, STR(""));
	}
	close_inquiry(inquiry);
}

/* An inquiry with its arena, or NULL after a retry has left. */
static struct inquiry *open_inquiry(
	struct service *service, const struct asking *asking, enum reply_kind kind)
{
	if (!service->is_ready) {
		answer_retry(service, &asking->address, RETRY_STORE_DOWN);
		return NULL;
	}
	if (service->inquiry_count >= INQUIRIES_MAX) {
		answer_retry(service, &asking->address, RETRY_BUSY);
		return NULL;
	}
	struct arena *arena = arena_new(INQUIRY_ARENA_BYTES);
	struct inquiry *inquiry = ARENA_NEW(arena, struct inquiry);
	inquiry->service = service;
	inquiry->arena = arena;
	inquiry->address = asking->address;
	inquiry->kind = kind;
	inquiry->query.done = answered;
	inquiry->query.context = inquiry;
	inquiry->next = service->inquiries;
	if (inquiry->next != NULL)
		inquiry->next->previous = inquiry;
	service->inquiries = inquiry;
	service->inquiry_count++;
	return inquiry;
}

static void ask(struct inquiry *inquiry, enum store_query_kind kind)
{
	inquiry->query.kind = kind;
	store_ask(inquiry->service->store, &inquiry->query);
}

void inquiry_rules(struct service *service, const struct asking *asking)
{
	struct arena *arena = arena_new(INQUIRY_ARENA_BYTES);
	const struct json *body = read_body(service, arena, asking);
	const struct settings_programme *programme =
		body != NULL ? read_programme(service, asking, body) : NULL;
	if (programme != NULL) {
		const struct json *source = json_member(body, "source");
		bool has_source = source != NULL && source->type == JSON_BOOL && source->is_true;
		buf_reset(&service->body);
		catalogue_write(&service->body, programme, has_source);
		ensure(!service->body.has_failed);
		answer(service, &asking->address, REPLY_RULES, buf_str(&service->body));
	}
	arena_free(&arena);
}

/* A month of the body, or the programme's own first or last. False after a refusal has left. */
static bool read_period(struct service *service, const struct asking *asking,
	const struct json *body, const char *name, const char *otherwise, struct str *ret_period)
{
	const struct json *member = json_member(body, name);
	*ret_period = str_of(otherwise);
	if (member == NULL)
		return true;
	*ret_period = member->text;
	if (member->type == JSON_STRING && period_is_valid(member->text))
		return true;
	malformed(service, asking, name, "a month, YYYY-MM");
	return false;
}

static bool may_see(const struct submitter *submitter, const char *programme, struct str code)
{
	char municipality[MUNICIPALITY_CODE_SIZE] = {0};
	if (code.length != sizeof(municipality) - 1)
		return false;
	memcpy(municipality, code.data, code.length);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (submitter_may_send(submitter, programme, municipality, (enum kind)kind))
			return true;
	}
	return false;
}

/* Fills the query's parameters; false after a refusal has left. */
static bool read_status(struct inquiry *inquiry, const struct asking *asking)
{
	struct service *service = inquiry->service;
	struct str *parameters = inquiry->query.parameters;
	struct asking kept = *asking;
	kept.body = arena_copy(inquiry->arena, asking->body);
	const struct json *body = read_body(service, inquiry->arena, &kept);
	const struct settings_programme *part =
		body != NULL ? read_programme(service, asking, body) : NULL;
	if (part == NULL)
		return false;
	parameters[0] = arena_copy(inquiry->arena, str_of(part->programme->id));
	parameters[1] = json_member_text(body, "municipality");
	if (municipality_find(service->settings->municipalities, parameters[1]) == NULL ||
		!may_see(asking->key->submitter, part->programme->id, parameters[1])) {
		answer_refused(service, &asking->address, REFUSAL_NOT_YOURS, STR(""));
		return false;
	}
	/* Copied: a reload may end the settings that the programme's own months stand in. */
	const char *opens = arena_string(inquiry->arena, str_of(part->programme->opens));
	const char *closes = arena_string(inquiry->arena, str_of(part->programme->closes));
	return read_period(service, asking, body, "from", opens, &parameters[2]) &&
	       read_period(service, asking, body, "until", closes, &parameters[3]);
}

void inquiry_status(struct service *service, const struct asking *asking)
{
	struct inquiry *inquiry = open_inquiry(service, asking, REPLY_STATUS);
	if (inquiry == NULL)
		return;
	if (read_status(inquiry, asking))
		ask(inquiry, STORE_STATUS);
	else
		close_inquiry(inquiry);
}

static bool read_recall(struct inquiry *inquiry, const struct asking *asking)
{
	const struct json *body = read_body(inquiry->service, inquiry->arena, asking);
	if (body == NULL)
		return false;
	uint8_t request[REQUEST_ID_SIZE];
	if (!hex_decode(json_member_text(body, "request"), request, sizeof(request))) {
		malformed(inquiry->service, asking, "request", "32 hexadecimal digits");
		return false;
	}
	char *hex = arena_alloc(inquiry->arena, 2 * REQUEST_ID_SIZE + 1);
	hex_encode(request, sizeof(request), hex);
	/* Copied: a reload may end the settings that the sender's id stands in. */
	inquiry->query.parameters[0] =
		arena_copy(inquiry->arena, str_of(asking->key->submitter->id));
	inquiry->query.parameters[1] = str_of(hex);
	return true;
}

void inquiry_recall(struct service *service, const struct asking *asking)
{
	struct inquiry *inquiry = open_inquiry(service, asking, REPLY_RECEIPT);
	if (inquiry == NULL)
		return;
	if (read_recall(inquiry, asking))
		ask(inquiry, STORE_RECALL);
	else
		close_inquiry(inquiry);
}

void inquiry_ping(struct service *service, const struct asking *asking)
{
	struct inquiry *inquiry = open_inquiry(service, asking, REPLY_PONG);
	if (inquiry != NULL)
		ask(inquiry, STORE_PING);
}

void inquiry_give_up(struct service *service)
{
	while (service->inquiries != NULL) {
		answer_retry(service, &service->inquiries->address, RETRY_STOPPING);
		close_inquiry(service->inquiries);
	}
}
