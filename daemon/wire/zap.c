/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/zap.h"

#include "base/log.h"

#include <string.h>

enum question_frame {
	QUESTION_VERSION,
	QUESTION_REQUEST,
	QUESTION_DOMAIN,
	QUESTION_ADDRESS,
	QUESTION_ROUTING_ID,
	QUESTION_MECHANISM,
	QUESTION_KEY,
	QUESTION_COUNT,
};

#define ZAP_VERSION "1.0"

/* Strangers knock in bursts; the journal is to stay readable, and the metrics count them all. */
enum { REFUSALS_LOGGED_PER_MINUTE = 10 };

static const int64_t minute_us = 60 * 1000000LL;

/* A key and its handshakes in one minute. A slot of an earlier minute is free. */
struct slot {
	uint8_t key[ZAP_KEY_SIZE];
	int64_t minute;
	int64_t handshakes;
};

struct zap {
	struct zap_settings settings;
	uint64_t refused;
	int64_t logged_minute;
	unsigned int logged;
	struct slot slots[ZAP_KEYS_MAX];
};

_Static_assert(sizeof(struct zap) < ZAP_ARENA_BYTES, "zap_new stays within what it announces");

static const struct {
	const char *code, *text;
} statuses[] = {
	[ZAP_ADMITTED] = {"200", "OK"},
	[ZAP_TRY_LATER] = {"300", "too many handshakes"},
	[ZAP_REFUSED] = {"400", "key not known"},
	[ZAP_BROKEN] = {"500", "not ZAP 1.0"},
};

struct zap *zap_new(struct arena *arena, const struct zap_settings *settings)
{
	struct zap *zap = ARENA_NEW(arena, struct zap);
	zap->settings = *settings;
	return zap;
}

/*
 * Open addressing. Slots only fill up within a minute and all become free together with the next
 * one, so a key is never missed behind a freed slot. Minutes count from 1: zeroed slots are free.
 */
static struct slot *slot_of(struct zap *zap, const uint8_t *key, int64_t minute)
{
	uint32_t start;
	memcpy(&start, key, sizeof(start));
	for (uint32_t i = 0; i < ZAP_KEYS_MAX; i++) {
		struct slot *slot = &zap->slots[(start + i) % ZAP_KEYS_MAX];
		if (slot->minute != minute) {
			*slot = (struct slot){.minute = minute};
			memcpy(slot->key, key, ZAP_KEY_SIZE);
			return slot;
		}
		if (memcmp(slot->key, key, ZAP_KEY_SIZE) == 0)
			return slot;
	}
	return NULL;
}

static bool is_within_rate(struct zap *zap, const uint8_t *key, int64_t now_us)
{
	struct slot *slot = slot_of(zap, key, now_us / minute_us + 1);
	if (slot == NULL || slot->handshakes >= zap->settings.handshakes_per_minute)
		return false;
	slot->handshakes++;
	return true;
}

static bool is_sound(const struct str *frames, size_t frame_count)
{
	return frame_count == QUESTION_COUNT && str_is(frames[QUESTION_VERSION], ZAP_VERSION) &&
	       str_is(frames[QUESTION_DOMAIN], ZAP_DOMAIN) &&
	       str_is(frames[QUESTION_MECHANISM], "CURVE") &&
	       frames[QUESTION_KEY].length == ZAP_KEY_SIZE;
}

static enum zap_status judge(
	struct zap *zap, const struct str *frames, size_t frame_count, int64_t now_us)
{
	if (!is_sound(frames, frame_count))
		return ZAP_BROKEN;
	const uint8_t *key = (const uint8_t *)frames[QUESTION_KEY].data;
	if (!zap->settings.is_known(zap->settings.context, key))
		return ZAP_REFUSED;
	return is_within_rate(zap, key, now_us) ? ZAP_ADMITTED : ZAP_TRY_LATER;
}

/* The fingerprint lets an operator see whose new or expired key is knocking. */
static void log_refusal(
	struct zap *zap, const struct str *frames, enum zap_status status, int64_t now_us)
{
	int64_t minute = now_us / minute_us + 1;
	if (zap->logged_minute != minute) {
		zap->logged_minute = minute;
		zap->logged = 0;
	}
	if (zap->logged++ >= REFUSALS_LOGGED_PER_MINUTE)
		return;
	uint8_t hash[SHA256_SIZE];
	char fingerprint[SHA256_HEX_SIZE];
	sha256(frames[QUESTION_KEY], hash);
	hex_encode(hash, sizeof(hash), fingerprint);
	log_warning("handshake refused from %.*s, key fingerprint %s: %s",
		STR_ARG(frames[QUESTION_ADDRESS]), fingerprint, statuses[status].text);
}

static void count_refusal(
	struct zap *zap, const struct str *frames, enum zap_status status, int64_t now_us)
{
	zap->refused++;
	if (status == ZAP_BROKEN)
		log_error("libzmq asked about a handshake in a form that is not ZAP " ZAP_VERSION);
	else
		log_refusal(zap, frames, status, now_us);
}

/*
 * Whoever is admitted has a user id: libzmq keeps ZAP's "User-Id" over one that a peer writes into
 * its own handshake, but only if there is one.
 */
void zap_decide(struct zap *zap, const struct str *frames, size_t frame_count, int64_t now_us,
	struct zap_answer *ret_answer)
{
	enum zap_status status = judge(zap, frames, frame_count, now_us);
	ret_answer->status = status;
	ret_answer->user[0] = '\0';
	if (status == ZAP_ADMITTED)
		hex_encode(
			(const uint8_t *)frames[QUESTION_KEY].data, ZAP_KEY_SIZE, ret_answer->user);
	else
		count_refusal(zap, frames, status, now_us);
	struct str *answer = ret_answer->frames;
	answer[ZAP_ANSWER_VERSION] = STR(ZAP_VERSION);
	answer[ZAP_ANSWER_REQUEST] =
		frame_count > QUESTION_REQUEST ? frames[QUESTION_REQUEST] : (struct str){0};
	answer[ZAP_ANSWER_STATUS] = str_of(statuses[status].code);
	answer[ZAP_ANSWER_TEXT] = str_of(statuses[status].text);
	answer[ZAP_ANSWER_USER] = str_of(ret_answer->user);
	answer[ZAP_ANSWER_METADATA] = (struct str){0};
}

bool zap_user_key(const char *user, uint8_t ret_key[ZAP_KEY_SIZE])
{
	return user != NULL && hex_decode(str_of(user), ret_key, ZAP_KEY_SIZE);
}

uint64_t zap_refused(const struct zap *zap)
{
	return zap->refused;
}
