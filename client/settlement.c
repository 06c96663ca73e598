/* SPDX-License-Identifier: EUPL-1.2 */
#include "settlement.h"

#include "receipts.h"

#include <string.h>

enum {
	PENDING_MAX = 64,
	PENDING_BYTES_MAX = 64 * 1024 * 1024,
	/* One answer more fits in any case. */
	ARENA_BYTES = PENDING_BYTES_MAX + PROOF_ARENA_BYTES + 2 * PROOF_BODY_MAX,
};

struct pending {
	const char *name;       /* of the spool's entry */
	struct outcome outcome; /* as it will be once stored */
};

struct settlement {
	const struct call *call;
	struct spool *spool;
	const struct known_keys *keys;
	void (*tell)(void *context, const struct outcome *outcome);
	void *context;
	struct arena *arena;   /* of what is pending */
	struct durable *group; /* or NULL: nothing is pending */
	struct pending pending[PENDING_MAX];
	size_t count;
};

struct settlement *settlement_new(const struct call *call, struct spool *spool,
	const struct known_keys *keys, void (*tell)(void *context, const struct outcome *outcome),
	void *context)
{
	struct settlement *settlement = ARENA_NEW(call->arena, struct settlement);
	settlement->call = call;
	settlement->spool = spool;
	settlement->keys = keys;
	settlement->tell = tell;
	settlement->context = context;
	settlement->arena = arena_new(ARENA_BYTES);
	return settlement;
}

void settlement_free(struct settlement **settlement)
{
	if (*settlement == NULL)
		return;
	settlement_flush(*settlement);
	arena_free(&(*settlement)->arena);
	*settlement = NULL;
}

/* What failed is ours to mend, or nobody's; the report stays in the spool. */
static void tell_failure(
	struct settlement *settlement, const struct outcome *outcome, const char *reason)
{
	struct outcome failed = {.kind = OUTCOME_UNDELIVERED,
		.origin = outcome->origin,
		.header = outcome->header,
		.request = outcome->request,
		.reason = reason};
	settlement->tell(settlement->context, &failed);
}

void settlement_flush(struct settlement *settlement)
{
	struct error err = {0};
	if (settlement->group == NULL)
		return;
	bool is_stored = durable_commit(&settlement->group, &err);
	for (size_t i = 0; i < settlement->count; i++) {
		const struct pending *pending = &settlement->pending[i];
		const char *path = receipts_report_path(settlement->arena, pending->outcome.path);
		if (is_stored && spool_settle(settlement->spool, pending->name, path, &err))
			settlement->tell(settlement->context, &pending->outcome);
		else
			tell_failure(settlement, &pending->outcome, err.message);
	}
	settlement->count = 0;
	arena_reset(settlement->arena);
}

/* The advice that goes with a receipt that proves nothing. */
static const char *advice(enum proof_fault fault, enum language language)
{
	if (fault == PROOF_UNKNOWN_KEY)
		return SAY(language,
			"ga bij het ministerie na of dit hun nieuwe sleutel is; zo ja: steun hello "
			"--trust met dit nummer",
			"ask the ministry whether this is their new key; if so: steun hello "
			"--trust with this id");
	return SAY(language, "meld dit aan het ministerie; uw rapportage blijft in de wachtmap",
		"tell the ministry; your report stays in the spool");
}

static void tell_unproven(struct settlement *settlement, const struct outcome *outcome,
	enum proof_fault fault, const char *reason)
{
	enum language language = settlement->call->language;
	struct outcome unproven = *outcome;
	unproven.kind = OUTCOME_UNPROVEN;
	unproven.reason = arena_format(settlement->arena, "%s: %s; %s",
		SAY(language, "het ontvangstbewijs bewijst niets", "the receipt proves nothing"),
		reason, advice(fault, language));
	settlement->tell(settlement->context, &unproven);
}

/* Two receipts of one number in one group would overwrite each other. */
static bool has_number(const struct settlement *settlement, struct str number)
{
	for (size_t i = 0; i < settlement->count; i++) {
		if (str_equal(settlement->pending[i].outcome.number, number))
			return true;
	}
	return false;
}

static bool open_group(struct settlement *settlement, struct error *err)
{
	if (settlement->group == NULL)
		settlement->group =
			durable_begin(settlement->arena, settlement->call->settings->receipts, err);
	return settlement->group != NULL;
}

static bool add(struct settlement *settlement, const struct proof *proof, struct outcome *outcome,
	struct error *err)
{
	if (!open_group(settlement, err))
		return false;
	enum receipts_outcome added =
		receipts_add(settlement->arena, settlement->call->settings->receipts,
			settlement->group, proof, &outcome->path, err);
	return added == RECEIPTS_ADDED || added == RECEIPTS_WAS_THERE;
}

static enum proof_fault prove(struct settlement *settlement, const struct spool_entry *entry,
	struct str body, struct proof *ret_proof, struct error *err)
{
	enum proof_fault fault = proof_read(settlement->arena, arena_copy(settlement->arena, body),
		settlement->keys, ret_proof, err);
	if (fault != PROOF_SOUND || proof_is_for(ret_proof, entry->request, entry->sha256))
		return fault;
	error_set(err, "it is a receipt for another report");
	return PROOF_FORGED;
}

static void judge(struct settlement *settlement, const struct spool_entry *entry,
	const struct outcome *told, struct str body)
{
	struct error err = {0};
	struct proof proof;
	struct outcome outcome = *told;
	enum proof_fault fault = prove(settlement, entry, body, &proof, &err);
	if (fault == PROOF_SOUND && has_number(settlement, proof.content.full_number)) {
		settlement_flush(settlement);
		fault = prove(settlement, entry, body, &proof, &err);
	}
	if (fault != PROOF_SOUND) {
		tell_unproven(settlement, told, fault, err.message);
		return;
	}
	outcome_read_verdict(&proof, &outcome);
	if (add(settlement, &proof, &outcome, &err))
		settlement->pending[settlement->count++] =
			(struct pending){.name = entry->name, .outcome = outcome};
	else
		tell_failure(settlement, told, err.message);
}

void settlement_take(struct settlement *settlement, const struct spool_entry *entry,
	const struct outcome *outcome, struct str body)
{
	if (settlement->count == PENDING_MAX || arena_used(settlement->arena) > PENDING_BYTES_MAX)
		settlement_flush(settlement);
	judge(settlement, entry, outcome, body);
}
