/* SPDX-License-Identifier: EUPL-1.2 */
/* Any text as a certificate: it is refused with a reason, or gives keys that libzmq takes. */
#include "base/ensure.h"
#include "wire/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct curve_keys keys = {0};
	struct error err = {0};
	uint8_t bytes[CURVE_KEY_BYTES];
	if (!curve_keys_parse((struct str){(const char *)data, size}, &keys, &err)) {
		ensure(err.is_set && keys.public_text[0] == '\0' && keys.secret_text[0] == '\0');
		return 0;
	}
	ensure(curve_key_decode(keys.public_text, bytes));
	ensure(keys.secret_text[0] == '\0' || curve_key_decode(keys.secret_text, bytes));
	return 0;
}
