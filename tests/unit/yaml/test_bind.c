/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/bind.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <stddef.h>
#include <string.h>

struct limit {
	int64_t lines, bytes;
	bool has_bytes;
};

struct person {
	const char *id;
	int64_t age;
	const struct node *node;
};

struct settings {
	const char *name;
	int64_t port;
	bool has_port;
	bool is_open;
	int colour;
	struct texts words;
	struct limit limit;
	struct items people;
	const struct node *raw;
	const struct node *node;
};

static const char *const colours[] = {"rood", "wit", "blauw", NULL};

static const struct bind_field limit_fields[] = {
	{.key = "lines",
		.type = BIND_INT,
		.offset = offsetof(struct limit, lines),
		.max = 1000,
		.fallback = "500"},
	{.key = "bytes",
		.type = BIND_INT,
		.offset = offsetof(struct limit, bytes),
		.has_offset = offsetof(struct limit, has_bytes)},
	{.key = NULL},
};
static const struct bind_table limit_table = {limit_fields, sizeof(struct limit), 0};

static const struct bind_field person_fields[] = {
	{.key = "id", .type = BIND_ID, .offset = offsetof(struct person, id), .is_required = true},
	{.key = "age",
		.type = BIND_INT,
		.offset = offsetof(struct person, age),
		.max = 150,
		.fallback = "18"},
	{.key = NULL},
};
static const struct bind_table person_table = {
	person_fields, sizeof(struct person), offsetof(struct person, node)};

static const struct bind_field settings_fields[] = {
	{.key = "name",
		.type = BIND_TEXT,
		.offset = offsetof(struct settings, name),
		.is_required = true},
	{.key = "port",
		.type = BIND_INT,
		.offset = offsetof(struct settings, port),
		.min = 1,
		.max = 65535,
		.fallback = "5555",
		.has_offset = offsetof(struct settings, has_port)},
	{.key = "is_open",
		.type = BIND_BOOL,
		.offset = offsetof(struct settings, is_open),
		.fallback = "true"},
	{.key = "colour",
		.type = BIND_CHOICE,
		.offset = offsetof(struct settings, colour),
		.choices = colours,
		.fallback = "wit"},
	{.key = "words",
		.type = BIND_TEXTS,
		.offset = offsetof(struct settings, words),
		.min = 1,
		.max = 3},
	{.key = "limit",
		.type = BIND_STRUCT,
		.offset = offsetof(struct settings, limit),
		.table = &limit_table},
	{.key = "people",
		.type = BIND_LIST,
		.offset = offsetof(struct settings, people),
		.max = 2,
		.table = &person_table},
	{.key = "raw", .type = BIND_NODE, .offset = offsetof(struct settings, raw)},
	{.key = NULL},
};
static const struct bind_table settings_table = {
	settings_fields, sizeof(struct settings), offsetof(struct settings, node)};

static bool bind(void **state, const char *text, struct settings *ret_settings)
{
	struct mistaken *at = *state;
	const struct node *root = yaml_parse(at->arena, "a.yaml", str_of(text), at->mistakes);
	assert_non_null(root);
	*ret_settings = (struct settings){0};
	return bind_mapping(at->arena, root, &settings_table, ret_settings, at->mistakes);
}

