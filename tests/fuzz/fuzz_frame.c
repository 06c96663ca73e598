/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Frames of any number and size, as requests and as replies. In the input a byte of length stands
 * before each frame; the last takes what is left.
 */
#include "base/ensure.h"
#include "wire/frame.h"

#include <string.h>

enum { FRAMES_MAX = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cut(const uint8_t *data, size_t size, struct str frames[FRAMES_MAX])
{
	size_t count = 0;
	while (size > 0 && count < FRAMES_MAX) {
		size_t length = data[0] < size - 1 ? data[0] : size - 1;
		frames[count++] = (struct str){(const char *)data + 1, length};
		data += length + 1;
		size -= length + 1;
	}
	return count;
}

static void try_request(const struct str *frames, size_t count)
{
	struct request request = {0};
	request_read(frames, count, &request);
	ensure(request.shape != REQUEST_SOUND || (count == 4 && request.verb < VERB_COUNT));
	ensure(request.shape != REQUEST_SOUND || str_equal(request.body, frames[3]));
	ensure(request.shape == REQUEST_SILENT ||
		memcmp(request.id, frames[2].data, REQUEST_ID_SIZE) == 0);
}

static void try_reply(const struct str *frames, size_t count)
{
	struct reply reply = {0};
	if (reply_read(frames, count, &reply))
		ensure(count == 4 && reply.kind < REPLY_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str frames[FRAMES_MAX] = {0};
	size_t count = cut(data, size, frames);
	try_request(frames, count);
	try_reply(frames, count);
	return 0;
}
