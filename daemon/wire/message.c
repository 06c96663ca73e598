/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/message.h"

#include "base/clock.h"
#include "base/crypto.h"

const struct message_code refusal_codes[REFUSAL_COUNT] = {
	[REFUSAL_BAD_FRAME] = {.code = "bad-frame",
		.nl = "Het bericht heeft niet de vorm van STEUN/1: vier frames, te weten STEUN1, "
		      "het verzoek in hoofdletters, een kenmerk van 16 bytes en de inhoud. Vraag "
		      "de beheerder van uw software om dit te herstellen.",
		.en = "The message does not have the shape of STEUN/1: four frames, namely STEUN1, "
		      "the verb in upper case, a request id of 16 bytes and the body. Ask whoever "
		      "maintains your software to mend this."},
	[REFUSAL_UNKNOWN_VERB] = {.code = "unknown-verb",
		.nl = "Dit verzoek bestaat niet. STEUN/1 kent HELLO, SUBMIT, CHECK, STATUS, "
		      "RECALL, RULES en PING. Vraag de beheerder van uw software om dit te "
		      "herstellen.",
		.en = "There is no such verb. STEUN/1 knows HELLO, SUBMIT, CHECK, STATUS, RECALL, "
		      "RULES and PING. Ask whoever maintains your software to mend this."},
	[REFUSAL_TOO_LARGE] = {.code = "too-large",
		.nl = "De rapportage is groter dan 262.144 bytes en is niet opgeslagen. Voeg "
		      "regels met dezelfde post samen of kort toelichtingen in, en dien opnieuw "
		      "in.",
		.en = "The report is larger than 262,144 bytes and was not stored. Merge lines for "
		      "the same item or shorten explanations, and submit again."},
	[REFUSAL_MALFORMED] = {.code = "malformed",
		.nl = "De inhoud is niet te lezen en er is niets opgeslagen. Bij 'detail' staat "
		      "waar het misgaat. Herstel het bestand en dien opnieuw in.",
		.en = "The body cannot be read and nothing was stored. 'detail' tells where it "
		      "goes wrong. Mend the file and submit again."},
	[REFUSAL_NOT_YOURS] = {.code = "not-yours",
		.nl = "Met deze sleutel mag niet voor deze gemeente, deze soort of dit programma "
		      "worden gerapporteerd, of de sleutel is niet (meer) geldig. Controleer de "
		      "gemeentecode en de soort; kloppen die, neem dan contact op met het "
		      "ministerie.",
		.en = "This key may not report for this municipality, kind or programme, or it is "
		      "not valid (any more). Check the municipality code and the kind; if they are "
		      "right, contact the ministry."},
	[REFUSAL_CONFLICT] = {.code = "conflict",
		.nl = "Deze revisie is al aanvaard met een andere inhoud. Verhoog 'revision' met "
		      "één als dit een correctie is, en dien opnieuw in.",
		.en = "This revision was accepted before with other content. If this is a "
		      "correction, raise 'revision' by one and submit again."},
	[REFUSAL_STALE_REVISION] = {.code = "stale-revision",
		.nl = "Er is al een latere revisie aanvaard; bij 'detail' staat welke. Geef "
		      "'revision' een hoger nummer als deze rapportage die moet vervangen, en dien "
		      "opnieuw in.",
		.en = "A later revision was accepted already; 'detail' tells which. If this report "
		      "is to replace it, give 'revision' a higher number and submit again."},
	[REFUSAL_UNKNOWN_PROGRAMME] = {.code = "unknown-programme",
		.nl = "Dit programma is hier niet bekend. Controleer het veld 'programme'; het "
		      "antwoord op HELLO noemt de programma's waarover u kunt rapporteren.",
		.en = "This programme is not known here. Check the field 'programme'; the answer "
		      "to HELLO lists the programmes you can report on."},
	[REFUSAL_UNKNOWN_REQUEST] = {.code = "unknown-request",
		.nl = "Bij dit kenmerk is voor deze afzender geen ontvangstbewijs bekend. De "
		      "rapportage is niet onder dit kenmerk opgeslagen; dien haar zo nodig "
		      "(opnieuw) in.",
		.en = "No receipt is known to this sender for this request id. The report was not "
		      "stored under it; submit it (again) if need be."},
};

