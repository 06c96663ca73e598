/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/submitter.h"

#include "base/clock.h"
#include "base/file.h"
#include "tests/support/mistaken.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <string.h>

#define KEY_A "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
#define KEY_B "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define KEY_C "0000000000000000000000000000000000000000"

static const char municipality_rows[] =
	"code,name,province_code,province,population,valid_from,valid_until\n"
	"GM0014,Groningen,PV20,Groningen,233071,,\n"
	"GM0451,Uithoorn,PV27,Noord-Holland,29424,,\n";

static const struct submitters *load_folder(void **state, const char *folder)
{
	struct mistaken *at = *state;
	const struct municipalities *municipalities = municipalities_load(
		at->arena, mistaken_file(at, "m.csv", municipality_rows), NULL, at->mistakes);
	assert_non_null(municipalities);
	const struct programme *programmes[] = {sample_programme(at->arena)};
	const struct submitters *submitters =
		submitters_load(at->arena, folder, municipalities, programmes, 1, at->mistakes);
	assert_int_equal(submitters == NULL, mistakes_count(at->mistakes) > 0);
	return submitters;
}

static const struct submitters *load(void **state, const char *text)
{
	struct mistaken *at = *state;
	mistaken_file(at, "a.yaml", text);
	return load_folder(state, at->folder);
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static int64_t moment(const char *text)
{
	int64_t realtime_us = 0;
	assert_true(clock_parse_utc(str_of(text), &realtime_us));
	return realtime_us;
}

static const struct sender_key *find(
	const struct submitters *submitters, const char *key, const char *when)
{
	uint8_t bytes[CURVE_KEY_SIZE];
	assert_true(z85_decode_key(str_of(key), bytes));
	return submitters_find(submitters, bytes, moment(when));
}

static void a_key_leads_to_its_submitter(void **state)
{
	const struct submitters *submitters = load(state,
		"submitters:\n"
		"  - {id: a, name: A, municipalities: ['GM0451'], keys: [{public: '" KEY_A "'},"
		" {public: '" KEY_B "'}]}\n"
		"  - {id: b, name: B, municipalities: '*', keys: [{public: '" KEY_C "'}]}\n");
	assert_non_null(submitters);
	assert_int_equal(submitters->count, 2);
	assert_int_equal(submitters->key_count, 3);
	const char *now = "2021-06-01T12:00:00.000000Z";
	assert_string_equal(find(submitters, KEY_A, now)->submitter->id, "a");
	assert_string_equal(find(submitters, KEY_B, now)->submitter->id, "a");
	assert_string_equal(find(submitters, KEY_C, now)->submitter->id, "b");
	assert_string_equal(find(submitters, KEY_C, now)->submitter->name, "B");
	uint8_t unknown[CURVE_KEY_SIZE] = {1};
	assert_null(submitters_find(submitters, unknown, moment(now)));
}

static void a_fingerprint_is_the_sha_256_of_the_key(void **state)
{
	const struct submitters *submitters = load(state,
		"submitters:\n  - {id: a, name: A, municipalities: '*', keys: [{public: '" KEY_C
		"'}]}\n");
	assert_non_null(submitters);
	assert_string_equal(submitters->keys[0].fingerprint,
		"66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
}

static void keys_are_sorted_by_their_bytes(void **state)
{
	const struct submitters *submitters = load(state,
		"submitters:\n  - {id: a, name: A, municipalities: '*', keys: [{public: '" KEY_B
		"'}, {public: '" KEY_C "'}, {public: '" KEY_A "'}]}\n");
	assert_non_null(submitters);
	for (size_t i = 1; i < submitters->key_count; i++)
		assert_true(memcmp(submitters->keys[i - 1].public_key,
				    submitters->keys[i].public_key, CURVE_KEY_SIZE) < 0);
}

static void a_key_is_valid_from_a_day_until_before_another(void **state)
{
	const struct submitters *submitters = load(state,
		"submitters:\n  - {id: a, name: A, municipalities: '*', keys: [{public: '" KEY_A
		"', from: 2021-02-01, until: 2021-03-01}, {public: '" KEY_B "'}]}\n");
	assert_non_null(submitters);
	assert_null(find(submitters, KEY_A, "2021-01-31T23:59:59.999999Z"));
	assert_non_null(find(submitters, KEY_A, "2021-02-01T00:00:00.000000Z"));
	assert_non_null(find(submitters, KEY_A, "2021-02-28T23:59:59.999999Z"));
	assert_null(find(submitters, KEY_A, "2021-03-01T00:00:00.000000Z"));
	assert_non_null(find(submitters, KEY_B, "1970-01-01T00:00:00.000000Z"));
}

static void a_submitter_may_send_for_its_municipalities_kinds_and_programmes(void **state)
{
	const struct submitters *submitters = load(state,
		"submitters:\n"
		"  - {id: a, name: A, municipalities: [GM0451], kinds: [spending], keys: []}\n"
		"  - {id: b, name: B, municipalities: '*', programmes: [steunpakket-2021], keys: "
		"[]}"
		"\n");
	assert_non_null(submitters);
	const struct submitter *a = &submitters->items[0], *b = a + 1;
	const char *programme = "steunpakket-2021";
	assert_true(submitter_may_send(a, programme, "GM0451", KIND_SPENDING));
	assert_false(submitter_may_send(a, programme, "GM0451", KIND_OUTREACH));
	assert_false(submitter_may_send(a, programme, "GM0014", KIND_SPENDING));
	assert_false(submitter_may_send(a, "other", "GM0451", KIND_SPENDING));
	assert_true(submitter_may_send(b, programme, "GM0014", KIND_OUTREACH));
	assert_true(submitter_may_send(b, programme, "GM0014", KIND_SPENDING));
	assert_false(submitter_may_send(b, "other", "GM0014", KIND_SPENDING));
	assert_true(b->may_all);
	assert_int_equal(b->municipality_count, 0);
	assert_int_equal(a->programme_count, 1);
}

static void every_mistake_is_listed_at_once(void **state)
{
	refuse(state,
		"submitters:\n"
		"  - id: a\n"
		"    name: A\n"
		"    municipalities: [GM0451, GM9999, GM0451, [x]]\n"
		"    kinds: [spending, both]\n"
		"    programmes: [steunpakket]\n"
		"    keys:\n"
		"      - public: short\n"
		"      - {public: '" KEY_A "', from: 2021-02-01, until: 2021-02-01}\n"
		"      - {public: '" KEY_A "'}\n"
		"      - {from: 2021-02-01}\n"
		"  - {id: a, name: B, municipalities: all, keys: []}\n"
		"  - {id: c, name: C, municipalities: [], keys: []}\n"
		"  - geen\n",
		"a.yaml:4:30: there is no municipality 'GM9999'\n"
		"a.yaml:4:38: 'GM0451' stands twice in this list\n"
		"a.yaml:4:46: an entry of 'municipalities' must be a CBS code, as in GM0451\n"
		"a.yaml:5:23: an entry of 'kinds' must be spending or outreach, not 'both'\n"
		"a.yaml:6:18: there is no programme 'steunpakket'\n"
		"a.yaml:8:17: 'public' must be a CURVE public key: 40 characters of Z85\n"
		"a.yaml:9:87: 'until' must lie after 'from'\n"
		"a.yaml:10:18: '" KEY_A "' stands twice, first in a.yaml, line 9\n"
		"a.yaml:11:9: the key 'public' is missing\n"
		"a.yaml:12:10: 'a' stands twice, first in a.yaml, line 2\n"
		"a.yaml:12:38: 'municipalities' must be a list of CBS codes, or \"*\" for every "
		"one\n"
		"a.yaml:13:38: 'municipalities' must be a list of CBS codes, or \"*\" for every "
		"one\n"
		"a.yaml:14:5: an entry of 'submitters' must be a mapping, not a single value\n");
}

static void ids_and_keys_are_held_against_all_files(void **state)
{
	struct mistaken *at = *state;
	mistaken_file(at, "b.yaml",
		"submitters:\n  - {id: a, name: A, municipalities: '*', keys: [{public: '" KEY_A
		"'}]}\n");
	refuse(state,
		"submitters:\n  - {id: a, name: A, municipalities: '*', keys: [{public: '" KEY_A
		"'}]}\n",
		"b.yaml:2:10: 'a' stands twice, first in a.yaml, line 2\n"
		"b.yaml:2:59: '" KEY_A "' stands twice, first in a.yaml, line 2\n");
}

static void a_broken_file_does_not_hide_the_mistakes_of_another(void **state)
{
	struct mistaken *at = *state;
	mistaken_file(at, "b.yaml", "submitters: [\n");
	assert_null(load(
		state, "submitters:\n  - {id: a, name: A, municipalities: [GM9999], keys: []}\n"));
	const char *text = mistaken_text(at);
	assert_non_null(strstr(text, "a.yaml:2:39: there is no municipality 'GM9999'\n"));
	assert_non_null(strstr(text, "b.yaml:2:1: is not YAML"));
}

static void a_folder_without_files_lets_nobody_send(void **state)
{
	struct mistaken *at = *state;
	mistaken_file(at, "a.yaml.sample", "submitters: nonsense\n");
	const struct submitters *submitters = load_folder(state, at->folder);
	assert_non_null(submitters);
	assert_int_equal(submitters->count, 0);
	assert_null(find(submitters, KEY_A, "2021-06-01T12:00:00.000000Z"));
}

static void a_folder_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	assert_null(load_folder(state, arena_format(at->arena, "%s/none", at->folder)));
	assert_int_equal(mistakes_count(at->mistakes), 1);
}

static void the_shipped_sample_loads_once_it_is_renamed(void **state)
{
	struct mistaken *at = *state;
	struct error error = {0};
	struct str text;
	assert_true(file_read(
		at->arena, "config/submitters/example.yaml.sample", 1024 * 1024, &text, &error));
	const struct submitters *none = load_folder(state, "config/submitters");
	assert_int_equal(none->count, 0);
	mistaken_file(at, "example.yaml", text.data);
	const struct programme *programmes[] = {sample_programme(at->arena)};
	const struct municipalities *municipalities =
		municipalities_load(at->arena, "config/municipalities.csv", NULL, at->mistakes);
	const struct submitters *submitters =
		submitters_load(at->arena, at->folder, municipalities, programmes, 1, at->mistakes);
	assert_string_equal(mistaken_text(at), "");
	assert_non_null(submitters);
	assert_int_equal(submitters->count, 1);
	assert_int_equal(submitters->key_count, 1);
	assert_true(
		submitter_may_send(submitters->items, "steunpakket-2021", "GM0451", KIND_OUTREACH));
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_folder(void **state)
{
	static const char *const rows[] = {
		"{id: A, name: A, municipalities: '*', keys: []}",
		"{id: a, name: A, municipalities: all, keys: []}",
		"{id: a, name: A, municipalities: {GM0451: x}, keys: []}",
		"{id: a, name: A, municipalities: [GM9999], keys: []}",
		"{id: a, name: A, municipalities: [[GM0451]], keys: []}",
		"{id: a, name: A, municipalities: [GM0451, GM0451], keys: []}",
		"{id: a, name: A, municipalities: '*', kinds: [x], keys: []}",
		"{id: a, name: A, municipalities: '*', programmes: [x], keys: []}",
		"{id: a, name: A, municipalities: '*', keys: [{public: x}]}",
		"{id: a, name: A, municipalities: '*', keys: [{public: '" KEY_A
		"', from: 2021-01-02, until: 2021-01-01}]}",
		"{id: a, name: A, municipalities: '*', keys: [{public: '" KEY_A
		"'}, {public: '" KEY_A "'}]}",
	};
	struct mistaken *at = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		at->mistakes = mistakes_new(at->arena);
		assert_null(load(state, arena_format(at->arena, "submitters: [%s]\n", rows[i])));
		assert_int_equal(mistakes_count(at->mistakes), 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_leads_to_its_submitter),
		TEST(a_fingerprint_is_the_sha_256_of_the_key),
		TEST(keys_are_sorted_by_their_bytes),
		TEST(a_key_is_valid_from_a_day_until_before_another),
		TEST(a_submitter_may_send_for_its_municipalities_kinds_and_programmes),
		TEST(every_mistake_is_listed_at_once),
		TEST(ids_and_keys_are_held_against_all_files),
		TEST(a_broken_file_does_not_hide_the_mistakes_of_another),
		TEST(a_folder_without_files_lets_nobody_send),
		TEST(a_folder_that_is_not_there_is_a_mistake),
		TEST(the_shipped_sample_loads_once_it_is_renamed),
		TEST(each_mistake_alone_refuses_the_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
