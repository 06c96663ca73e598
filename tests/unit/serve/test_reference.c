/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/reference.h"

#include "base/json.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

static const struct json *document(struct house *house)
{
	struct json_error why;
	struct buf out;
	if (house->service.server == NULL)
		house_open(house);
	buf_init(&out, 8 * 1024 * 1024);
	reference_write(&out, house->service.settings);
	assert_false(out.has_failed);
	struct str text = arena_copy(house->arena, buf_str(&out));
	buf_free(&out);
	const struct json *root = json_parse(house->arena, text, 100000, &why);
	assert_non_null(root);
	return root;
}

static const struct json *find(const struct json *array, const char *key, const char *value)
{
	const struct json *element = array->first;
	while (element != NULL && !str_is(json_member_text(element, key), value))
		element = element->next;
	assert_non_null(element);
	return element;
}

static void an_unknown_budget_is_left_out_and_never_zero(void **state)
{
	const struct json *programme = json_member(document(*state), "programmes")->first;
	const struct json *items = json_member(programme, "items");
	assert_true(str_is(
		json_member_text(find(items, "id", "jeugd.jongerenwerk"), "budget"), "14000000"));
	assert_null(json_member(find(items, "id", "jeugd.luisterlijnen"), "budget"));
	const struct json *other = find(items, "id", "overig");
	assert_null(json_member(other, "action_line"));
	assert_null(json_member(other, "funding"));
	assert_true(str_is(
		json_member_text(find(items, "id", "kwetsbaar.huisvesting"), "withheld_ground"),
		"5.1.2b"));
}

static void a_joint_item_has_both_departments(void **state)
{
	const struct json *programme = json_member(document(*state), "programmes")->first;
	const struct json *joint =
		find(json_member(programme, "items"), "id", "leefstijl.ondernemers");
	const struct json *departments = json_member(joint, "departments");
	assert_int_equal(departments->count, 2);
	assert_true(str_is(departments->first->text, "VWS"));
	assert_true(str_is(departments->first->next->text, "EZ"));
}

static void no_secret_is_in_it_and_every_public_key_is(void **state)
{
	struct house *house = *state;
	const struct json *root = document(house);
	assert_int_equal(json_member(root, "keys")->count, 2);
	const struct json *key = json_member(root, "verify_keys")->first;
	assert_true(str_is(json_member_text(key, "ed25519"), house->receipt_key));
	struct buf out;
	buf_init(&out, 8 * 1024 * 1024);
	reference_write(&out, house->service.settings);
	assert_false(str_contains(buf_str(&out), str_of(house->server_keys.secret_text)));
	assert_false(str_contains(buf_str(&out), str_of(house->server_keys.public_text)));
	buf_free(&out);
}

static void dates_of_keys_are_kept(void **state)
{
	struct house *house = *state;
	house_write(house, "submitters/few.yaml",
		arena_format(house->arena,
			"submitters:\n  - id: few\n    name: Few\n    municipalities: [GM0451]\n"
			"    keys:\n      - public: '%s'\n        from: 2021-01-01\n"
			"        until: 2099-01-01\n",
			house->keys[1].public_text));
	const struct json *root = document(house);
	const struct json *key = find(json_member(root, "keys"), "submitter", "few");
	assert_true(str_starts_with(json_member_text(key, "valid_from"), STR("2021-01-01T")));
	assert_true(str_starts_with(json_member_text(key, "valid_until"), STR("2099-01-01T")));
	key = find(json_member(root, "keys"), "submitter", "all");
	assert_null(json_member(key, "valid_from"));
	assert_null(json_member(key, "valid_until"));
}

static void the_database_takes_it_as_it_is(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_sql(&house->cluster, "record",
		"SELECT count(*) > 350 FROM steun.municipality WHERE NOT retired", "t");
	expect_sql(&house->cluster, "record", "SELECT count(*) FROM steun.sender_key", "2");
	expect_sql(&house->cluster, "record",
		"SELECT count(*) FROM steun.item WHERE budget IS NULL AND id = "
		"'jeugd.luisterlijnen'",
		"1");
	expect_sql(&house->cluster, "record", "SELECT source FROM steun.rule_source", house_rules);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_unknown_budget_is_left_out_and_never_zero),
		TEST(a_joint_item_has_both_departments),
		TEST(no_secret_is_in_it_and_every_public_key_is),
		TEST(dates_of_keys_are_kept),
		TEST(the_database_takes_it_as_it_is),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