const struct message_code retry_codes[RETRY_COUNT] = {
	[RETRY_BUSY] = {.code = "busy",
		.nl = "Het is nu druk. Er is niets opgeslagen; het verzoek wordt vanzelf herhaald.",
		.en = "It is busy now. Nothing was stored; the request is repeated by itself.",
		.after_ms = 1000},
	[RETRY_RATE_LIMITED] = {.code = "rate-limited",
		.nl = "Met deze sleutel komen er meer verzoeken per minuut dan is toegestaan. Er "
		      "is niets opgeslagen; het verzoek wordt later vanzelf herhaald.",
		.en = "More requests a minute come with this key than are allowed. Nothing was "
		      "stored; the request is repeated later by itself.",
		.after_ms = 10000},
	[RETRY_STORE_DOWN] = {.code = "store-down",
		.nl = "De database van het ministerie is niet bereikbaar. Er is niets opgeslagen; "
		      "het verzoek wordt vanzelf herhaald.",
		.en = "The ministry's database cannot be reached. Nothing was stored; the request "
		      "is repeated by itself.",
		.after_ms = 5000},
	[RETRY_OUTCOME_UNKNOWN] = {.code = "outcome-unknown",
		.nl = "De verbinding met de database brak tijdens het opslaan. Of de rapportage is "
		      "opgeslagen, volgt uit het antwoord op de herhaling met hetzelfde kenmerk.",
		.en = "The connection to the database broke while storing. Whether the report was "
		      "stored follows from the answer to the repetition under the same request id.",
		.after_ms = 2000},
	[RETRY_STOPPING] = {.code = "stopping",
		.nl = "De dienst wordt gestopt of herstart. Er is niets opgeslagen; het verzoek "
		      "wordt vanzelf herhaald.",
		.en = "The service is stopping or restarting. Nothing was stored; the request is "
		      "repeated by itself.",
		.after_ms = 3000},
};

static void write_message(struct json_writer *writer, const struct message_code *code)
{
	json_open_object(writer, "message");
	json_write_text(writer, "nl", code->nl);
	json_write_text(writer, "en", code->en);
	json_close_object(writer);
}

void refused_write(struct buf *out, enum refusal refusal, struct str detail_json)
{
	const struct message_code *code = &refusal_codes[refusal];
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "code", code->code);
	write_message(&writer, code);
	if (detail_json.length > 0)
		json_write_raw(&writer, "detail", detail_json);
	json_close_object(&writer);
}

static int64_t spread(int64_t after_ms)
{
	uint32_t random;
	crypto_random(&random, sizeof(random));
	return after_ms + random % (after_ms / 2 + 1);
}

void retry_write(struct buf *out, enum retry retry)
{
	const struct message_code *code = &retry_codes[retry];
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "code", code->code);
	json_write_int(&writer, "after_ms", spread(code->after_ms));
	write_message(&writer, code);
	json_close_object(&writer);
}

void findings_body_write(struct buf *out, const struct findings *findings)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "verdict", verdict_names[findings_verdict(findings)]);
	findings_write(findings, &writer, "findings");
	json_close_object(&writer);
}

static void write_limits(struct json_writer *writer, const struct welcome *welcome)
{
	json_open_object(writer, "limits");
	json_write_int(writer, "body_bytes", REPORT_BYTES_MAX);
	json_write_int(writer, "lines", REPORT_LINES_MAX);
	json_write_int(writer, "requests_per_minute", welcome->requests_per_minute);
	json_close_object(writer);
}

static void write_programmes(struct json_writer *writer, const struct welcome *welcome)
{
	json_open_array(writer, "programmes");
	for (size_t i = 0; i < welcome->programme_count; i++) {
		const struct welcome_programme *programme = &welcome->programmes[i];
		json_open_object(writer, NULL);
		json_write_text(writer, "id", programme->id);
		json_write_text(writer, "title", programme->title);
		json_write_text(writer, "ruleset_sha256", programme->ruleset_sha256);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_keys(struct json_writer *writer, const struct welcome *welcome)
{
	json_open_array(writer, "receipt_keys");
	for (size_t i = 0; i < welcome->key_count; i++) {
		char public_key[VERIFY_KEY_BASE64_SIZE];
		base64_encode(welcome->keys[i].public_key, VERIFY_KEY_SIZE, public_key);
		json_open_object(writer, NULL);
		json_write_text(writer, "id", welcome->keys[i].id);
		json_write_text(writer, "ed25519", public_key);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_texts(
	struct json_writer *writer, const char *name, const char *const *texts, size_t count)
{
	json_open_array(writer, name);
	for (size_t i = 0; i < count; i++)
		json_write_text(writer, NULL, texts[i]);
	json_close_array(writer);
}

static void write_sender(struct json_writer *writer, const struct welcome *welcome)
{
	json_open_object(writer, "sender");
	json_write_text(writer, "id", welcome->sender_id);
	json_write_text(writer, "name", welcome->sender_name);
	if (welcome->municipalities == NULL)
		json_write_text(writer, "municipalities", "*");
	else
		write_texts(writer, "municipalities", welcome->municipalities,
			welcome->municipality_count);
	write_texts(writer, "kinds", welcome->kinds, welcome->kind_count);
	write_texts(
		writer, "programmes", welcome->sender_programmes, welcome->sender_programme_count);
	json_close_object(writer);
}

void welcome_write(struct buf *out, const struct welcome *welcome)
{
	static const char *const protocols[] = {PROTOCOL_NAME};
	char now[CLOCK_UTC_SIZE];
	clock_format_utc(welcome->time_us, now);
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "server", welcome->server_version);
	write_texts(&writer, "protocols", protocols, 1);
	json_write_text(&writer, "time", now);
	write_limits(&writer, welcome);
	write_programmes(&writer, welcome);
	write_keys(&writer, welcome);
	write_sender(&writer, welcome);
	json_close_object(&writer);
}
