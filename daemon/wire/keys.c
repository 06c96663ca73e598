/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/keys.h"

#include "base/clock.h"
#include "base/file.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum {
	KEY_CHARACTERS = CURVE_TEXT_SIZE - 1,
	ARENA_BYTES = 4 * CERTIFICATE_BYTES_MAX,
	TEXT_SIZE = 1024, /* of a certificate as we write it */
};

static const char public_banner[] =
	"#   ZeroMQ CURVE Public Certificate\n"
	"#   Exchange securely, or use a secure mechanism to verify the contents\n"
	"#   of this file after exchange.\n";

static const char secret_banner[] =
	"#   ZeroMQ CURVE **Secret** Certificate\n"
	"#   DO NOT PROVIDE THIS FILE TO OTHER USERS nor change its permissions.\n";

bool curve_key_decode(const char *text, uint8_t ret_key[CURVE_KEY_BYTES])
{
	return strlen(text) == KEY_CHARACTERS && zmq_z85_decode(ret_key, text) != NULL;
}

bool curve_keys_generate(struct curve_keys *ret_keys, struct error *err)
{
	struct curve_keys keys;
	if (zmq_curve_keypair(keys.public_text, keys.secret_text) != 0)
		return error_set(
			err, "cannot generate a CURVE key pair: %s", zmq_strerror(zmq_errno()));
	*ret_keys = keys;
	curve_keys_wipe(&keys);
	return true;
}

void curve_keys_wipe(struct curve_keys *keys)
{
	explicit_bzero(keys, sizeof(*keys));
}

/* Reading ----------------------------------------------------------------------------------------
 * ZPL (ZeroMQ RFC 4), as far as certificates use it: a comment, a section at the margin, or an
 * indented `name = value`. Keys hold '#' and '=', so a value in quotes is taken as it stands.
 */

struct certificate {
	struct curve_keys *keys;
	bool is_in_curve;
};

static bool unquote(struct str value, struct str *ret_text)
{
	if (value.length == 0 || (value.data[0] != '"' && value.data[0] != '\'')) {
		*ret_text = value;
		return true;
	}
	if (value.length < 2 || value.data[value.length - 1] != value.data[0])
		return false;
	*ret_text = str_slice(value, 1, value.length - 1);
	return true;
}

static bool read_key(struct str value, char key[CURVE_TEXT_SIZE], struct error *err)
{
	struct str text;
	uint8_t bytes[CURVE_KEY_BYTES];
	char copy[CURVE_TEXT_SIZE] = "";
	if (key[0] != '\0')
		return error_set(err, "this key was given before");
	if (unquote(value, &text) && text.length == KEY_CHARACTERS)
		memcpy(copy, text.data, KEY_CHARACTERS);
	bool is_key = curve_key_decode(copy, bytes);
	if (is_key)
		memcpy(key, copy, sizeof(copy));
	explicit_bzero(bytes, sizeof(bytes));
	explicit_bzero(copy, sizeof(copy));
	return is_key || error_set(err, "expected a key of 40 characters of Z85 in quotes");
}

static bool read_property(
	struct certificate *certificate, struct str name, struct str value, struct error *err)
{
	if (!certificate->is_in_curve)
		return true;
	if (str_is(name, "public-key"))
		return read_key(value, certificate->keys->public_text, err);
	if (str_is(name, "secret-key"))
		return read_key(value, certificate->keys->secret_text, err);
	return error_set(err, "expected public-key or secret-key under curve");
}

static bool is_indented(struct str line)
{
	return line.length > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
}

static bool read_line(struct certificate *certificate, struct str line, struct error *err)
{
	struct str rest = str_trim(line);
	struct str name;
	if (rest.length == 0 || rest.data[0] == '#')
		return true;
	bool has_value = memchr(rest.data, '=', rest.length) != NULL;
	if (!is_indented(line)) {
		certificate->is_in_curve = str_is(rest, "curve");
		return !has_value || error_set(err, "expected the name of a section");
	}
	if (!has_value)
		return !certificate->is_in_curve || error_set(err, "expected name = \"value\"");
	str_split(&rest, '=', &name);
	return read_property(certificate, str_trim(name), str_trim(rest), err);
}

static bool is_pair(const struct curve_keys *keys)
{
	char derived[CURVE_TEXT_SIZE];
	return zmq_curve_public(derived, keys->secret_text) == 0 &&
	       strcmp(derived, keys->public_text) == 0;
}

