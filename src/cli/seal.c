/*
 * `silt seal` and `silt unseal`. No child is confined for them: of what they read, libsodium alone looks at more than the
 * first eight bytes, and it believes none that is not authentic.
 */
#include "cli/seal.h"

#include "cli/input.h"
#include "cli/key_file.h"
#include "cli/message.h"
#include "cli/output.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct passage {
	const struct cli_arguments *arguments;
	struct cli_input input; /* owns */
	const char *path;       /* where it goes; NULL: standard output */
};

static int64_t read_input(void *ctx, void *buffer, size_t size)
{
	const struct cli_input *input = ctx;
	for (;;) {
		const ssize_t got = read(input->fd, buffer, size);
		if (got < 0 && errno == EAGAIN) { /* a named pipe that nobody writes to yet */
			(void)poll(&(struct pollfd){.fd = input->fd, .events = POLLIN}, 1, -1);
		} else if (got >= 0 || errno != EINTR) {
			return got;
		}
	}
}

/* ---- The command line ---------------------------------------------------------------------------------------------- */

/* Others may read what is no regular file; neither an input nor a key may be lost. */
static enum silt_status check_output(const struct passage *passage, struct silt_error *err)
{
	const char *input = passage->arguments->operands[0];
	struct stat facts;
	if (passage->path == NULL) {
		return isatty(STDOUT_FILENO) ? cli_fail(err, SILT_ERR_USAGE,
							"what is sealed is no text for a terminal: -o names a file.")
					     : SILT_OK;
	}
	if (lstat(passage->path, &facts) == 0 && !S_ISREG(facts.st_mode)) {
		return cli_fail(err, SILT_ERR_USAGE, "%s is no regular file, and others may read it.",
				cli_printable(passage->path).text);
	}
	if (cli_output_is_input(passage->path, input)) {
		return cli_fail(err, SILT_ERR_USAGE, "--output %s is the input: it would take its place.",
				cli_printable(passage->path).text);
	}
	const enum silt_status status = cli_key_spare(passage->arguments, passage->path, err);
	return status == SILT_OK ? cli_output_check(passage->path, err) : status;
}

static enum silt_status open_passage(struct passage *passage, struct silt_error *err)
{
	const struct cli_arguments *arguments = passage->arguments;
	struct silt_error why = {0};
	if (arguments->operand_count != 1) {
		return cli_fail(err, SILT_ERR_USAGE, "name one file, or - for standard input.");
	}
	const char *word = arguments->operands[0];
	enum silt_status status = check_output(passage, err);
	if (status == SILT_OK) {
		status = cli_input_open(word, &passage->input, &why);
		status = status == SILT_OK ? SILT_OK
					   : cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
	}
	return status == SILT_OK && passage->input.folder
		       ? cli_fail(err, SILT_ERR_USAGE, "%s is a folder: tar -c FOLDER | silt seal -",
				  cli_printable(word).text)
		       : status;
}

/* ---- The work ------------------------------------------------------------------------------------------------------ */

/* Seals for `to`, or opens with `identity`: one of the two. A file appears only when all of it is right. */
static enum silt_status pass(struct passage *passage, const struct silt_proof_key *to,
			     const struct silt_identity *identity, struct silt_error *err)
{
	struct cli_output output;
	struct silt_error why = {0};
	enum silt_status status = cli_output_open(&output, passage->path, true, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct silt_stream_ends ends = {read_input, &passage->input, cli_output_sink(&output)};
	status = to != NULL ? silt_seal_stream(&ends, to, &why) : silt_unseal_stream(&ends, identity, &why);
	if (status == SILT_OK) {
		status = cli_output_commit(&output, err);
	} else if (output.refusal != 0) {
		status = cli_output_refused(&output, err);
	} else {
		const bool of_key = to != NULL && status == SILT_ERR_INPUT; /* anything can be sealed */
		const char *place = of_key ? passage->arguments->values[CLI_OPTION_TO] : passage->input.word;
		status = cli_fail(err, status, "%s: %s.", cli_printable(place).text, why.text);
	}
	cli_output_done(&output);
	return status;
}

static enum silt_status seal(struct passage *passage, struct silt_error *err)
{
	const char *to = passage->arguments->values[CLI_OPTION_TO];
	struct silt_proof_key key;
	if (to == NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "seal needs --to FILE, the public key of who is to open it.");
	}
	enum silt_status status = cli_key_public(to, &key, err);
	if (status == SILT_OK) {
		status = open_passage(passage, err);
	}
	return status == SILT_OK ? pass(passage, &key, NULL, err) : status;
}

static enum silt_status unseal(struct passage *passage, struct silt_error *err)
{
	const struct cli_arguments *arguments = passage->arguments;
	struct silt_identity *identity = NULL;
	if (arguments->values[CLI_OPTION_KEY] == NULL || passage->path == NULL) {
		return cli_fail(
			err, SILT_ERR_USAGE,
			"unseal needs --key FILE, your secret key, and -o FILE: what it opens is for you alone.");
	}
	enum silt_status status = open_passage(passage, err);
	if (status == SILT_OK) {
		status = cli_key_open(arguments, arguments->values[CLI_OPTION_KEY], &identity, err);
	}
	if (status == SILT_OK) {
		status = pass(passage, NULL, identity, err);
	}
	silt_identity_free(identity);
	return status;
}

static enum cli_exit run(const struct cli_arguments *arguments,
			 enum silt_status (*work)(struct passage *passage, struct silt_error *err))
{
	const char *path = arguments->values[CLI_OPTION_INTO];
	struct passage passage = {
		.arguments = arguments,
		.input.fd = -1,
		.path = path != NULL && strcmp(path, "-") == 0 ? NULL : path,
	};
	struct silt_error err = {0};
	(void)prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL);
	const enum silt_status status = work(&passage, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
	}
	cli_input_close(&passage.input);
	return cli_exit_of_status(status);
}

enum cli_exit cli_seal(const struct cli_arguments *arguments)
{
	return run(arguments, seal);
}

enum cli_exit cli_unseal(const struct cli_arguments *arguments)
{
	return run(arguments, unseal);
}
