/* `silt carve`: the bytes of a bundle that no parser claims. */
#include "cli/carve.h"

#include "cli/inspection.h"

#include <string.h>

static enum silt_status carve(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
			      struct silt_error *err)
{
	(void)ctx;
	const enum silt_format format = strcmp(what->format, "jsonl") == 0 ? SILT_FORMAT_JSONL : SILT_FORMAT_TEXT;
	return silt_carve_write(what->bundle, what->result, format, sink, err);
}

enum cli_exit cli_carve(const struct cli_arguments *arguments)
{
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "carve",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "carve needs one input: a file, a folder, or - for standard input.",
		.formats = "text, jsonl",
		.options = {.entries_only = true},
		.digs = true,
		.tell = carve,
		.doubt = "what was not decoded is listed as framing, or as it is stored",
	};
	return cli_inspect(&inspection);
}
