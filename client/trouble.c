/* SPDX-License-Identifier: EUPL-1.2 */
#include "trouble.h"

static const struct {
	const char *nl, *en;
	bool names_endpoint;
} sentences[TROUBLE_COUNT] = {
	[TROUBLE_UNREACHABLE] = {"de server is niet bereikbaar; steun blijft het proberen",
		"the server cannot be reached; steun keeps trying", true},
	[TROUBLE_HANDSHAKE] =
		{"er antwoordt een server, maar niet met de sleutel die in server_key staat: "
		 "controleer server_key en het adres; steun blijft het proberen",
			"a server answers, but not with the key in server_key: check server_key "
			"and the address; steun keeps trying",
			true},
	[TROUBLE_KEY_UNKNOWN] = {"uw sleutel is niet bekend bij het ministerie: geef uw publieke "
				 "sleutel (NAAM.key) door, of vraag of die verlopen is",
		"your key is not known at the ministry: send in your public key (NAME.key), or ask "
		"whether it has expired",
		true},
	[TROUBLE_SILENT] = {"de server antwoordt niet op tijd; steun probeert het opnieuw",
		"the server does not answer in time; steun tries again", true},
	[TROUBLE_BUSY] = {"de server heeft het druk; steun wacht even",
		"the server is busy; steun waits a little", false},
	[TROUBLE_RATE_LIMITED] = {"u zendt meer dan is toegestaan per minuut; steun wacht even",
		"you send more than is allowed in a minute; steun waits a little", false},
	[TROUBLE_STORE_DOWN] = {"de opslag van het ministerie is even niet beschikbaar; steun "
				"blijft het proberen",
		"the ministry's store is not available just now; steun keeps trying", false},
};

void trouble_describe(
	enum trouble trouble, const char *endpoint, enum language language, struct buf *out)
{
	if (trouble == TROUBLE_NONE)
		return;
	if (sentences[trouble].names_endpoint) {
		buf_add_printable(out, str_of(endpoint));
		buf_add_text(out, ": ");
	}
	buf_add_text(out, SAY(language, sentences[trouble].nl, sentences[trouble].en));
}
