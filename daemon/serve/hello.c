/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/hello.h"

#include "base/ensure.h"

enum { HELLO_ARENA_BYTES = 1024 * 1024 };

static void fill_settings(
	struct arena *arena, const struct settings *settings, struct welcome *welcome)
{
	struct welcome_programme *programmes =
		ARENA_ARRAY(arena, struct welcome_programme, settings->programme_count);
	struct welcome_key *keys =
		ARENA_ARRAY(arena, struct welcome_key, settings->receipt_key_count);
	for (size_t i = 0; i < settings->programme_count; i++) {
		const struct settings_programme *part = &settings->programmes[i];
		programmes[i] = (struct welcome_programme){
			.id = part->programme->id,
			.title = part->programme->title_nl,
			.ruleset_sha256 = ruleset_sha256(part->ruleset),
		};
	}
	for (size_t i = 0; i < settings->receipt_key_count; i++)
		keys[i] = (struct welcome_key){
			settings->receipt_keys[i].id, settings->receipt_keys[i].public_key};
	welcome->requests_per_minute = settings->config.limits.requests_per_minute;
	welcome->programmes = programmes;
	welcome->programme_count = settings->programme_count;
	welcome->keys = keys;
	welcome->key_count = settings->receipt_key_count;
}

static void fill_sender(
	struct arena *arena, const struct submitter *sender, struct welcome *welcome)
{
	const char **kinds = ARENA_ARRAY(arena, const char *, KIND_COUNT);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (sender->may_kind[kind])
			kinds[welcome->kind_count++] = kind_names[kind];
	}
	welcome->kinds = kinds;
	welcome->sender_id = sender->id;
	welcome->sender_name = sender->name;
	welcome->municipalities = sender->may_all ? NULL : sender->municipalities;
	welcome->municipality_count = sender->municipality_count;
	welcome->sender_programmes = sender->programmes;
	welcome->sender_programme_count = sender->programme_count;
}

void hello_take(struct service *service, const struct asking *asking)
{
	struct arena *arena = arena_new(HELLO_ARENA_BYTES);
	struct welcome welcome = {
		.server_version = STEUN_VERSION,
		.time_us = asking->received_at_us,
	};
	fill_settings(arena, service->settings, &welcome);
	fill_sender(arena, asking->key->submitter, &welcome);
	buf_reset(&service->body);
	welcome_write(&service->body, &welcome);
	ensure(!service->body.has_failed);
	answer(service, &asking->address, REPLY_WELCOME, buf_str(&service->body));
	arena_free(&arena);
}
