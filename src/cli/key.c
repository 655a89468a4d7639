/* `silt key new` and `silt key pub`. */
#include "cli/key.h"

#include "cli/actions.h"
#include "cli/key_file.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/password.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum silt_status print_key(const struct silt_proof_key *key, struct silt_error *err)
{
	char pem[SILT_PROOF_KEY_PEM_SIZE];
	struct cli_output output;
	silt_proof_key_write(key, pem);
	enum silt_status status = cli_output_open(&output, NULL, false, err);
	if (status == SILT_OK) {
		const struct silt_sink sink = cli_output_sink(&output);
		status = sink.write(sink.ctx, pem, strlen(pem)) ? cli_output_commit(&output, err)
								: cli_output_refused(&output, err);
		cli_output_done(&output);
	}
	return status;
}

static enum silt_status make(const struct cli_arguments *arguments, const char *path, struct silt_error *err)
{
	struct silt_identity *identity = NULL;
	struct cli_password password = {.size = 0};
	const bool unprotected = arguments->given[CLI_OPTION_NO_PASSWORD];
	enum silt_status status = SILT_OK;
	if (unprotected && arguments->given[CLI_OPTION_PASSWORD_FILE]) {
		return cli_fail(err, SILT_ERR_USAGE, "--no-password and --password-file exclude each other.");
	}
	if (strcmp(path, "-") == 0) {
		return cli_fail(err, SILT_ERR_USAGE,
				"silt key new prints the public key, and needs a file for the secret one (./- for one "
				"called -).");
	}
	if (access(path, F_OK) == 0) {
		return cli_fail(err, SILT_ERR_IO, "%s is there already, and a key is never written over.",
				cli_printable(path).text);
	}
	if (!unprotected) {
		status = cli_password_take(arguments, path, true, &password, err);
	}
	if (status == SILT_OK) {
		status = silt_identity_new(&identity, err);
	}
	if (status == SILT_OK) {
		const struct silt_bytes text = {(const uint8_t *)password.text, password.size};
		status = cli_key_create(path, identity, text, err);
	}
	cli_password_done(&password);
	if (status == SILT_OK) {
		status = print_key(silt_identity_key(identity), err);
	}
	silt_identity_free(identity);
	return status;
}

static enum silt_status show(const char *path, struct silt_error *err)
{
	struct silt_proof_key key;
	bool password;
	const enum silt_status status = cli_key_look(path, &key, &password, err);
	return status == SILT_OK ? print_key(&key, err) : status;
}

static enum silt_status run(const struct cli_arguments *arguments, struct silt_error *err)
{
	const char *action = arguments->operand_count > 0 ? arguments->operands[0] : "";
	const bool new = strcmp(action, "new") == 0;
	if (!new &&strcmp(action, "pub") != 0) {
		return cli_action_unknown("key", arguments, err);
	}
	if (arguments->operand_count != 2) {
		return cli_fail(err, SILT_ERR_USAGE, "silt key %s needs the name of one file.", action);
	}
	return new ? make(arguments, arguments->operands[1], err) : show(arguments->operands[1], err);
}

enum cli_exit cli_key(const struct cli_arguments *arguments)
{
	struct silt_error err = {0};
	const enum silt_status status = run(arguments, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	return cli_exit_of_status(status);
}