static void refuse(void **state, const char *text, const char *wanted)
{
	struct settings settings;
	assert_false(bind(state, text, &settings));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void every_type_finds_its_place(void **state)
{
	struct settings settings;
	assert_true(bind(state,
		"name: steund\nport: 7000\nis_open: false\ncolour: blauw\nwords: [een, 'twee']\n"
		"limit: {lines: 7, bytes: 8}\npeople:\n  - {id: a, age: 1}\n  - {id: b}\n"
		"raw: [x, {y: z}]\n",
		&settings));
	assert_string_equal(settings.name, "steund");
	assert_int_equal(settings.port, 7000);
	assert_true(settings.has_port);
	assert_false(settings.is_open);
	assert_int_equal(settings.colour, 2);
	assert_int_equal(settings.words.count, 2);
	assert_string_equal(settings.words.items[1], "twee");
	assert_int_equal(settings.words.nodes[1]->column, 14);
	assert_int_equal(settings.limit.lines, 7);
	assert_int_equal(settings.limit.bytes, 8);
	assert_true(settings.limit.has_bytes);
	const struct person *people = settings.people.items;
	assert_int_equal(settings.people.count, 2);
	assert_string_equal(people[1].id, "b");
	assert_int_equal(people[0].age, 1);
	assert_int_equal(people[1].age, 18);
	assert_int_equal(people[1].node->line, 9);
	assert_int_equal(settings.raw->type, NODE_SEQUENCE);
	assert_int_equal(settings.node->line, 1);
}

static void what_is_absent_gets_its_default_or_stays_zero(void **state)
{
	struct settings settings;
	assert_true(bind(state, "name: x\n", &settings));
	assert_int_equal(settings.port, 5555);
	assert_false(settings.has_port);
	assert_true(settings.is_open);
	assert_int_equal(settings.colour, 1);
	assert_int_equal(settings.words.count, 0);
	assert_int_equal(settings.people.count, 0);
	assert_null(settings.raw);
}

static void an_absent_mapping_gets_the_defaults_of_its_own(void **state)
{
	struct settings settings;
	assert_true(bind(state, "name: x\n", &settings));
	assert_int_equal(settings.limit.lines, 500);
	assert_false(settings.limit.has_bytes);
	assert_true(bind(state, "name: x\nlimit: {bytes: 3}\n", &settings));
	assert_int_equal(settings.limit.lines, 500);
	assert_int_equal(settings.limit.bytes, 3);
}

static void every_mistake_is_listed_at_once(void **state)
{
	refuse(state,
		"prot: 1\nport: 0\nis_open: maybe\ncolour: [wit]\nwords: een\nlimit: 5\n"
		"people:\n  - jan\n  - {age: 200, naam: x}\nzzz: 1\n",
		"a.yaml:1:1: the key 'prot' is not known here; did you mean 'port'?\n"
		"a.yaml:1:1: the key 'name' is missing\n"
		"a.yaml:2:7: 'port' must be a whole number from 1 to 65535, not '0'\n"
		"a.yaml:3:10: 'is_open' must be true or false, not 'maybe'\n"
		"a.yaml:4:9: 'colour' must be a single value, not a list\n"
		"a.yaml:5:8: 'words' must be a list, not a single value\n"
		"a.yaml:6:8: 'limit' must be a mapping, not a single value\n"
		"a.yaml:8:5: an entry of 'people' must be a mapping, not a single value\n"
		"a.yaml:9:5: the key 'id' is missing\n"
		"a.yaml:9:11: 'age' must be a whole number from 0 to 150, not '200'\n"
		"a.yaml:9:16: the key 'naam' is not known here\n"
		"a.yaml:10:1: the key 'zzz' is not known here\n");
}

static void what_could_be_bound_is_bound_beside_mistakes(void **state)
{
	struct settings settings;
	assert_false(bind(
		state, "name: x\nport: y\nwords: [a, [b], c]\npeople: [1, {id: z}]\n", &settings));
	assert_string_equal(settings.name, "x");
	assert_int_equal(settings.port, 0);
	assert_int_equal(settings.words.count, 2);
	assert_string_equal(settings.words.items[1], "c");
	const struct person *people = settings.people.items;
	assert_int_equal(settings.people.count, 2);
	assert_null(people[0].id);
	assert_string_equal(people[1].id, "z");
}

static void lists_have_bounds(void **state)
{
	refuse(state, "name: x\nwords: []\npeople: [{id: a}, {id: b}, {id: c}]\n",
		"a.yaml:2:8: 'words' must have at least 1 entry, not 0\n"
		"a.yaml:3:9: 'people' must have at most 2 entries, not 3\n");
}

static void entries_of_a_list_of_texts_are_texts(void **state)
{
	refuse(state, "name: x\nwords: [{a: b}, '', [c]]\n",
		"a.yaml:2:9: an entry of 'words' must be a text, not a mapping\n"
		"a.yaml:2:17: an entry of 'words' must be a text, not nothing\n"
		"a.yaml:2:21: an entry of 'words' must be a text, not a list\n");
}

static void a_key_without_a_value_is_a_mistake(void **state)
{
	refuse(state, "name:\nport: ~\nlimit: null\nraw:\n",
		"a.yaml:1:6: 'name' has no value; give one, or leave the key out\n"
		"a.yaml:2:7: 'port' has no value; give one, or leave the key out\n"
		"a.yaml:3:8: 'limit' has no value; give one, or leave the key out\n");
}

static void null_in_quotes_is_a_text(void **state)
{
	struct settings settings;
	assert_true(bind(state, "name: 'null'\n", &settings));
	assert_string_equal(settings.name, "null");
}

static void a_root_that_is_no_mapping_is_a_mistake(void **state)
{
	refuse(state, "- a\n", "a.yaml:1:1: a mapping ('key: value') is expected, not a list\n");
}

static void a_faulty_tree_is_bound_but_never_good(void **state)
{
	struct settings settings;
	assert_false(bind(state, "name: x\nname: y\n", &settings));
	assert_string_equal(settings.name, "x");
	assert_string_equal(mistaken_text(*state), "a.yaml:2:1: the key 'name' stands here twice, "
						   "first in line 1; keep one of them\n");
}

static void thousands_of_unknown_keys_are_counted_without_proposals(void **state)
{
	struct mistaken *at = *state;
	struct buf text;
	buf_init(&text, 1024 * 1024);
	buf_add_text(&text, "name: x\n");
	for (int i = 0; i < 20000; i++)
		buf_format(&text, "nam%d: x\n", i);
	struct settings settings;
	assert_false(bind(state, text.data, &settings));
	buf_free(&text);
	assert_int_equal(mistakes_count(at->mistakes), MISTAKES_MAX);
	assert_int_equal(mistakes_total(at->mistakes), 20000);
}

static void defect(void)
{
	static const struct bind_field fields[] = {
		{.key = "port", .type = BIND_INT, .max = 5, .fallback = "6"}, {.key = NULL}};
	static const struct bind_table table = {fields, sizeof(int64_t), 0};
	struct arena *arena = arena_new(1024 * 1024);
	struct mistakes *mistakes = mistakes_new(arena);
	int64_t port = 0;
	bind_mapping(arena, yaml_parse(arena, "a", STR("{}"), mistakes), &table, &port, mistakes);
}

static void a_default_that_does_not_fit_is_our_defect(void **state)
{
	(void)state;
	char out[512];
	assert_true(unit_aborts(defect, out, sizeof(out)));
	assert_non_null(strstr(out, "scalar_bind"));
}

static void the_nearest_name_is_proposed(void **state)
{
	(void)state;
	static const char *const names[] = {"deadline_days", "departments", "domains", "id", NULL};
	assert_string_equal(nearest_name(STR("deadlines_day"), names), "deadline_days");
	assert_string_equal(nearest_name(STR("domain"), names), "domains");
	assert_string_equal(nearest_name(STR("domians"), names), "domains");
	assert_null(nearest_name(STR("budget"), names));
	assert_null(nearest_name(STR("x"), names));
	assert_null(nearest_name(STR(""), names));
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_file(void **state)
{
	static const char *const texts[] = {
		"port: 1\n",
		"name: [x]\n",
		"name: x\nprot: 1\n",
		"name: x\nport: 0\n",
		"name: x\nport:\n",
		"name: x\nwords: x\n",
		"name: x\nwords: []\n",
		"name: x\nwords: [a, b, c, d]\n",
		"name: x\nwords: ['']\n",
		"name: x\nlimit: x\n",
		"name: x\nlimit: {lines: x}\n",
		"name: x\npeople: x\n",
		"name: x\npeople: [x]\n",
		"name: x\npeople: [{age: 1}, {id: a}]\n",
		"name: x\npeople: [{id: a}, {id: b}, {id: c}]\n",
		"name: !x x\n",
	};
	struct mistaken *at = *state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct settings settings;
		at->mistakes = mistakes_new(at->arena);
		assert_false(bind(state, texts[i], &settings));
		assert_int_equal(mistakes_count(at->mistakes), 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_type_finds_its_place),
		TEST(what_is_absent_gets_its_default_or_stays_zero),
		TEST(an_absent_mapping_gets_the_defaults_of_its_own),
		TEST(every_mistake_is_listed_at_once),
		TEST(what_could_be_bound_is_bound_beside_mistakes),
		TEST(lists_have_bounds),
		TEST(entries_of_a_list_of_texts_are_texts),
		TEST(a_key_without_a_value_is_a_mistake),
		TEST(null_in_quotes_is_a_text),
		TEST(a_root_that_is_no_mapping_is_a_mistake),
		TEST(a_faulty_tree_is_bound_but_never_good),
		TEST(thousands_of_unknown_keys_are_counted_without_proposals),
		TEST(a_default_that_does_not_fit_is_our_defect),
		TEST(the_nearest_name_is_proposed),
		TEST(each_mistake_alone_refuses_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
