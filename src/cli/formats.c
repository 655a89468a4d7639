/* The formats of a command: those of reports, or those of listings. */
#include "cli/formats.h"

#include "silt/report.h"

/* What shows and does not judge writes no reports, though its formats may be called so. */
static const struct cli_format listings[] = {
	{"text", "for people"},
	{"json", "for programs: one document"},
	{"jsonl", "for programs: a JSON object in each line"},
	{"bodyfile", "for mactime of the Sleuth Kit"},
	{"csv", "for spreadsheets: a row in each line"},
	{"cyclonedx", "for scanners of packages: CycloneDX, as JSON"},
	{"spdx", "for scanners of packages: SPDX 2.3, as JSON"},
};

/* Format number `at`, whether the command has it or not. */
static bool get(const struct cli_command *command, size_t at, struct cli_format *out)
{
	const bool lists = ((unsigned)command->scope & CLI_SCOPE_INSPECTS) != 0;
	if (lists) {
		const bool is_there = at < sizeof(listings) / sizeof(listings[0]);
		*out = is_there ? listings[at] : (struct cli_format){NULL, NULL};
		return is_there;
	}
	out->name = silt_format_name((enum silt_format)at);
	out->about = silt_format_about((enum silt_format)at);
	return out->name != NULL;
}

bool cli_format_next(const struct cli_command *command, size_t *at, struct cli_format *out)
{
	while (get(command, (*at)++, out)) {
		if (command->formats == NULL || cli_is_choice(command->formats, out->name)) {
			return true;
		}
	}
	return false;
}
