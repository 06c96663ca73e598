/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "wire/keys.h"

#include <string.h>

/* The name that a submitter's file at the ministry will know the key by. */
static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

int command_keygen(const struct call *call)
{
	enum language language = call->language;
	const struct values *arguments = &call->options->arguments;
	if (arguments->count != 1 || last_part(arguments->items[0])[0] == '\0')
		return call_fail_text(call, EXIT_USAGE,
			SAY(language, "geef een naam: steun keygen NAAM",
				"give a name: steun keygen NAME"));
	const char *name = arguments->items[0];
	struct curve_keys keys;
	struct error err = {0};
	if (!curve_keys_generate(&keys, &err))
		return call_fail(call, EXIT_USAGE, &err);
	char public_text[CURVE_TEXT_SIZE];
	memcpy(public_text, keys.public_text, sizeof(public_text));
	bool is_written = curve_keys_write(&keys, name, &err);
	curve_keys_wipe(&keys);
	if (!is_written)
		return call_fail(call, EXIT_USAGE, &err);
	fprintf(call->out,
		SAY(language,
			"Gemaakt:\n"
			"  %s.key_secret  uw geheime sleutel: houd die voor uzelf, en maak er een "
			"reservekopie van\n"
			"  %s.key         uw publieke sleutel\n"
			"\n"
			"Stuur alleen %s.key naar het ministerie, met de naam van uw organisatie "
			"en "
			"de gemeenten\nwaarvoor u rapporteert. De publieke sleutel is:\n"
			"\n"
			"  %s\n"
			"\n"
			"Zet daarna in steun.yaml:\n"
			"  key: %s.key_secret\n",
			"Made:\n"
			"  %s.key_secret  your secret key: keep it to yourself, and keep a backup\n"
			"  %s.key         your public key\n"
			"\n"
			"Send %s.key, and nothing else, to the ministry, with the name of your "
			"organisation and\nthe municipalities that you report for. The public key "
			"is:\n"
			"\n"
			"  %s\n"
			"\n"
			"Then put into steun.yaml:\n"
			"  key: %s.key_secret\n"),
		name, name, last_part(name), public_text, name);
	return EXIT_ACCEPTED;
}
