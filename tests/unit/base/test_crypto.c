/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: sodium_init getrandom read */
#include "base/crypto.h"

#include "tests/support/unit.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static bool is_sodium_broken;
static bool is_kernel_broken;
static bool is_disk_broken;
static unsigned kernel_seed;

int __real_sodium_init(void);
int __wrap_sodium_init(void);
ssize_t __real_getrandom(void *out, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *out, size_t size, unsigned flags);
ssize_t __real_read(int fd, void *out, size_t size);
ssize_t __wrap_read(int fd, void *out, size_t size);

int __wrap_sodium_init(void)
{
	return is_sodium_broken ? -1 : __real_sodium_init();
}

ssize_t __wrap_getrandom(void *out, size_t size, unsigned flags)
{
	if (is_kernel_broken) {
		errno = ENOSYS;
		return -1;
	}
	if (kernel_seed != 0 && size == sizeof(kernel_seed)) {
		memcpy(out, &kernel_seed, size);
		return (ssize_t)size;
	}
	return __real_getrandom(out, size, flags);
}

ssize_t __wrap_read(int fd, void *out, size_t size)
{
	if (is_disk_broken) {
		errno = EIO;
		return -1;
	}
	return __real_read(fd, out, size);
}

struct fixture {
	char folder[PATH_MAX];
	char path[PATH_MAX];
	struct error err;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	snprintf(fixture.path, sizeof(fixture.path), "%s", unit_path(fixture.folder, "key"));
	error_clear(&fixture.err);
	*state = &fixture;
	return crypto_start(&fixture.err) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	unit_folder_remove(fixture->folder);
	return 0;
}

static void starting_seeds_rand_from_the_kernel(void **state)
{
	struct fixture *fixture = *state;
	kernel_seed = 4711;
	assert_true(crypto_start(&fixture->err));
	kernel_seed = 0;
	int first = rand();
	srand(4711);
	assert_int_equal(first, rand());
}

static void starting_fails_without_randomness(void **state)
{
	struct fixture *fixture = *state;
	is_sodium_broken = true;
	assert_false(crypto_start(&fixture->err));
	is_sodium_broken = false;
	assert_non_null(strstr(fixture->err.message, "libsodium"));

	error_clear(&fixture->err);
	is_kernel_broken = true;
	assert_false(crypto_start(&fixture->err));
	is_kernel_broken = false;
	assert_non_null(strstr(fixture->err.message, "randomness"));
}

