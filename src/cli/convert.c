/* `silt convert`: a report for programs is read, by a process that can do nothing else, and written in other formats. */
#include "cli/convert.h"

#include "cli/input.h"
#include "cli/message.h"
#include "cli/reports.h"
#include "cli/whole.h"
#include "silt/silt.h"

#include <stdlib.h>

enum { HANG_SECONDS = 60 };

struct convert {
	const struct cli_arguments *arguments;
	struct cli_reports reports;
	struct cli_input input; /* owns */
};

static enum silt_status check_arguments(struct convert *convert, struct silt_error *err)
{
	const struct cli_arguments *arguments = convert->arguments;
	if (arguments->operand_count != 1) {
		return cli_fail(
			err, SILT_ERR_USAGE,
			"convert needs one report that silt wrote with -o json: a file, or - for standard input.");
	}
	const enum silt_status status = cli_input_check(arguments, err);
	return status == SILT_OK ? cli_reports_read(&convert->reports, arguments, SILT_FORMAT_TEXT, false, err)
				 : status;
}

/* ---- Confined ---------------------------------------------------------------------------------------------------- */

static bool has_secret(const struct silt_result *result)
{
	size_t count = 0;
	const struct silt_finding *findings = silt_result_findings(result, &count);
	for (size_t i = 0; i < count; i++) {
		if (findings[i].secret.len > 0) {
			return true;
		}
	}
	return false;
}

/* Who has shown secrets has left them in names and texts, too: no other format cuts them out again. */
static enum silt_status check_secrets(const struct convert *convert, const struct silt_report *report,
				      struct silt_error *err)
{
	const bool shown = cli_targets_show_secrets(&convert->reports.targets);
	for (size_t i = 0; i < report->count && !shown; i++) {
		if (has_secret(report->judgements[i]->result)) {
			return cli_fail(err, SILT_ERR_USAGE,
					"it was made with --show-secrets, and has secrets in its texts: give that "
					"option here, too, and text, json, jsonl or html, or scan again.");
		}
	}
	return SILT_OK;
}

static enum cli_exit read_and_write(void *ctx, struct cli_handover *handover)
{
	const struct convert *convert = ctx;
	struct silt_report *report = NULL;
	struct silt_error err = {0};
	char *text = NULL;
	size_t size = 0;
	enum silt_status status = cli_whole_read(convert->input.fd, SILT_REPORT_MAX, "a report", &text, &size, &err);
	if (status == SILT_OK) {
		status = silt_report_read(text, size, &report, &err);
	}
	free(text);
	if (status == SILT_OK) {
		status = check_secrets(convert, report, &err);
	}
	if (status != SILT_OK) {
		silt_report_free(report);
		cli_say("%s: %s", cli_printable(convert->input.word).text, err.text);
		return cli_exit_of_status(status);
	}
	status = cli_reports_write(&convert->reports, report->judgements, report->count, report->sandbox,
				   report->unread, handover);
	silt_report_free(report);
	return cli_exit_of_status(status);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static enum silt_status open_input(struct convert *convert, struct silt_error *err)
{
	const char *word = convert->arguments->operands[0];
	struct silt_error why = {0};
	const enum silt_status status = cli_input_open(word, &convert->input, &why);
	if (status != SILT_OK) {
		return cli_fail(err, status, "%s: %s", cli_printable(word).text, why.text);
	}
	if (convert->input.folder) {
		return cli_fail(err, SILT_ERR_USAGE, "%s is a folder: name the report itself.",
				cli_printable(word).text);
	}
	return silt_prepare(err);
}

enum cli_exit cli_convert(const struct cli_arguments *arguments)
{
	struct convert convert = {.arguments = arguments, .input.fd = -1};
	struct silt_error err = {0};
	enum silt_status status = check_arguments(&convert, &err);
	if (status == SILT_OK) {
		status = open_input(&convert, &err);
	}
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		const struct cli_confined confined = {
			.work = read_and_write,
			.ctx = &convert,
			.open = arguments->given[CLI_OPTION_NO_SANDBOX],
			.hang_seconds = HANG_SECONDS,
			.targets = &convert.reports.targets,
		};
		exit = cli_confined_run(&confined).status;
	} else {
		cli_say("%s", err.text);
	}
	cli_input_close(&convert.input);
	return exit;
}
