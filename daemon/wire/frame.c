/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/frame.h"

#include <string.h>

enum { FRAME_PROTOCOL, FRAME_NAME, FRAME_ID, FRAME_BODY, FRAME_COUNT };

const char *const verb_names[] = {
	[VERB_HELLO] = "HELLO",
	[VERB_SUBMIT] = "SUBMIT",
	[VERB_CHECK] = "CHECK",
	[VERB_STATUS] = "STATUS",
	[VERB_RECALL] = "RECALL",
	[VERB_RULES] = "RULES",
	[VERB_PING] = "PING",
	[VERB_COUNT] = NULL,
};

const char *const reply_names[] = {
	[REPLY_WELCOME] = "WELCOME",
	[REPLY_RECEIPT] = "RECEIPT",
	[REPLY_FINDINGS] = "FINDINGS",
	[REPLY_STATUS] = "STATUS",
	[REPLY_RULES] = "RULES",
	[REPLY_PONG] = "PONG",
	[REPLY_REFUSED] = "REFUSED",
	[REPLY_RETRY] = "RETRY",
	[REPLY_COUNT] = NULL,
};

static bool find_name(const char *const *names, struct str text, int *ret_index)
{
	for (int i = 0; names[i] != NULL; i++) {
		if (str_is(text, names[i])) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static bool has_id(const struct str *frames, size_t frame_count)
{
	return frame_count > FRAME_ID && frames[FRAME_ID].length == REQUEST_ID_SIZE;
}

static bool has_shape(const struct str *frames, size_t frame_count)
{
	return frame_count == FRAME_COUNT && str_is(frames[FRAME_PROTOCOL], PROTOCOL_NAME);
}

void request_read(const struct str *frames, size_t frame_count, struct request *ret_request)
{
	ret_request->shape = REQUEST_SILENT;
	ret_request->body = (struct str){0};
	if (!has_id(frames, frame_count))
		return;
	memcpy(ret_request->id, frames[FRAME_ID].data, REQUEST_ID_SIZE);
	ret_request->shape = REQUEST_BAD_FRAME;
	if (!has_shape(frames, frame_count))
		return;
	int verb;
	ret_request->shape = REQUEST_UNKNOWN_VERB;
	if (!find_name(verb_names, frames[FRAME_NAME], &verb))
		return;
	ret_request->shape = REQUEST_SOUND;
	ret_request->verb = (enum verb)verb;
	ret_request->body = frames[FRAME_BODY];
}

bool reply_read(const struct str *frames, size_t frame_count, struct reply *ret_reply)
{
	int kind;
	if (!has_id(frames, frame_count) || !has_shape(frames, frame_count) ||
		!find_name(reply_names, frames[FRAME_NAME], &kind))
		return false;
	ret_reply->kind = (enum reply_kind)kind;
	memcpy(ret_reply->id, frames[FRAME_ID].data, REQUEST_ID_SIZE);
	ret_reply->body = frames[FRAME_BODY];
	return true;
}
