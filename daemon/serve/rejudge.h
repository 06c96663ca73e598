/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Judges a submission of the record once more, by other rules than those that judged it: as it was
 * received, with the history that it saw then. Rules without history run first, as on arrival.
 */
#ifndef SERVE_REJUDGE_H
#define SERVE_REJUDGE_H

#include "serve/settings.h"
#include "store/replay.h"

enum rejudged {
	REJUDGED,            /* *ret_judgement is filled */
	REJUDGED_STRUCTURAL, /* it could not be read when it came: no rule had a part in that */
	REJUDGED_UNKNOWN, /* today's files lack its programme, municipality or a word in its lines
			   */
	REJUDGED_WITHOUT, /* the draft has no rules for its programme */
	REJUDGED_COUNT,
};

enum { REJUDGE_ARENA_BYTES = 256 * 1024 * 1024 }; /* enough for any one submission */

struct rejudgement {
	struct findings stored, drafted;
	enum verdict verdict; /* by the draft */
};

/*
 * Judges the entry at hand of `replay`. The process's time zone is the ministry's, as when serving.
 * All memory is the arena's. False when the stored answer is no answer of ours: see steund audit.
 */
bool rejudge(const struct settings *settings, struct arena *arena, const struct replay *replay,
	const struct replay_entry *entry, struct rejudgement *ret_judgement,
	enum rejudged *ret_rejudged, struct error *err);

#endif
