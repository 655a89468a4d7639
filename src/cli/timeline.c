/* `silt timeline`: one image is read, and the times of what is in it are listed. */
#include "cli/timeline.h"

#include "cli/inspection.h"

#include <string.h>

static enum silt_status write_timeline(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				       struct silt_error *err)
{
	(void)ctx;
	const enum silt_listing_format format = strcmp(what->format, "jsonl") == 0 ? SILT_LISTING_JSONL
						: strcmp(what->format, "csv") == 0 ? SILT_LISTING_CSV
										   : SILT_LISTING_BODYFILE;
	return silt_timeline_write(what->result, 0, format, sink, err);
}

enum cli_exit cli_timeline(const struct cli_arguments *arguments)
{
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "timeline",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "timeline needs one input: a file, a folder, or - for standard input.",
		.formats = "bodyfile, jsonl, csv",
		.options = {.entries_only = true},
		.one_image = true,
		.tell = write_timeline,
		.doubt = "entries may be missing",
	};
	return cli_inspect(&inspection);
}
