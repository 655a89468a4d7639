/* `silt verify`: a confined child reads the envelope and the file it is about, and says in one line what is proven. */
#include "cli/verify.h"

#include "cli/confined.h"
#include "cli/input.h"
#include "cli/key_file.h"
#include "cli/message.h"
#include "cli/whole.h"
#include "silt/silt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hashing a file that is large takes long, and gives no sign of life. */
enum { HANG_SECONDS = 3600, LINE_SIZE = 2048, NAME_SIZE = 1024, WHAT_SIZE = 80, OPERANDS_MAX = 2 };

struct verify {
	const struct cli_arguments *arguments;
	struct cli_targets targets;
	struct silt_proof_key key;
	struct cli_input envelope, input; /* own; `input` is not open if none is named */
};

/* ---- Confined ------------------------------------------------------------------------------------------------------ */

/* The subject that the input is; the first one if there is no input. */
static enum silt_status match(const struct verify *verify, const struct silt_attestation *attestation,
			      const struct silt_subject **out, struct silt_error *err)
{
	char digest[sizeof(attestation->subjects->digest)];
	struct silt_error why = {0};
	*out = &attestation->subjects[0];
	if (verify->input.word == NULL) {
		return SILT_OK;
	}
	const struct cli_printable name = cli_printable(verify->input.word);
	const enum silt_status status = silt_digest_fd(verify->input.fd, digest, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s: %s", name.text, why.text);
	}
	*out = silt_attestation_subject(attestation, digest);
	return *out != NULL ? SILT_OK
			    : cli_fail(err, SILT_ERR_UNPROVEN, "the attestation is about something else than %s (%s)",
				       name.text, digest);
}

/* In quotes: no name can go on as if it were the rest of the line. It is escaped already, but for the quotes. */
static void quote(const char *name, char out[static NAME_SIZE])
{
	static const char mark[] = "\\x22";
	size_t used = 0;
	out[used++] = '"';
	for (; *name != '\0' && used < NAME_SIZE - sizeof(mark) - 1; name++) {
		if (*name == '"') {
			memcpy(out + used, mark, sizeof(mark) - 1);
			used += sizeof(mark) - 1;
		} else {
			out[used++] = *name;
		}
	}
	memcpy(out + used, "\"", 2);
}

/* "the verdict", or "one verdict about 3 subjects": of several inputs one that passed by itself has the verdict of all. */
static void describe(const struct silt_attestation *attestation, char out[static WHAT_SIZE])
{
	const bool report = attestation->predicate == SILT_PREDICATE_REPORT;
	if (attestation->subject_count == 1) {
		(void)snprintf(out, WHAT_SIZE, "%s", report ? "the whole report" : "the verdict");
	} else {
		(void)snprintf(out, WHAT_SIZE, "%sone verdict about %zu subjects", report ? "the whole report, " : "",
			       attestation->subject_count);
	}
}

/* PASS: "app.tar", sha256:...; one verdict about 3 subjects; signed by key 0123...; the input is one of them */
static enum silt_status tell(const struct verify *verify, const struct silt_attestation *attestation,
			     const struct silt_subject *subject, struct silt_sink sink, struct silt_error *err)
{
	static const char *const verdicts[] = {
		[SILT_VERDICT_PASS] = "PASS", [SILT_VERDICT_FAIL] = "FAIL", [SILT_VERDICT_INCOMPLETE] = "INCOMPLETE"};
	char id[SILT_PROOF_KEY_ID_SIZE], name[NAME_SIZE], what[WHAT_SIZE], line[LINE_SIZE];
	const char *compared = verify->input.word == NULL       ? "compared with no input"
			       : attestation->subject_count > 1 ? "the input is one of them"
								: "the input is what it is about";
	silt_proof_key_id(&verify->key, id);
	quote(subject->name, name);
	describe(attestation, what);
	const int size = snprintf(line, sizeof(line), "%s: %s, %s; %s; signed by key %s; %s\n",
				  verdicts[attestation->verdict], name, subject->digest, what, id, compared);
	return size > 0 && (size_t)size < sizeof(line) && sink.write(sink.ctx, line, (size_t)size)
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_IO, "the result could not be written.");
}

