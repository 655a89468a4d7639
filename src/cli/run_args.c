/* `silt run-args`: one image is audited, and what it can bear is printed. */
#include "cli/run_args.h"

#include "cli/inspection.h"

#include <string.h>

static enum silt_status write_args(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				   struct silt_error *err)
{
	(void)ctx;
	const enum silt_format format = strcmp(what->format, "json") == 0 ? SILT_FORMAT_JSON : SILT_FORMAT_TEXT;
	return silt_run_args_write(what->result, 0, format, sink, err);
}

enum cli_exit cli_run_args(const struct cli_arguments *arguments)
{
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "run-args",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "run-args needs one input: a file, a folder, or - for standard input.",
		.formats = "text, json",
		.one_image = true,
		.cached = true,
		.tell = write_args,
		.doubt = "the options may be wrong",
	};
	return cli_inspect(&inspection);
}
