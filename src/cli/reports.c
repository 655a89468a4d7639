/* One report for each target. */
#include "cli/reports.h"

#include "cli/clock.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include <string.h>
#include <unistd.h>

enum silt_status cli_reports_read(struct cli_reports *out, const struct cli_arguments *arguments,
				  enum silt_format usual, bool always, struct silt_error *err)
{
	*out = (struct cli_reports){
		.options = {.show_secrets = arguments->given[CLI_OPTION_SHOW_SECRETS],
			    .show_suppressed = arguments->given[CLI_OPTION_SHOW_SUPPRESSED]},
		.colour = arguments->values[CLI_OPTION_COLOR],
		.colours = cli_terminal_is_smart(STDOUT_FILENO) && !cli_terminal_wants_no_colour(),
		.width = cli_terminal_columns(STDOUT_FILENO),
	};
	const enum silt_status status = cli_clock_today(&out->options.now, err);
	return status == SILT_OK ? cli_targets_read(arguments, usual, always, &out->targets, err) : status;
}

static bool wants_colour(const struct cli_reports *reports, const struct cli_target *target)
{
	return strcmp(reports->colour, "auto") == 0 ? target->path == NULL && reports->colours
						    : strcmp(reports->colour, "always") == 0;
}

struct silt_report_options cli_report_options(const struct cli_reports *reports, size_t number)
{
	const struct cli_target *target = &reports->targets.items[number];
	struct silt_report_options options = reports->options;
	options.format = target->format;
	options.colour = wants_colour(reports, target);
	options.width = target->path == NULL ? reports->width : 0;
	return options;
}

enum silt_status cli_reports_write(const struct cli_reports *reports, const struct silt_judgement *const *judgements,
				   size_t count, const struct silt_sandbox *sandbox, size_t unread,
				   struct cli_handover *handover)
{
	enum silt_status status = SILT_OK;
	for (size_t i = 0; i < reports->targets.count && status == SILT_OK; i++) {
		struct silt_error err = {0};
		if (reports->targets.items[i].capture != NULL) {
			continue; /* is filled by who reads it */
		}
		struct silt_report_options options = cli_report_options(reports, i);
		options.sandbox = sandbox;
		options.unread = unread;
		status = silt_report_write(judgements, count, &options, handover->sinks[i], &err);
		if (status != SILT_OK && status != SILT_ERR_IO) {
			cli_say("%s", err.text);
		}
	}
	handover->complete = status == SILT_OK;
	return status;
}