static bool read_lines(struct str text, struct curve_keys *keys, struct error *err)
{
	struct certificate certificate = {.keys = keys};
	struct str line;
	for (unsigned int number = 1; str_split(&text, '\n', &line); number++) {
		if (!read_line(&certificate, line, err))
			return error_prefix(err, "line %u", number);
	}
	if (keys->public_text[0] == '\0')
		return error_set(err, "no public-key under curve");
	if (keys->secret_text[0] != '\0' && !is_pair(keys))
		return error_set(err, "public-key and secret-key do not belong together");
	return true;
}

bool curve_keys_parse(struct str text, struct curve_keys *ret_keys, struct error *err)
{
	struct curve_keys keys = {0};
	bool is_read = read_lines(text, &keys, err);
	if (is_read)
		*ret_keys = keys;
	curve_keys_wipe(&keys);
	return is_read;
}

/* Runs `parse` over a file and leaves none of its bytes behind in freed memory. */
static bool parse_file(const char *path,
	bool (*parse)(struct str text, struct curve_keys *ret_keys, struct error *err),
	struct curve_keys *ret_keys, struct error *err)
{
	struct arena *arena = arena_new(ARENA_BYTES);
	struct str text = {0};
	bool is_read = file_read(arena, path, CERTIFICATE_BYTES_MAX, &text, err);
	if (is_read && !parse(text, ret_keys, err))
		is_read = error_prefix(err, "%s", path);
	/* The text is const to its readers, but this arena and all in it is ours. */
	if (text.length > 0)
		explicit_bzero((void *)(uintptr_t)text.data, text.length);
	arena_free(&arena);
	return is_read;
}

bool curve_keys_read(const char *path, struct curve_keys *ret_keys, struct error *err)
{
	struct curve_keys keys;
	if (!file_is_secret(path, err) || !parse_file(path, curve_keys_parse, &keys, err))
		return false;
	bool has_secret = keys.secret_text[0] != '\0';
	if (has_secret)
		*ret_keys = keys;
	curve_keys_wipe(&keys);
	return has_secret || error_set(err, "%s: no secret-key in this certificate", path);
}

static bool parse_public(struct str text, struct curve_keys *ret_keys, struct error *err)
{
	struct str key = str_trim(text);
	*ret_keys = (struct curve_keys){0};
	if (key.length == KEY_CHARACTERS)
		return read_key(key, ret_keys->public_text, err);
	return curve_keys_parse(text, ret_keys, err);
}

bool curve_public_read(const char *path, char ret_public[CURVE_TEXT_SIZE], struct error *err)
{
	struct curve_keys keys;
	if (!parse_file(path, parse_public, &keys, err))
		return false;
	memcpy(ret_public, keys.public_text, CURVE_TEXT_SIZE);
	curve_keys_wipe(&keys);
	return true;
}

/* Writing ----------------------------------------------------------------------------------------
 */

/* An empty `secret` writes a public certificate. */
static struct str certificate_text(
	char text[TEXT_SIZE], const char *banner, const char *public, const char *secret)
{
	char now[CLOCK_UTC_SIZE];
	clock_format_utc(clock_realtime_us(), now);
	bool is_secret = secret[0] != '\0';
	int length = snprintf(text, TEXT_SIZE,
		"#   ****  Generated on %s by steun  ****\n%s\nmetadata\ncurve\n"
		"    public-key = \"%s\"\n%s%s%s",
		now, banner, public, is_secret ? "    secret-key = \"" : "", secret,
		is_secret ? "\"\n" : "");
	return (struct str){text, (size_t)length};
}

static bool write_certificate(const char *path, mode_t mode, const char *banner,
	const struct curve_keys *keys, struct error *err)
{
	char text[TEXT_SIZE];
	const char *secret = banner == secret_banner ? keys->secret_text : "";
	struct str data = certificate_text(text, banner, keys->public_text, secret);
	bool is_written = file_create(path, data, mode, err);
	explicit_bzero(text, sizeof(text));
	return is_written;
}

bool curve_keys_write(const struct curve_keys *keys, const char *base_path, struct error *err)
{
	char public_path[PATH_MAX], secret_path[PATH_MAX];
	int length = snprintf(secret_path, sizeof(secret_path), "%s.key_secret", base_path);
	if (length < 0 || length >= (int)sizeof(secret_path))
		return error_set(err, "the name of the key file is too long");
	snprintf(public_path, sizeof(public_path), "%s.key", base_path);
	if (!write_certificate(secret_path, 0600, secret_banner, keys, err))
		return false;
	if (write_certificate(public_path, 0644, public_banner, keys, err))
		return true;
	/* A secret without the public half beside it would only be in the way of the next try. */
	file_remove(secret_path, NULL);
	return false;
}
