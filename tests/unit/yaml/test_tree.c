/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/tree.h"

#include "base/clock.h"
#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static const struct node *parse(void **state, const char *text)
{
	struct mistaken *at = *state;
	return yaml_parse(at->arena, "a.yaml", str_of(text), at->mistakes);
}

/* A tree that comes back whole, marked faulty, with exactly these mistakes. */
static void find_faulty(void **state, const char *text, const char *wanted)
{
	const struct node *root = parse(state, text);
	assert_string_equal(mistaken_text(*state), wanted);
	assert_non_null(root);
	assert_true(root->is_faulty);
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(parse(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void assert_text(const struct node *node, const char *text)
{
	assert_non_null(node);
	assert_int_equal(node->type, NODE_SCALAR);
	assert_string_equal(node->text.data, text);
	assert_int_equal(node->text.length, strlen(text));
}

static void assert_place(const struct node *node, uint32_t line, uint32_t column)
{
	assert_string_equal(node->file, "a.yaml");
	assert_int_equal(node->line, line);
	assert_int_equal(node->column, column);
}

static void a_tree_keeps_order_and_places(void **state)
{
	const struct node *root = parse(state, "een: 1\ntwee:\n  - a\n  - {b: c}\n");
	assert_non_null(root);
	assert_false(root->is_faulty);
	assert_int_equal(root->type, NODE_MAPPING);
	assert_int_equal(root->count, 2);
	assert_place(root, 1, 1);
	assert_text(root->first, "1");
	assert_place(root->first, 1, 6);
	assert_text(root->first->key, "een");
	assert_place(root->first->key, 1, 1);
	const struct node *list = root->first->next;
	assert_int_equal(list->type, NODE_SEQUENCE);
	assert_int_equal(list->count, 2);
	assert_null(list->next);
	assert_text(list->first, "a");
	assert_null(list->first->key);
	assert_place(list->first, 3, 5);
	assert_text(node_member(list->first->next, "b"), "c");
	assert_place(list->first->next->first, 4, 9);
	assert_true(str_is(list->first->next->source_line, "  - {b: c}"));
}

static void columns_count_characters(void **state)
{
	const struct node *root = parse(state, "{\xc3\xa9\xc3\xa9n: twee}");
	assert_non_null(root);
	assert_place(root->first, 1, 7);
}

static void styles_are_told_apart(void **state)
{
	const struct node *root =
		parse(state, "- plain\n- 'single'\n- \"double\"\n- |\n  block\n- >\n  folded\n");
	assert_non_null(root);
	static const struct {
		const char *text;
		bool is_quoted, is_block;
	} wanted[] = {
		{"plain", false, false},
		{"single", true, false},
		{"double", true, false},
		{"block\n", false, true},
		{"folded\n", false, true},
	};
	const struct node *node = root->first;
	for (size_t i = 0; i < 5; i++, node = node->next) {
		assert_text(node, wanted[i].text);
		assert_int_equal(node->is_quoted, wanted[i].is_quoted);
		assert_int_equal(node->is_block, wanted[i].is_block);
		assert_int_equal(node_is_plain(node), i == 0);
	}
	assert_false(node_is_plain(root));
}

static void only_mappings_have_members(void **state)
{
	const struct node *root = parse(state, "a: [b]");
	assert_non_null(root);
	assert_null(node_member(root, "b"));
	assert_null(node_member(root->first, "b"));
	assert_null(node_member(root->first->first, "b"));
}

static void a_repeated_key_is_a_mistake_and_the_first_one_counts(void **state)
{
	find_faulty(state, "a: 1\nb: 2\na: 3\n",
		"a.yaml:3:1: the key 'a' stands here twice, first in line 1; keep one of them\n");
	struct mistaken *at = *state;
	const struct node *root =
		yaml_parse(at->arena, "b.yaml", STR("a: 1\na: 3\n"), at->mistakes);
	assert_text(node_member(root, "a"), "1");
	assert_int_equal(root->count, 1);
}

static void repeated_keys_are_found_in_large_mappings(void **state)
{
	struct mistaken *at = *state;
	const char *text = "";
	for (int i = 0; i < 40; i++)
		text = arena_format(at->arena, "%sk%d: %d\n", text, i, i);
	text = arena_format(at->arena, "%sk0: x\nk17: x\nk39: x\n", text);
	find_faulty(state, text,
		"a.yaml:41:1: the key 'k0' stands here twice, first in line 1; keep one of them\n"
		"a.yaml:42:1: the key 'k17' stands here twice, first in line 18; keep one of them\n"
		"a.yaml:43:1: the key 'k39' stands here twice, first in line 40; keep one of "
		"them\n");
}

static void the_same_key_may_stand_in_two_mappings(void **state)
{
	assert_non_null(parse(state, "- {a: 1}\n- {a: 2}\n"));
	assert_string_equal(mistaken_text(*state), "");
}

static void anchors_aliases_and_tags_are_all_listed(void **state)
{
	find_faulty(state, "a: &x 1\nb: *x\nc: !!str 1\nd: &y [1]\ne: !ja {f: 1}\n&z g: 1\n",
		"a.yaml:1:4: anchors ('&x') are not used here; write the value out where it is "
		"needed, and quote a value that begins with '&'\n"
		"a.yaml:2:4: aliases ('*x') are not used here; write the value out, and quote a "
		"value that begins with '*'\n"
		"a.yaml:3:4: tags are not used here; quote a value that begins with '!'\n"
		"a.yaml:4:4: anchors ('&y') are not used here; write the value out where it is "
		"needed, and quote a value that begins with '&'\n"
		"a.yaml:5:4: tags are not used here; quote a value that begins with '!'\n"
		"a.yaml:6:1: anchors ('&z') are not used here; write the value out where it is "
		"needed, and quote a value that begins with '&'\n");
}

static void an_expression_that_begins_with_a_bare_exclamation_mark_is_a_tag(void **state)
{
	find_faulty(state, "when: ! closed\nthen: !has(x)\n",
		"a.yaml:1:7: tags are not used here; quote a value that begins with '!'\n"
		"a.yaml:2:7: tags are not used here; quote a value that begins with '!'\n");
}

static void keys_that_are_no_scalars_are_mistakes(void **state)
{
	find_faulty(state, "? [a, b]\n: c\n? {d: e}\n: f\ng: h\n",
		"a.yaml:1:3: a key must be a simple text, not a list or a mapping\n"
		"a.yaml:3:3: a key must be a simple text, not a list or a mapping\n");
}

static void a_nul_inside_a_text_is_a_mistake(void **state)
{
	find_faulty(state, "a: \"x\\0y\"\n", "a.yaml:1:4: holds a NUL character; remove '\\0'\n");
}

static void a_second_document_is_a_mistake(void **state)
{
	find_faulty(state, "a: 1\n---\nb: 2\n",
		"a.yaml:2:1: a second document begins here; one file holds one\n");
	struct mistaken *at = *state;
	const struct node *root =
		yaml_parse(at->arena, "b.yaml", STR("---\na: 1\n...\n"), at->mistakes);
	assert_non_null(root);
	assert_false(root->is_faulty);
}

static void an_empty_file_is_a_mistake(void **state)
{
	refuse(state, "# nothing\n", "a.yaml:0:0: is empty\n");
}

static void a_syntax_mistake_says_where_and_what_to_do(void **state)
{
	refuse(state, "titel: a: b\n",
		"a.yaml:1:9: is not YAML: mapping values are not allowed in this context; quote a "
		"value that holds ': ', and look at the indentation\n");
}

static void a_syntax_mistake_says_where_its_context_began(void **state)
{
	refuse(state, "a: 1\nb: [1,\n  2\nc: 3\n",
		"a.yaml:4:2: is not YAML: did not find expected ',' or ']' while parsing a flow "
		"sequence that begins in line 2; close the list with ']'\n");
}

static void mistakes_before_a_syntax_mistake_are_listed_too(void **state)
{
	refuse(state, "a: !x 1\na: 2\n- b\n",
		"a.yaml:1:4: tags are not used here; quote a value that begins with '!'\n"
		"a.yaml:2:1: the key 'a' stands here twice, first in line 1; keep one of them\n"
		"a.yaml:3:1: is not YAML: did not find expected key while parsing a block mapping "
		"that begins in line 1; look at the indentation, and quote a value that begins "
		"with a quote, '[' or '{'\n");
}

/* "- - - ... a", `depth` lists in one another. */
static const char *nested(struct arena *arena, const char *part, size_t depth)
{
	const char *text = "a";
	for (size_t i = 0; i < depth; i++)
		text = arena_format(arena, "%s%s", part, text);
	return text;
}

static void nesting_ends_at_the_deepest_level(void **state)
{
	struct mistaken *at = *state;
	assert_non_null(parse(state, nested(at->arena, "- ", YAML_DEPTH_MAX)));
	refuse(state, nested(at->arena, "- ", YAML_DEPTH_MAX + 1),
		"a.yaml:1:65: nests deeper than 32 levels\n");
}

static void nesting_of_every_sort_is_bounded(void **state)
{
	struct mistaken *at = *state;
	static const char *const parts[] = {"? ", "[x, ", "{x: ", "[[], ", "[\n", "- ? "};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t before = mistakes_count(at->mistakes);
		assert_null(parse(state, nested(at->arena, parts[i], YAML_DEPTH_MAX + 1)));
		assert_int_equal(mistakes_count(at->mistakes), before + 1);
	}
}

/* What took libyaml 42 seconds for a fortieth of this. */
static void four_megabytes_of_brackets_are_refused_at_once(void **state)
{
	struct mistaken *at = *state;
	static const char *const parts[] = {"[", "{", "[a,", "{a: ", "? [", "[[],", "%TAG !a b\n"};
	char *text = arena_alloc(at->arena, YAML_BYTES_MAX);
	int64_t start = clock_cpu_us();
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t part = strlen(parts[i]);
		for (size_t j = 0; j < YAML_BYTES_MAX; j++)
			text[j] = parts[i][j % part];
		assert_null(yaml_parse(
			at->arena, "a.yaml", (struct str){text, YAML_BYTES_MAX}, at->mistakes));
	}
	assert_true(clock_cpu_us() - start < 20 * 1000 * 1000);
}

static void the_number_of_values_is_bounded(void **state)
{
	struct mistaken *at = *state;
	size_t used = arena_used(at->arena);
	char *text = arena_alloc(at->arena, YAML_BYTES_MAX);
	for (size_t i = 0; i < YAML_BYTES_MAX; i += 4)
		memcpy(text + i, "- a\n", 4);
	const struct node *root = yaml_parse(
		at->arena, "a.yaml", (struct str){text, 4 * (YAML_NODES_MAX - 1)}, at->mistakes);
	assert_non_null(root);
	assert_int_equal(root->count, YAML_NODES_MAX - 1);
	assert_null(
		yaml_parse(at->arena, "a.yaml", (struct str){text, YAML_BYTES_MAX}, at->mistakes));
	assert_string_equal(mistaken_text(*state),
		"a.yaml:100000:3: holds more than 100000 values; divide the file\n");
	assert_true(arena_used(at->arena) - used < 2 * (size_t)YAML_ARENA_MAX);
}

static void the_arena_that_a_text_takes_is_bounded(void **state)
{
	struct mistaken *at = *state;
	static const char *const parts[] = {"\n", "a\n", "- 'a'\n", "? a\n", "- {a}\n", "- *a\n"};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct arena *arena = arena_new(YAML_ARENA_MAX);
		char *text = arena_alloc(at->arena, YAML_BYTES_MAX);
		for (size_t j = 0; j < YAML_BYTES_MAX; j++)
			text[j] = parts[i][j % strlen(parts[i])];
		yaml_parse(arena, "a", (struct str){text, YAML_BYTES_MAX}, mistakes_new(arena));
		assert_true(arena_used(arena) <= YAML_ARENA_MAX);
		arena_free(&arena);
	}
}

