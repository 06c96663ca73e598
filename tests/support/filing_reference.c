/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/filing.h"

#include "base/json_write.h"
#include "tests/support/unit.h"

enum { REFERENCE_BYTES_MAX = 1024 * 1024 };

static void write_titles(struct json_writer *writer, const char *id, const char *title)
{
	json_open_object(writer, NULL);
	json_write_text(writer, "id", id);
	json_write_text(writer, "title_nl", title);
}

static void write_terms(
	struct json_writer *writer, const char *vocabulary, const struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++) {
		write_titles(writer, terms->items[i].id, terms->items[i].title_nl);
		json_write_text(writer, "vocabulary", vocabulary);
		json_close_object(writer);
	}
}

static void write_budget(struct json_writer *writer, bool has_budget, struct decimal budget)
{
	char text[DECIMAL_TEXT_MAX];

	decimal_format(budget, text);
	if (has_budget)
		json_write_text(writer, "budget", text);
}

static void write_item(struct json_writer *writer, const struct item *item)
{
	write_titles(writer, item->id, item->title_nl);
	json_write_text(writer, "action_line", item->action_line ? item->action_line->id : NULL);
	write_budget(writer, item->has_budget, item->budget);
	json_write_text(writer, "funding", item->funding);
	json_write_text(writer, "opens", item->opens);
	json_write_text(writer, "closes", item->closes);
	json_open_array(writer, "departments");
	for (size_t i = 0; i < item->department_count; i++)
		json_write_text(writer, NULL, item->departments[i]->id);
	json_close_array(writer);
	json_open_array(writer, "fundings");
	for (size_t i = 0; i < item->funding_count; i++)
		json_write_text(writer, NULL, item->fundings[i]);
	json_close_array(writer);
	json_close_object(writer);
}

static void write_programme(struct json_writer *writer, const struct programme *programme)
{
	json_write_text(writer, "opens", programme->opens);
	json_write_text(writer, "closes", programme->closes);
	json_write_int(writer, "deadline_days", programme->deadline_days);
	json_open_array(writer, "departments");
	for (size_t i = 0; i < programme->department_count; i++) {
		write_titles(
			writer, programme->departments[i].id, programme->departments[i].title_nl);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_open_array(writer, "action_lines");
	for (size_t i = 0; i < programme->action_line_count; i++) {
		const struct action_line *line = &programme->action_lines[i];

		write_titles(writer, line->id, line->title_nl);
		write_budget(writer, line->has_budget, line->budget);
		json_close_object(writer);
	}
	json_close_array(writer);
	json_open_array(writer, "terms");
	write_terms(writer, "funding-line", &programme->funding_lines);
	write_terms(writer, "target-group", &programme->target_groups);
	write_terms(writer, "partner", &programme->partners);
	write_terms(writer, "domain", &programme->domains);
	write_terms(writer, "approach", &programme->approaches);
	json_close_array(writer);
	json_open_array(writer, "items");
	for (size_t i = 0; i < programme->item_count; i++)
		write_item(writer, &programme->items[i]);
	json_close_array(writer);
}

static const char people[] =
	"\"municipalities\":["
	"{\"code\":\"GM0001\",\"name\":\"Een\",\"province_code\":\"PV20\",\"province\":\"Noord\","
	"\"population\":1000,\"valid_from\":\"0001-01-01\"},"
	"{\"code\":\"GM0002\",\"name\":\"Twee\",\"province_code\":\"PV20\",\"province\":\"Noord\","
	"\"valid_from\":\"0001-01-01\"},"
	"{\"code\":\"GM0003\",\"name\":\"Drie\",\"province_code\":\"PV21\",\"province\":\"Zuid\","
	"\"valid_from\":\"2021-03-24\"},"
	"{\"code\":\"GM0004\",\"name\":\"Vier\",\"province_code\":\"PV21\",\"province\":\"Zuid\","
	"\"valid_from\":\"0001-01-01\"},"
	"{\"code\":\"GM0005\",\"name\":\"Vijf\",\"province_code\":\"PV21\",\"province\":\"Zuid\","
	"\"valid_from\":\"0001-01-01\",\"valid_until\":\"2021-07-01\"}],"
	"\"mergers\":[{\"date\":\"2021-07-01\",\"kind\":\"absorb\",\"old_code\":\"GM0005\","
	"\"old_name\":\"Vijf\",\"new_code\":\"GM0004\",\"new_name\":\"Vier\"}],"
	"\"submitters\":[{\"id\":\"a\",\"name\":\"A\",\"may_all\":true,\"may_spending\":true,"
	"\"may_outreach\":true,\"municipalities\":[],\"programmes\":[\"steunpakket-2021\"]},"
	"{\"id\":\"b\",\"name\":\"B\",\"may_all\":false,\"may_spending\":true,"
	"\"may_outreach\":false,\"municipalities\":[\"GM0001\",\"GM0002\"],"
	"\"programmes\":[\"steunpakket-2021\"]}]";

static void write_proofs(struct filing *filing, struct buf *out)
{
	char key[VERIFY_KEY_BASE64_SIZE];

	base64_encode(signing_key_public(filing->key), VERIFY_KEY_SIZE, key);
	buf_format(out,
		"%s,\"keys\":[{\"fingerprint\":\"%s\",\"submitter\":\"a\"},"
		"{\"fingerprint\":\"%s\",\"submitter\":\"b\",\"valid_from\":"
		"\"2020-01-01T00:00:00.000000Z\",\"valid_until\":\"2030-01-01T00:00:00.000000Z\"}],"
		"\"verify_keys\":[{\"id\":\"%s\",\"ed25519\":\"%s\"}]",
		people, filing->sender_keys[0], filing->sender_keys[1], signing_key_id(filing->key),
		key);
}

struct str filing_reference(struct filing *filing)
{
	struct buf out;
	struct json_writer writer;
	struct str text;

	buf_init(&out, REFERENCE_BYTES_MAX);
	buf_add_text(&out, "{\"format\":\"steun-reference/1\",\"programmes\":[");
	writer = json_writer_on(&out);
	write_titles(&writer, filing->programme->id, filing->programme->title_nl);
	write_programme(&writer, filing->programme);
	buf_format(&out,
		",\"allocations\":[{\"municipality\":\"GM0001\",\"item\":\"overig\",\"amount\":"
		"\"12.50\"}],"
		"\"rule_set\":{\"sha256\":\"%s\",\"sources\":[{\"path\":\"a.yaml\",\"text\":"
		"\"rules\"}]"
		"}}],",
		filing->ruleset_sha256);
	write_proofs(filing, &out);
	buf_add_char(&out, '}');
	assert_false(out.has_failed);
	text = arena_copy(filing->arena, buf_str(&out));
	buf_free(&out);
	return text;
}
