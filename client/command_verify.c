/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "base/json_write.h"
#include "chain.h"
#include "print.h"

#include <sys/stat.h>

enum { OUTPUT_MAX = 64 * 1024 * 1024 };

static const struct {
	const char *id, *nl, *en;
} faults[CHAIN_FAULT_COUNT] = {
	[CHAIN_UNREADABLE] = {"unreadable", "niet te lezen", "cannot be read"},
	[CHAIN_NOT_PROVEN] = {"not-proven", "bewijst niets", "proves nothing"},
	[CHAIN_MISNAMED] = {"misnamed", "heet anders dan zijn nummer; verwacht wordt",
		"is not called by its number; expected"},
	[CHAIN_OTHER_REPORT] = {"other-report",
		"de rapportage ernaast is niet die waarvoor het gegeven is",
		"the report beside it is not the one it was given for"},
	[CHAIN_GAP] = {"gap", "ervoor ontbreken de nummers", "before it these numbers are missing"},
	[CHAIN_BROKEN] = {"broken", "sluit niet aan op het vorige in de keten",
		"does not follow the one before it in the chain"},
};

static bool is_wrong(const struct call *call, const struct chain_notice *notice)
{
	return notice->fault != CHAIN_GAP || !call->options->may_have_gaps;
}

static void print_notice(
	struct buf *out, const struct call *call, const struct chain_notice *notice)
{
	bool is_fault = is_wrong(call, notice);
	if (call->options->is_quiet && !is_fault)
		return;
	buf_add_text(out, is_fault ? SAY(call->language, "FOUT  ", "WRONG ")
				   : SAY(call->language, "LET OP", "NOTE  "));
	buf_add_char(out, ' ');
	print_text(out, str_of(notice->path));
	buf_add_text(out, ": ");
	buf_add_text(out, SAY(call->language, faults[notice->fault].nl, faults[notice->fault].en));
	if (notice->detail != NULL) {
		buf_add_text(out, ": ");
		print_text(out, str_of(notice->detail));
	}
	buf_add_char(out, '\n');
}

static void print_summary(
	struct buf *out, const struct call *call, const struct chain_summary *summary)
{
	buf_format(out,
		SAY(call->language,
			"%zu ontvangstbewijzen met een geldige handtekening, %zu rapportages die "
			"erbij "
			"horen, %zu schakels in %zu ketens kloppen\n",
			"%zu receipts with a valid signature, %zu reports that belong to them, %zu "
			"links in %zu chains hold\n"),
		summary->receipts, summary->reports, summary->links, summary->chains);
}

static void write_notice(
	struct buf *out, const struct call *call, const struct chain_notice *notice)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "file", notice->path);
	json_write_text(&writer, "fault", faults[notice->fault].id);
	json_write_bool(&writer, "is_wrong", is_wrong(call, notice));
	json_write_text(&writer, "detail", notice->detail);
	json_close_object(&writer);
	buf_add_char(out, '\n');
}

static void write_summary(struct buf *out, const struct chain_summary *summary, bool is_good)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_bool(&writer, "is_good", is_good);
	json_write_int(&writer, "receipts", (int64_t)summary->receipts);
	json_write_int(&writer, "reports", (int64_t)summary->reports);
	json_write_int(&writer, "links", (int64_t)summary->links);
	json_write_int(&writer, "chains", (int64_t)summary->chains);
	json_write_int(&writer, "gaps", (int64_t)summary->gaps);
	json_close_object(&writer);
	buf_add_char(out, '\n');
}

static int tell(const struct call *call, const struct chain_summary *summary)
{
	struct buf out;
	bool is_good = true;
	buf_init(&out, OUTPUT_MAX);
	for (size_t i = 0; i < summary->notice_count; i++) {
		is_good &= !is_wrong(call, &summary->notices[i]);
		if (call->options->is_json)
			write_notice(&out, call, &summary->notices[i]);
		else
			print_notice(&out, call, &summary->notices[i]);
		call_print(call->out, &out);
	}
	if (call->options->is_json)
		write_summary(&out, summary, is_good);
	else
		print_summary(&out, call, summary);
	call_print(call->out, &out);
	buf_free(&out);
	return is_good ? EXIT_ACCEPTED : EXIT_REJECTED;
}

static bool add_path(struct chain *chain, const char *path, struct error *err)
{
	struct stat status;
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return chain_add_folder(chain, path, err);
	chain_add_file(chain, path);
	return true;
}

int command_verify(const struct call *call)
{
	struct error err = {0};
	const struct values *arguments = &call->options->arguments;
	struct known_keys *keys = ARENA_NEW(call->arena, struct known_keys);
	if (!known_keys_load(call->arena, call->settings->receipts, &call->settings->receipt_keys,
		    keys, &err))
		return call_fail(call, EXIT_USAGE, &err);
	if (keys->count == 0)
		return call_fail_text(call, EXIT_USAGE,
			SAY(call->language,
				"er is geen sleutel om mee te controleren: geef --key, "
				"receipt_keys in "
				"steun.yaml, of de map met ontvangstbewijzen met --receipts",
				"there is no key to check with: give --key, receipt_keys in "
				"steun.yaml, or the folder of receipts with --receipts"));
	struct chain *chain = chain_new(call->arena, keys);
	bool is_read = true;
	for (size_t i = 0; is_read && i < arguments->count; i++)
		is_read = add_path(chain, arguments->items[i], &err);
	if (arguments->count == 0)
		is_read = chain_add_folder(chain, call->settings->receipts, &err);
	const struct chain_summary *summary = chain_finish(chain);
	return is_read ? tell(call, summary) : call_fail(call, EXIT_USAGE, &err);
}
