/* `silt sbom`: one image is read, and its packages are written as a bill of materials. */
#include "cli/sbom.h"

#include "cli/clock.h"
#include "cli/inspection.h"
#include "cli/message.h"

#include <string.h>

struct bill {
	const struct cli_arguments *arguments;
	int64_t now;
	bool fixed; /* that is given */
};

static void say(void *ctx, const char *text)
{
	(void)ctx;
	cli_say("%s", text);
}

static enum silt_status write_bill(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				   struct silt_error *err)
{
	const struct bill *bill = ctx;
	const struct silt_sbom_options options = {
		.format = strcmp(what->format, "spdx") == 0 ? SILT_SBOM_SPDX : SILT_SBOM_CYCLONEDX,
		.all = bill->arguments->given[CLI_OPTION_ALL],
		.now = bill->fixed ? &bill->now : NULL,
		.warn = say,
	};
	return silt_sbom_write(what->bundle, what->result, 0, &options, sink, what->whole, err);
}

enum cli_exit cli_sbom(const struct cli_arguments *arguments)
{
	struct bill bill = {.arguments = arguments};
	struct silt_error err = {0};
	/* The clock is never asked: else the document has the time of the image, and is the same each time. */
	const enum silt_status status = cli_clock_fixed(&bill.now, &bill.fixed, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
		return cli_exit_of_status(status);
	}
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "sbom",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "sbom needs one input: a file, a folder, or - for standard input.",
		.formats = "cyclonedx, spdx",
		.options = {.entries_only = true},
		.one_image = true,
		.digs = true,
		.tell = write_bill,
		.ctx = &bill,
		.doubt = "packages may be missing",
	};
	return cli_inspect(&inspection);
}
