/* Signing what a confined child says. */
#include "cli/attest.h"

#include "cli/key_file.h"
#include "cli/message.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

enum silt_status cli_attest_check(const struct cli_arguments *arguments, struct silt_error *err)
{
	const bool attests = arguments->given[CLI_OPTION_ATTEST];
	if (attests != arguments->given[CLI_OPTION_ATTESTATION]) {
		return cli_fail(err, SILT_ERR_USAGE, "--attest KEY and --attestation FILE go together.");
	}
	if (attests && arguments->given[CLI_OPTION_NO_SANDBOX]) {
		return cli_fail(
			err, SILT_ERR_USAGE,
			"--attest with --no-sandbox would leave the key to the process that reads the input: write "
			"a report with --digest -o json, and silt sign it.");
	}
	if (attests && (arguments->given[CLI_OPTION_SHOW_SECRETS] || arguments->given[CLI_OPTION_TRUST_DIGESTS])) {
		return cli_fail(err, SILT_ERR_USAGE,
				"--attest is for everybody and vouches for every byte: leave out --show-secrets and "
				"--trust-digests.");
	}
	return SILT_OK;
}

static enum silt_predicate predicate_of(const struct cli_arguments *arguments)
{
	const char *word = arguments->values[CLI_OPTION_PREDICATE];
	return word != NULL && strcmp(word, "report") == 0 ? SILT_PREDICATE_REPORT : SILT_PREDICATE_TEST_RESULT;
}

/* Neither an input nor a report nor the key may be lost to it. */
static enum silt_status check_place(const struct cli_arguments *arguments, const char *path,
				    const struct cli_targets *targets, struct silt_error *err)
{
	if (path == NULL) {
		return cli_targets_standard(targets) == NULL
			       ? SILT_OK
			       : cli_fail(err, SILT_ERR_USAGE,
					  "the attestation and a report go to standard output: name a file for one.");
	}
	bool taken = false;
	for (size_t i = 0; i < arguments->operand_count && !taken; i++) {
		taken = cli_output_is_input(path, arguments->operands[i]);
	}
	for (size_t i = 0; i < targets->count && !taken; i++) {
		taken = targets->items[i].path != NULL && cli_output_is_same(path, targets->items[i].path);
	}
	if (taken) {
		return cli_fail(err, SILT_ERR_USAGE,
				"%s is an input or a report: the attestation would take its place.",
				cli_printable(path).text);
	}
	const enum silt_status status = cli_key_spare(arguments, path, err);
	return status == SILT_OK ? cli_output_check(path, err) : status;
}

enum silt_status cli_attest_open(struct cli_attest *attest, const struct cli_arguments *arguments, const char *key,
				 const char *path, struct cli_targets *targets, struct silt_error *err)
{
	*attest = (struct cli_attest){.path = path != NULL && strcmp(path, "-") == 0 ? NULL : path,
				      .predicate = predicate_of(arguments)};
	if (targets->count == CLI_TARGETS_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "more than %d reports of one scan.", CLI_TARGETS_MAX - 1);
	}
	const enum silt_status status = check_place(arguments, attest->path, targets, err);
	if (status != SILT_OK) {
		return status;
	}
	attest->target = targets->count++;
	targets->items[attest->target] = (struct cli_target){.format = SILT_FORMAT_JSON, .capture = &attest->statement};
	return cli_key_open(arguments, key, &attest->identity, err);
}

enum silt_status cli_attest_state(const struct cli_attest *attest, const struct silt_judgement *const *judgements,
				  size_t count, const struct silt_sandbox *sandbox, size_t unread,
				  const struct silt_sink *sinks, struct silt_error *err)
{
	const struct silt_statement_options options = {
		.predicate = attest->predicate, .sandbox = sandbox, .unread = unread};
	return silt_statement_write(judgements, count, &options, sinks[attest->target], err);
}

static enum silt_status sign_and_write(const struct cli_attest *attest, struct silt_error *err)
{
	const struct silt_bytes statement = {(const uint8_t *)attest->statement.bytes, attest->statement.size};
	struct cli_output output;
	struct silt_error why = {0};
	enum silt_status status = cli_output_open(&output, attest->path, false, err);
	if (status != SILT_OK) {
		return status;
	}
	status = silt_envelope_write(attest->identity, statement, cli_output_sink(&output), &why);
	if (status == SILT_OK) {
		status = cli_output_commit(&output, err);
	} else if (status == SILT_ERR_IO) {
		status = cli_output_refused(&output, err);
	} else {
		status = cli_fail(err, status, "%s.", why.text);
	}
	cli_output_done(&output);
	return status;
}

enum cli_exit cli_attest_end(const struct cli_attest *attest, bool delivered)
{
	struct silt_error err = {0};
	const bool signs = delivered && attest->identity != NULL;
	const enum silt_status status = signs ? sign_and_write(attest, &err) : SILT_OK;
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}

void cli_attest_done(struct cli_attest *attest)
{
	silt_identity_free(attest->identity);
	free(attest->statement.bytes);
	*attest = (struct cli_attest){0};
}