static void random_bytes_differ(void **state)
{
	(void)state;
	uint8_t a[16] = {0};
	uint8_t b[16] = {0};
	crypto_random(a, sizeof(a));
	crypto_random(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

static void sha256_agrees_with_the_standard(void **state)
{
	(void)state;
	static const char abc[] =
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	static const char nothing[] =
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	sha256(STR("abc"), hash);
	hex_encode(hash, sizeof(hash), hex);
	assert_string_equal(hex, abc);
	sha256_pair(STR("a"), STR("bc"), hash);
	hex_encode(hash, sizeof(hash), hex);
	assert_string_equal(hex, abc);
	sha256((struct str){0}, hash);
	hex_encode(hash, sizeof(hash), hex);
	assert_string_equal(hex, nothing);
	sha256_pair((struct str){0}, (struct str){0}, hash);
	hex_encode(hash, sizeof(hash), hex);
	assert_string_equal(hex, nothing);
}

static void hex_is_read_in_both_cases_and_exact_length(void **state)
{
	(void)state;
	uint8_t bytes[3];
	assert_true(hex_decode(STR("00fFaB"), bytes, 3));
	assert_memory_equal(bytes, "\x00\xff\xab", 3);
	static const char *const bad[] = {
		"", "00ff", "00ffa", "00ffab0", "00ffab00", "00ffag", " 0ffab", "0x00ff", "00 fab"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(hex_decode(str_of(bad[i]), bytes, 3));
}

static void base64_is_padded_and_exact(void **state)
{
	(void)state;
	char text[9];
	base64_encode((const uint8_t *)"foob", 4, text);
	assert_string_equal(text, "Zm9vYg==");
	uint8_t bytes[4];
	assert_true(base64_decode(STR("Zm9vYg=="), bytes, 4));
	assert_memory_equal(bytes, "foob", 4);
	/* Cut, overlong, unpadded, with a blank, of the other alphabet, with stray bits. */
	static const char *const bad[] = {"", "Zm9v", "Zm9vYmE=", "Zm9vYg",
		"Zm9vYg=", "Zm9vYg== ", "Zm9 Yg==", "Zm9-Yg==", "Zm9vYh==", "Zm9vYg=a"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(base64_decode(str_of(bad[i]), bytes, 4));
}

static void a_signature_holds_for_its_text_and_key_alone(void **state)
{
	(void)state;
	struct signing_key *key = signing_key_generate();
	struct signing_key *other = signing_key_generate();
	uint8_t signature[SIGNATURE_SIZE];
	signing_key_sign(key, STR("receipt"), signature);
	assert_true(signature_is_good(signature, STR("receipt"), signing_key_public(key)));
	assert_false(signature_is_good(signature, STR("Receipt"), signing_key_public(key)));
	assert_false(signature_is_good(signature, STR("receipt"), signing_key_public(other)));
	signature[5] ^= 1;
	assert_false(signature_is_good(signature, STR("receipt"), signing_key_public(key)));
	signing_key_free(&key);
	signing_key_free(&other);
	assert_null(key);
	signing_key_free(&key);
}

static void a_key_survives_its_file(void **state)
{
	struct fixture *fixture = *state;
	struct signing_key *key = signing_key_generate();
	assert_true(signing_key_write(key, fixture->path, &fixture->err));
	struct stat status;
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);

	struct signing_key *again = signing_key_read(fixture->path, &fixture->err);
	assert_non_null(again);
	assert_string_equal(signing_key_id(again), signing_key_id(key));
	uint8_t signature[SIGNATURE_SIZE];
	signing_key_sign(again, STR("x"), signature);
	assert_true(signature_is_good(signature, STR("x"), signing_key_public(key)));
	signing_key_free(&again);
	signing_key_free(&key);
}

static void a_known_seed_gives_the_known_key(void **state)
{
	struct fixture *fixture = *state;
	/* RFC 8032, section 7.1, test 1: the seed, its public key, its signature of nothing. */
	unit_write(
		fixture->path, "steun-signing-key/1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
	chmod(fixture->path, 0400);
	struct signing_key *key = signing_key_read(fixture->path, &fixture->err);
	assert_non_null(key);
	char text[2 * SIGNATURE_SIZE + 1];
	hex_encode(signing_key_public(key), VERIFY_KEY_SIZE, text);
	assert_string_equal(
		text, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	uint8_t signature[SIGNATURE_SIZE];
	signing_key_sign(key, (struct str){0}, signature);
	hex_encode(signature, SIGNATURE_SIZE, text);
	assert_string_equal(text,
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
		"c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
	assert_true(signature_is_good(signature, (struct str){0}, signing_key_public(key)));

	/* The id is the beginning of the public key's SHA-256. */
	uint8_t hash[SHA256_SIZE];
	sha256((struct str){(const char *)signing_key_public(key), VERIFY_KEY_SIZE}, hash);
	hex_encode(hash, 8, text);
	assert_string_equal(signing_key_id(key), text);
	signing_key_free(&key);
}

static void a_key_is_never_overwritten(void **state)
{
	struct fixture *fixture = *state;
	unit_write(fixture->path, "precious");
	struct signing_key *key = signing_key_generate();
	assert_false(signing_key_write(key, fixture->path, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "exists already"));
	signing_key_free(&key);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct signing_key *key = signing_key_generate();
	assert_true(signing_key_write(key, fixture->path, &fixture->err));
	signing_key_free(&key);
	chmod(fixture->path, 0640);
	assert_null(signing_key_read(fixture->path, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "chmod 600"));
}

static void what_is_no_key_is_refused_without_showing_it(void **state)
{
	struct fixture *fixture = *state;
	static const char *const texts[] = {
		"",
		"hello",
		"steun-signing-key/1",
		"steun-signing-key/1 ",
		"steun-signing-key/1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2",
		"steun-signing-key/1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A= and more",
		"steun-signing-key/1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\nsecond line",
		"steun-signing-key/2 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		unit_write(fixture->path, texts[i]);
		chmod(fixture->path, 0600);
		error_clear(&fixture->err);
		assert_null(signing_key_read(fixture->path, &fixture->err));
		assert_non_null(strstr(fixture->err.message, fixture->path));
		assert_non_null(strstr(fixture->err.message, "is not a signing key"));
		assert_null(strstr(fixture->err.message, "nWGxne"));
	}
}

static void a_key_that_cannot_be_read_is_named(void **state)
{
	struct fixture *fixture = *state;
	assert_null(signing_key_read(fixture->path, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "No such file"));

	unit_write(fixture->path, "x");
	chmod(fixture->path, 0600);
	error_clear(&fixture->err);
	is_disk_broken = true;
	assert_null(signing_key_read(fixture->path, &fixture->err));
	is_disk_broken = false;
	assert_non_null(strstr(fixture->err.message, "Input/output error"));

	/* A socket may have the right mode and still cannot be opened. */
	error_clear(&fixture->err);
	const char *path = unit_path(fixture->folder, "socket");
	assert_int_equal(mknod(path, S_IFSOCK | 0600, 0), 0);
	assert_null(signing_key_read(path, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot open"));
}

#define CRYPTO_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRYPTO_TEST(starting_seeds_rand_from_the_kernel),
		CRYPTO_TEST(starting_fails_without_randomness),
		CRYPTO_TEST(random_bytes_differ),
		CRYPTO_TEST(sha256_agrees_with_the_standard),
		CRYPTO_TEST(hex_is_read_in_both_cases_and_exact_length),
		CRYPTO_TEST(base64_is_padded_and_exact),
		CRYPTO_TEST(a_signature_holds_for_its_text_and_key_alone),
		CRYPTO_TEST(a_key_survives_its_file),
		CRYPTO_TEST(a_known_seed_gives_the_known_key),
		CRYPTO_TEST(a_key_is_never_overwritten),
		CRYPTO_TEST(a_key_that_others_may_read_is_refused),
		CRYPTO_TEST(what_is_no_key_is_refused_without_showing_it),
		CRYPTO_TEST(a_key_that_cannot_be_read_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