static void too_many_aliases_or_lists_are_too_many_values(void **state)
{
	struct mistaken *at = *state;
	static const char *const parts[] = {"- *a\n", "- []\n"};
	char *text = arena_alloc(at->arena, YAML_BYTES_MAX);
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < YAML_BYTES_MAX; j++)
			text[j] = parts[i][j % 5];
		assert_null(yaml_parse(
			at->arena, "a", (struct str){text, YAML_BYTES_MAX}, at->mistakes));
	}
}

static void a_file_is_read_and_named(void **state)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "b.yaml", "a: 1\n");
	const struct node *root = yaml_load(at->arena, path, at->mistakes);
	assert_non_null(root);
	assert_string_equal(root->file, path);
	assert_text(node_member(root, "a"), "1");
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	const char *path = arena_format(at->arena, "%s/none.yaml", at->folder);
	assert_null(yaml_load(at->arena, path, at->mistakes));
	assert_int_equal(mistakes_count(at->mistakes), 1);
	assert_string_equal(mistakes_at(at->mistakes, 0)->file, path);
	assert_non_null(strstr(mistakes_at(at->mistakes, 0)->text, "No such file"));
}

static void the_tree_outlives_its_text(void **state)
{
	struct mistaken *at = *state;
	char text[] = "a: bcd\n", name[] = "b.yaml";
	const struct node *root = yaml_parse(at->arena, name, str_of(text), at->mistakes);
	memset(text, 'x', sizeof(text) - 1);
	memset(name, 'x', sizeof(name) - 1);
	assert_text(node_member(root, "a"), "bcd");
	assert_string_equal(root->file, "b.yaml");
	assert_true(str_is(root->source_line, "a: bcd"));
}