static enum silt_status verify_all(const struct verify *verify, struct silt_attestation **attestation,
				   struct silt_sink sink, struct silt_error *err)
{
	char *text = NULL;
	size_t size = 0;
	const struct silt_subject *subject = NULL;
	enum silt_status status =
		cli_whole_read(verify->envelope.fd, SILT_ENVELOPE_MAX, "an attestation", &text, &size, err);
	if (status == SILT_OK) {
		status = silt_envelope_verify(text, size, &verify->key, attestation, err);
	}
	free(text);
	if (status == SILT_OK) {
		status = match(verify, *attestation, &subject, err);
	}
	return status == SILT_OK ? tell(verify, *attestation, subject, sink, err) : status;
}

/* What is proven decides as it did when it was found: who trusts a failure has a failure. */
static enum cli_exit read_and_tell(void *ctx, struct cli_handover *handover)
{
	const struct verify *verify = ctx;
	struct silt_attestation *attestation = NULL;
	struct silt_error err = {0};
	const enum silt_status status = verify_all(verify, &attestation, handover->sinks[0], &err);
	enum cli_exit exit = cli_exit_of_status(status);
	handover->complete = status == SILT_OK;
	if (status == SILT_OK) {
		exit = cli_exit_of_verdict(attestation->verdict);
	} else {
		cli_say("%s: not verified: %s.", cli_printable(verify->envelope.word).text, err.text);
	}
	silt_attestation_free(attestation);
	return exit;
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status open_file(const char *word, struct cli_input *out, struct silt_error *err)
{
	struct silt_error why = {0};
	const enum silt_status status = cli_input_open(word, out, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
	}
	return out->folder ? cli_fail(err, SILT_ERR_USAGE, "%s is a folder, which has no digest: name a file.",
				      cli_printable(word).text)
			   : SILT_OK;
}

static enum silt_status open_all(struct verify *verify, struct silt_error *err)
{
	const struct cli_arguments *arguments = verify->arguments;
	if (arguments->operand_count == 0 || arguments->operand_count > OPERANDS_MAX) {
		return cli_fail(err, SILT_ERR_USAGE,
				"verify needs an attestation and, if you have it, the file that it is about.");
	}
	if (arguments->values[CLI_OPTION_KEY] == NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "verify needs --key FILE, the public key of who signed.");
	}
	enum silt_status status = cli_input_check(arguments, err);
	if (status == SILT_OK) {
		status = cli_key_public(arguments->values[CLI_OPTION_KEY], &verify->key, err);
	}
	if (status == SILT_OK) {
		status = open_file(arguments->operands[0], &verify->envelope, err);
	}
	if (status == SILT_OK && arguments->operand_count > 1) {
		status = open_file(arguments->operands[1], &verify->input, err);
	}
	return status == SILT_OK ? silt_prepare(err) : status;
}

enum cli_exit cli_verify(const struct cli_arguments *arguments)
{
	struct verify verify = {.arguments = arguments,
				.targets = {.items = {{.format = SILT_FORMAT_VERDICT}}, .count = 1},
				.envelope.fd = -1,
				.input.fd = -1};
	struct silt_error err = {0};
	const enum silt_status status = open_all(&verify, &err);
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		const struct cli_confined confined = {
			.work = read_and_tell,
			.ctx = &verify,
			.open = arguments->given[CLI_OPTION_NO_SANDBOX],
			.hang_seconds = HANG_SECONDS,
			.targets = &verify.targets,
		};
		exit = cli_confined_run(&confined).status;
	} else {
		cli_say("%s", err.text);
	}
	cli_input_close(&verify.envelope);
	cli_input_close(&verify.input);
	return exit;
}
