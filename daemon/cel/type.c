/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/type.h"

const struct type type_broken = {.kind = TYPE_BROKEN};
const struct type type_any = {.kind = TYPE_ANY};
const struct type type_bool = {.kind = TYPE_BOOL};
const struct type type_int = {.kind = TYPE_INT};
const struct type type_string = {.kind = TYPE_STRING};
const struct type type_decimal = {.kind = TYPE_DECIMAL};
const struct type type_strings = {.kind = TYPE_LIST, .element = &type_string};

static const char *const scalar_names[] = {
	[TYPE_BROKEN] = "unknown",
	[TYPE_ANY] = "any",
	[TYPE_BOOL] = "bool",
	[TYPE_INT] = "int",
	[TYPE_STRING] = "string",
	[TYPE_DECIMAL] = "decimal",
};

const struct type *type_list_of(struct arena *arena, const struct type *element)
{
	struct type *list = ARENA_NEW(arena, struct type);
	list->kind = TYPE_LIST;
	list->element = element;
	return list;
}

const struct type *type_join(const struct type *a, const struct type *b)
{
	/* Types nest no deeper than expressions do: the walk ends at the first list that differs.
	 */
	const struct type *left = a, *right = b;
	while (left->kind == TYPE_LIST && right->kind == TYPE_LIST) {
		left = left->element;
		right = right->element;
	}
	if (left->kind == TYPE_BROKEN || left->kind == TYPE_ANY)
		return b;
	if (right->kind == TYPE_BROKEN || right->kind == TYPE_ANY)
		return a;
	return left->kind == right->kind && left->record == right->record ? a : NULL;
}

bool type_fits(const struct type *type, const struct type *wanted)
{
	return type_join(type, wanted) != NULL;
}

int record_field(const struct record *record, struct str name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (str_is(name, record->fields[i].name))
			return (int)i;
	}
	return FIELD_NONE;
}

const char *type_text(struct arena *arena, const struct type *type)
{
	if (type->kind == TYPE_RECORD)
		return type->record->name;
	if (type->kind == TYPE_LIST)
		return arena_format(arena, "list(%s)", type_text(arena, type->element));
	return scalar_names[type->kind];
}

void nearest_consider(struct nearest *nearest, const char *name)
{
	size_t distance = str_distance(nearest->wanted, str_of(name));
	/* A third of the letters may be wrong, two at most: past that a hint misleads. */
	size_t limit = nearest->wanted.length < 3 ? 0 : nearest->wanted.length < 6 ? 1 : 2;
	if (distance > limit || (nearest->best != NULL && distance >= nearest->distance))
		return;
	nearest->best = name;
	nearest->distance = distance;
}