static void a_mistake_at_a_node_quotes_its_line(void **state)
{
	struct mistaken *at = *state;
	const struct node *root = parse(state, "x: 1\na:   b\n");
	assert_false(node_mistake(at->mistakes, node_member(root, "a"), "is %d too many", 2));
	assert_string_equal(mistaken_text(at), "a.yaml:2:6: is 2 too many\n");
	assert_true(str_is(mistakes_at(at->mistakes, 0)->quote, "a:   b"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tree_keeps_order_and_places),
		TEST(columns_count_characters),
		TEST(styles_are_told_apart),
		TEST(only_mappings_have_members),
		TEST(a_repeated_key_is_a_mistake_and_the_first_one_counts),
		TEST(repeated_keys_are_found_in_large_mappings),
		TEST(the_same_key_may_stand_in_two_mappings),
		TEST(anchors_aliases_and_tags_are_all_listed),
		TEST(an_expression_that_begins_with_a_bare_exclamation_mark_is_a_tag),
		TEST(keys_that_are_no_scalars_are_mistakes),
		TEST(a_nul_inside_a_text_is_a_mistake),
		TEST(a_second_document_is_a_mistake),
		TEST(an_empty_file_is_a_mistake),
		TEST(a_syntax_mistake_says_where_and_what_to_do),
		TEST(a_syntax_mistake_says_where_its_context_began),
		TEST(mistakes_before_a_syntax_mistake_are_listed_too),
		TEST(nesting_ends_at_the_deepest_level),
		TEST(nesting_of_every_sort_is_bounded),
		TEST(four_megabytes_of_brackets_are_refused_at_once),
		TEST(the_number_of_values_is_bounded),
		TEST(the_arena_that_a_text_takes_is_bounded),
		TEST(too_many_aliases_or_lists_are_too_many_values),
		TEST(a_file_is_read_and_named),
		TEST(a_file_that_is_not_there_is_a_mistake),
		TEST(the_tree_outlives_its_text),
		TEST(a_mistake_at_a_node_quotes_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
