/* `silt sign`: a confined child reads the report and states what it says; the parent has the key, and signs. */
#include "cli/sign.h"

#include "cli/attest.h"
#include "cli/confined.h"
#include "cli/input.h"
#include "cli/message.h"
#include "cli/whole.h"
#include "silt/silt.h"

#include <stdlib.h>

enum { HANG_SECONDS = 60 };

struct sign {
	const struct cli_arguments *arguments;
	struct cli_targets targets;
	struct cli_attest attest; /* owns */
	struct cli_input input;   /* owns */
};

/* ---- Confined ------------------------------------------------------------------------------------------------------ */

static enum silt_status state(const struct sign *sign, struct silt_report **report, struct cli_handover *handover,
			      struct silt_error *err)
{
	char *text = NULL;
	size_t size = 0;
	enum silt_status status = cli_whole_read(sign->input.fd, SILT_REPORT_MAX, "a report", &text, &size, err);
	if (status == SILT_OK) {
		status = silt_report_read(text, size, report, err);
	}
	free(text);
	return status == SILT_OK ? cli_attest_state(&sign->attest, (*report)->judgements, (*report)->count,
						    (*report)->sandbox, (*report)->unread, handover->sinks, err)
				 : status;
}

static enum cli_exit read_and_state(void *ctx, struct cli_handover *handover)
{
	const struct sign *sign = ctx;
	struct silt_report *report = NULL;
	struct silt_error err = {0};
	const enum silt_status status = state(sign, &report, handover, &err);
	silt_report_free(report);
	handover->complete = status == SILT_OK;
	if (status != SILT_OK) {
		cli_say("%s: %s.", cli_printable(sign->input.word).text, err.text);
	}
	return cli_exit_of_status(status);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status open_all(struct sign *sign, struct silt_error *err)
{
	const struct cli_arguments *arguments = sign->arguments;
	struct silt_error why = {0};
	if (arguments->operand_count != 1) {
		return cli_fail(err, SILT_ERR_USAGE,
				"sign needs one report that silt wrote with -o json: a file, or - for standard input.");
	}
	if (arguments->values[CLI_OPTION_KEY] == NULL) {
		return cli_fail(err, SILT_ERR_USAGE, "sign needs --key FILE: silt key new makes one.");
	}
	const char *word = arguments->operands[0];
	enum silt_status status = cli_input_check(arguments, err);
	if (status == SILT_OK) {
		status = cli_input_open(word, &sign->input, &why);
		status = status == SILT_OK ? SILT_OK
					   : cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
	}
	if (status == SILT_OK && sign->input.folder) {
		status = cli_fail(err, SILT_ERR_USAGE, "%s is a folder: name the report itself.",
				  cli_printable(word).text);
	}
	if (status == SILT_OK) {
		status = cli_attest_open(&sign->attest, arguments, arguments->values[CLI_OPTION_KEY],
					 arguments->values[CLI_OPTION_INTO], &sign->targets, err);
	}
	return status == SILT_OK ? silt_prepare(err) : status;
}

static enum cli_exit sign_confined(struct sign *sign)
{
	const struct cli_confined confined = {
		.work = read_and_state,
		.ctx = sign,
		.open = sign->arguments->given[CLI_OPTION_NO_SANDBOX],
		.hang_seconds = HANG_SECONDS,
		.targets = &sign->targets,
	};
	const struct cli_outcome outcome = cli_confined_run(&confined);
	return cli_exit_worse(outcome.status, cli_attest_end(&sign->attest, outcome.delivered));
}

enum cli_exit cli_sign(const struct cli_arguments *arguments)
{
	struct sign sign = {.arguments = arguments, .input.fd = -1};
	struct silt_error err = {0};
	const enum silt_status status = open_all(&sign, &err);
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		exit = sign_confined(&sign);
	} else {
		cli_say("%s", err.text);
	}
	cli_attest_done(&sign.attest);
	cli_input_close(&sign.input);
	return exit;
}
