/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decoder.h"

#include "report/personal.h"

#include <stdio.h>
#include <string.h>

void decoder_begin_suggestion(
	struct decoder *decoder, struct suggestion *suggestion, struct str word)
{
	bool may_compare = decoder->comparisons++ < DECODER_COMPARISONS_MAX;
	suggestion_begin(suggestion, may_compare ? word : STR(""));
}

/* Findings that are only counted need none, and a hostile report has tens of thousands. */
struct str decoder_suggestion(struct decoder *decoder, const struct suggestion *suggestion)
{
	if (decoder->findings->count >= FINDINGS_MAX)
		return (struct str){NULL, 0};
	return suggestion_finish(decoder->arena, suggestion);
}

void decoder_enter(struct decoder *decoder, struct str field)
{
	decoder->field = field;
	decoder->has_field = true;
}

void decoder_leave(struct decoder *decoder)
{
	decoder->field = (struct str){NULL, 0};
	decoder->has_field = false;
}

/* "/explanations/131071/" + a key, escaped + "/131071" */
enum { PATH_BYTES_MAX = 2 * FINDING_VALUE_BYTES + 64 };

struct path {
	char text[PATH_BYTES_MAX];
	size_t length;
};

static void add_number(struct path *path, int64_t number)
{
	path->length += (size_t)snprintf(path->text + path->length,
		sizeof(path->text) - path->length, "/%lld", (long long)number);
}

/* RFC 6901: "~" is written ~0 and "/" is written ~1. */
static void add_key(struct path *path, struct str key)
{
	path->text[path->length++] = '/';
	for (size_t i = 0; i < key.length; i++) {
		bool is_special = key.data[i] == '~' || key.data[i] == '/';
		path->text[path->length++] = is_special ? '~' : key.data[i];
		if (is_special)
			path->text[path->length++] = key.data[i] == '~' ? '0' : '1';
	}
}

/* A key that is too long or personal is not repeated: the path then ends at what holds it. */
static bool may_show_key(struct str key)
{
	return key.length <= FINDING_VALUE_BYTES && !text_is_personal(key);
}

static struct str path_of(const struct decoder *decoder)
{
	struct path path = {.length = 0};
	if (decoder->array != NULL) {
		add_key(&path, str_of(decoder->array));
		add_number(&path, decoder->index);
	}
	if (decoder->has_field && may_show_key(decoder->field)) {
		add_key(&path, decoder->field);
		if (decoder->element >= 0)
			add_number(&path, decoder->element);
	}
	return arena_copy(decoder->arena, (struct str){path.text, path.length});
}

static struct str show_text(const struct decoder *decoder, struct str text)
{
	if (text_is_personal(text))
		return (struct str){NULL, 0};
	return finding_value(decoder->arena, text);
}

static struct str show_value(const struct decoder *decoder, const struct json *value)
{
	switch (value->type) {
	case JSON_NULL:
		return STR("null");
	case JSON_BOOL:
		return value->is_true ? STR("true") : STR("false");
	case JSON_NUMBER:
		return finding_value(decoder->arena, value->text);
	case JSON_STRING:
		return show_text(decoder, value->text);
	case JSON_ARRAY:
		return STR("[…]");
	case JSON_OBJECT:
		return STR("{…}");
	}
	return (struct str){NULL, 0};
}

static struct str subject_of(const struct decoder *decoder, struct str about)
{
	if (about.length > 0)
		return about;
	if (decoder->has_field) {
		struct str shown = show_text(decoder, decoder->field);
		return shown.length > 0 ? shown : STR("…");
	}
	return decoder->array != NULL ? str_of(decoder->array) : STR("steun-report/1");
}

/* A reference that is itself at fault is not echoed. */
static bool may_echo_ref(const struct json *value)
{
	return value != NULL && value->type == JSON_STRING && !value->has_nul &&
	       !value->has_surrogate && value->text.length <= 4 * REPORT_REF_CHARACTERS_MAX &&
	       utf8_length(value->text) <= REPORT_REF_CHARACTERS_MAX &&
	       !text_is_personal(value->text);
}

static struct str ref_of(struct decoder *decoder)
{
	if (decoder->ref_entry != decoder->entry) {
		const struct json *ref = json_member(decoder->entry, "ref");
		decoder->ref_entry = decoder->entry;
		decoder->ref = may_echo_ref(ref) ? ref->text : (struct str){NULL, 0};
	}
	return decoder->ref;
}

void complain(struct decoder *decoder, const struct complaint *complaint)
{
	if (decoder->findings->count >= FINDINGS_MAX) {
		findings_add(decoder->findings, &(struct finding){.severity = SEVERITY_ERROR});
		return;
	}
	struct finding finding = structural_finding(
		decoder->arena, complaint->structural, subject_of(decoder, complaint->about));
	finding.path = path_of(decoder);
	finding.value = complaint->value != NULL ? show_value(decoder, complaint->value)
						 : show_text(decoder, complaint->shown);
	finding.expected = complaint->expected;
	if (decoder->array != NULL && strcmp(decoder->array, "lines") == 0) {
		finding.line = decoder->index + 1;
		finding.ref = ref_of(decoder);
	}
	findings_add(decoder->findings, &finding);
}
