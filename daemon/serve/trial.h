/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How the examples of rules came out, told to the people who wrote them: rule by rule, and for an
 * example that is not as it says, where it stands, what was expected, what came of it, and the
 * values that the rule looked at.
 */
#ifndef SERVE_TRIAL_H
#define SERVE_TRIAL_H

#include "rule/example.h"

enum { TRIAL_ID_MAX = 48 };

struct trial {
	struct example_listener listener; /* give this to whoever runs the examples */
	struct buf *out;
	struct buf details;  /* of the rule at hand */
	struct arena *arena; /* of the example at hand */
	const struct rule_document *document;
	char id[TRIAL_ID_MAX];
	const char *file;
	size_t rule_examples[2], rule_good; /* of the rule at hand, by must_pass */
	size_t rule_count, bad_rules, example_count, bad_examples;
};

/*
 * Tells to `out` what the listener hears; out->has_failed when that is too much, of one rule or of
 * all. The trial is not moved while somebody listens.
 */
void trial_begin(struct trial *trial, struct buf *out);

/*
 * The rest, and a last line that sums up. True when every example was as it says and the rules are
 * loaded: mistakes that kept them from it are told by whoever loaded them.
 */
bool trial_finish(struct trial *trial, bool is_loaded);

#endif
