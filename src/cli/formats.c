/* All formats, whichever part of the library writes them. */
#include "cli/formats.h"

#include "cli/parse.h"
#include "silt/silt.h"

static bool find(size_t index, struct cli_format *out, bool *report)
{
	size_t reports = 0;
	while (silt_format_name((enum silt_format)reports) != NULL) {
		reports++;
	}
	*report = index < reports;
	if (*report) {
		*out = (struct cli_format){silt_format_name((enum silt_format)index),
					   silt_format_about((enum silt_format)index)};
		return true;
	}
	const enum silt_sbom_format bill = (enum silt_sbom_format)(index - reports);
	*out = (struct cli_format){silt_sbom_format_name(bill), silt_sbom_format_about(bill)};
	return out->name != NULL;
}

bool cli_format_at(const struct cli_command *command, size_t index, struct cli_format *out)
{
	bool report;
	if (!find(index, out, &report)) {
		return false;
	}
	const bool has = command->formats == NULL ? report : cli_is_choice(command->formats, out->name);
	if (!has) {
		out->name = NULL;
	}
	return true;
}
