/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/template.h"

#include "base/buf.h"
#include "cel/parse.h"

static struct template_part *part_add(struct arena *arena, struct text_template *template)
{
	template->parts = arena_grow(arena, template->parts, template->count, &template->capacity,
		sizeof(template->parts[0]));
	struct template_part *part = &template->parts[template->count++];
	*part = (struct template_part){.expression = NULL};
	return part;
}

/* The place of "{{" at or after `from`, or the text's length. */
static size_t find_braces(struct str text, size_t from)
{
	while (from < text.length &&
		!str_starts_with(str_slice(text, from, text.length), STR("{{")))
		from++;
	return from;
}

/*
 * A brace by itself is nearly always one of two that was forgotten, and would be told to the
 * submitter as it stands: "{line.spent}".
 */
static bool check_literal(struct str text, size_t from, size_t to, struct problems *problems)
{
	for (size_t i = from; i < to; i++) {
		if (text.data[i] == '{' || text.data[i] == '}')
			return problem_add(problems, i,
				"a '%c' alone: expressions stand between '{{' and '}}'",
				text.data[i]);
	}
	return true;
}

static bool parse_part(
	struct arena *arena, struct text_template *template, size_t *at, struct problems *problems)
{
	struct str text = template->source;
	size_t braces = find_braces(text, *at);
	if (!check_literal(text, *at, braces, problems))
		return false;
	if (braces > *at)
		part_add(arena, template)->text = str_slice(text, *at, braces);
	if (braces == text.length) {
		*at = braces;
		return true;
	}
	struct expression *expression = parse_embedded(arena, text, braces + 2, at, problems);
	if (expression == NULL)
		return false;
	part_add(arena, template)->expression = expression;
	return true;
}

struct text_template *template_parse(
	struct arena *arena, struct str text, struct problems *problems)
{
	struct text_template *template = ARENA_NEW(arena, struct text_template);
	template->source = text;
	if (text.length == 0 || text.length > TEMPLATE_BYTES_MAX) {
		problem_add(problems, 0, "a text has 1 to %d bytes", TEMPLATE_BYTES_MAX);
		return NULL;
	}
	for (size_t at = 0; at < text.length;) {
		if (!parse_part(arena, template, &at, problems))
			return NULL;
		if (template->count > TEMPLATE_PARTS_MAX) {
			problem_add(problems, at, "too many expressions in one text");
			return NULL;
		}
	}
	return template;
}

uint64_t template_asked(const struct environment *environment, const struct text_template *template)
{
	uint64_t asked = 0;
	for (size_t i = 0; i < template->count; i++) {
		if (template->parts[i].expression != NULL)
			asked |= check_asked(environment, template->parts[i].expression);
	}
	return asked;
}

bool template_may_tell(const struct type *type)
{
	while (type->kind == TYPE_LIST)
		type = type->element;
	return type->kind != TYPE_RECORD;
}

static bool check_part(const struct check_input *input, struct template_part *part, uint64_t *uses,
	uint64_t *needs)
{
	struct checked checked;
	if (!check_expression(input, part->expression, &checked))
		return false;
	if (!template_may_tell(checked.type))
		return problem_add(input->problems, part->expression->start,
			"%s cannot be written as text: name one of its fields",
			type_text(input->arena, checked.type));
	part->code = checked.code;
	*uses |= checked.uses;
	*needs |= checked.needs;
	return true;
}

bool template_check(const struct check_input *input, struct text_template *template, uint64_t *uses,
	uint64_t *needs)
{
	struct check_input inner = *input;
	inner.text = template->source;
	bool is_good = true;
	for (size_t i = 0; i < template->count; i++) {
		if (template->parts[i].expression != NULL)
			is_good = check_part(&inner, &template->parts[i], uses, needs) && is_good;
	}
	return is_good;
}

struct value template_render(struct evaluation *evaluation, struct arena *arena,
	const struct text_template *template, size_t max)
{
	/* Most messages name nothing, and are told as they were written. */
	if (template->count == 1 && template->parts[0].code == NULL &&
		template->source.length <= max)
		return value_string(template->source);
	struct value *pieces = ARENA_ARRAY(arena, struct value, template->count);
	for (size_t i = 0; i < template->count; i++) {
		const struct template_part *part = &template->parts[i];
		pieces[i] = part->code != NULL ? evaluation_run(evaluation, part->code)
					       : value_string(part->text);
		if (pieces[i].kind == VALUE_ERROR)
			return pieces[i];
	}
	return value_string(value_print_row(arena, pieces, template->count, "", max));
}
