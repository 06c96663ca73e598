/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/reference.h"

#include "base/clock.h"

#include <string.h>

/* The document's format is described in sql/006-reference-load.sql, which reads it. */

static void write_decimal(struct json_writer *writer, const char *name, struct decimal value)
{
	char text[DECIMAL_TEXT_MAX];
	decimal_format(value, text);
	json_write_text(writer, name, text);
}

static void write_titles(
	struct json_writer *writer, const char *id, const char *title_nl, const char *title_en)
{
	json_write_text(writer, "id", id);
	json_write_text(writer, "title_nl", title_nl);
	json_write_text(writer, "title_en", title_en);
}

static void write_texts(
	struct json_writer *writer, const char *name, const char *const *texts, size_t count)
{
	json_open_array(writer, name);
	for (size_t i = 0; i < count; i++)
		json_write_text(writer, NULL, texts[i]);
	json_close_array(writer);
}

static void write_departments(struct json_writer *writer, const struct programme *programme)
{
	json_open_array(writer, "departments");
	for (size_t i = 0; i < programme->department_count; i++) {
		const struct department *department = &programme->departments[i];
		json_open_object(writer, NULL);
		write_titles(writer, department->id, department->title_nl, department->title_en);
		json_write_text(writer, "contact", department->contact);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_action_lines(struct json_writer *writer, const struct programme *programme)
{
	json_open_array(writer, "action_lines");
	for (size_t i = 0; i < programme->action_line_count; i++) {
		const struct action_line *line = &programme->action_lines[i];
		json_open_object(writer, NULL);
		write_titles(writer, line->id, line->title_nl, line->title_en);
		if (line->has_budget)
			write_decimal(writer, "budget", line->budget);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_terms(struct json_writer *writer, const struct programme *programme)
{
	const struct {
		const char *name;
		const struct terms *terms;
	} vocabularies[] = {
		{"funding-line", &programme->funding_lines},
		{"target-group", &programme->target_groups},
		{"partner", &programme->partners},
		{"domain", &programme->domains},
		{"approach", &programme->approaches},
	};
	json_open_array(writer, "terms");
	for (size_t i = 0; i < sizeof(vocabularies) / sizeof(*vocabularies); i++) {
		for (size_t j = 0; j < vocabularies[i].terms->count; j++) {
			const struct term *term = &vocabularies[i].terms->items[j];
			json_open_object(writer, NULL);
			json_write_text(writer, "vocabulary", vocabularies[i].name);
			write_titles(writer, term->id, term->title_nl, term->title_en);
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

static void write_item(struct json_writer *writer, const struct item *item)
{
	json_open_object(writer, NULL);
	write_titles(writer, item->id, item->title_nl, item->title_en);
	if (item->action_line != NULL)
		json_write_text(writer, "action_line", item->action_line->id);
	if (item->has_budget)
		write_decimal(writer, "budget", item->budget);
	json_write_text(writer, "withheld_ground", item->withheld_ground);
	json_write_text(writer, "funding", item->funding);
	json_write_text(writer, "opens", item->opens);
	json_write_text(writer, "closes", item->closes);
	json_open_array(writer, "departments");
	for (size_t i = 0; i < item->department_count; i++)
		json_write_text(writer, NULL, item->departments[i]->id);
	json_close_array(writer);
	write_texts(writer, "fundings", item->fundings, item->funding_count);
	json_close_object(writer);
}

static void write_allocations(struct json_writer *writer, const struct allocations *allocations)
{
	json_open_array(writer, "allocations");
	for (size_t i = 0; i < allocations->count; i++) {
		const struct allocation *allocation = &allocations->items[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "municipality", allocation->municipality);
		json_write_text(writer, "item", allocation->item);
		write_decimal(writer, "amount", allocation->amount);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_ruleset(struct json_writer *writer, const struct ruleset *ruleset)
{
	size_t count;
	const struct rule_source *sources = ruleset_sources(ruleset, &count);
	json_open_object(writer, "rule_set");
	json_write_text(writer, "sha256", ruleset_sha256(ruleset));
	json_open_array(writer, "sources");
	for (size_t i = 0; i < count; i++) {
		const char *slash = strrchr(sources[i].path, '/');
		json_open_object(writer, NULL);
		json_write_text(writer, "path", slash != NULL ? slash + 1 : sources[i].path);
		json_write_str(writer, "text", sources[i].text);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_close_object(writer);
}

static void write_programme(struct json_writer *writer, const struct settings_programme *part)
{
	const struct programme *programme = part->programme;
	json_open_object(writer, NULL);
	write_titles(writer, programme->id, programme->title_nl, programme->title_en);
	json_write_text(writer, "opens", programme->opens);
	json_write_text(writer, "closes", programme->closes);
	json_write_int(writer, "deadline_days", programme->deadline_days);
	write_departments(writer, programme);
	write_action_lines(writer, programme);
	write_terms(writer, programme);
	json_open_array(writer, "items");
	for (size_t i = 0; i < programme->item_count; i++)
		write_item(writer, &programme->items[i]);
	json_close_array(writer);
	write_allocations(writer, part->allocations);
	write_ruleset(writer, part->ruleset);
	json_close_object(writer);
}

static void write_municipalities(
	struct json_writer *writer, const struct municipalities *municipalities)
{
	json_open_array(writer, "municipalities");
	for (size_t i = 0; i < municipalities->count; i++) {
		const struct municipality *municipality = &municipalities->items[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "code", municipality->code);
		json_write_text(writer, "name", municipality->name);
		json_write_text(writer, "province_code", municipality->province_code);
		json_write_text(writer, "province", municipality->province);
		if (municipality->population > 0)
			json_write_int(writer, "population", municipality->population);
		json_write_text(writer, "valid_from", municipality->valid_from);
		json_write_text(writer, "valid_until", municipality->valid_until);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_mergers(struct json_writer *writer, const struct municipalities *municipalities)
{
	json_open_array(writer, "mergers");
	for (size_t i = 0; i < municipalities->merger_count; i++) {
		const struct merger *merger = &municipalities->mergers[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "date", merger->date);
		json_write_text(writer, "kind", merger->kind);
		json_write_text(writer, "old_code", merger->old_code);
		json_write_text(writer, "old_name", merger->old_name);
		json_write_text(writer, "new_code", merger->new_code);
		json_write_text(writer, "new_name", merger->new_name);
		json_write_text(writer, "address_share", merger->address_share);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_submitters(struct json_writer *writer, const struct submitters *submitters)
{
	json_open_array(writer, "submitters");
	for (size_t i = 0; i < submitters->count; i++) {
		const struct submitter *submitter = &submitters->items[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "id", submitter->id);
		json_write_text(writer, "name", submitter->name);
		json_write_bool(writer, "may_all", submitter->may_all);
		json_write_bool(writer, "may_spending", submitter->may_kind[KIND_SPENDING]);
		json_write_bool(writer, "may_outreach", submitter->may_kind[KIND_OUTREACH]);
		write_texts(writer, "municipalities", submitter->municipalities,
			submitter->municipality_count);
		write_texts(
			writer, "programmes", submitter->programmes, submitter->programme_count);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_keys(struct json_writer *writer, const struct submitters *submitters)
{
	char time[CLOCK_UTC_SIZE];
	json_open_array(writer, "keys");
	for (size_t i = 0; i < submitters->key_count; i++) {
		const struct sender_key *key = &submitters->keys[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "fingerprint", key->fingerprint);
		json_write_text(writer, "submitter", key->submitter->id);
		if (key->valid_from_us != INT64_MIN) {
			clock_format_utc(key->valid_from_us, time);
			json_write_text(writer, "valid_from", time);
		}
		if (key->valid_until_us != INT64_MAX) {
			clock_format_utc(key->valid_until_us, time);
			json_write_text(writer, "valid_until", time);
		}
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_verify_keys(struct json_writer *writer, const struct settings *settings)
{
	char text[VERIFY_KEY_BASE64_SIZE];
	json_open_array(writer, "verify_keys");
	for (size_t i = 0; i < settings->receipt_key_count; i++) {
		base64_encode(settings->receipt_keys[i].public_key, VERIFY_KEY_SIZE, text);
		json_open_object(writer, NULL);
		json_write_text(writer, "id", settings->receipt_keys[i].id);
		json_write_text(writer, "ed25519", text);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void reference_write(struct buf *out, const struct settings *settings)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "format", "steun-reference/1");
	json_open_array(&writer, "programmes");
	for (size_t i = 0; i < settings->programme_count; i++)
		write_programme(&writer, &settings->programmes[i]);
	json_close_array(&writer);
	write_municipalities(&writer, settings->municipalities);
	write_mergers(&writer, settings->municipalities);
	write_submitters(&writer, settings->submitters);
	write_keys(&writer, settings->submitters);
	write_verify_keys(&writer, settings);
	json_close_object(&writer);
}
