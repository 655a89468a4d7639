/* `silt history`: one image is read, and told is what its layers did, to all of it or to one path. */
#include "cli/history.h"

#include "cli/inspection.h"

#include <string.h>

static enum silt_status write_history(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				      struct silt_error *err)
{
	const struct cli_arguments *arguments = ctx;
	const enum silt_listing_format format = strcmp(what->format, "jsonl") == 0 ? SILT_LISTING_JSONL
										   : SILT_LISTING_TEXT;
	if (arguments->operand_count > 1) {
		return silt_path_history_write(what->bundle, what->result, 0, arguments->operands[1], format, sink,
					       err);
	}
	return silt_history_write(what->result, 0, format, sink, err);
}

enum cli_exit cli_history(const struct cli_arguments *arguments)
{
	struct cli_arguments given = *arguments;
	const bool of_path = arguments->operand_count > 1;
	const char *path = of_path ? arguments->operands[1] : "";
	size_t len = strlen(path);
	for (; len > 0 && path[len - 1] == '/'; len--) {
	}
	const char *slash = memrchr(path, '/', len);
	const char *name = slash != NULL ? slash + 1 : path;
	const struct silt_bytes last = {(const uint8_t *)name, len - (size_t)(name - path)};
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "history",
		.operands_min = 1,
		.operands_max = 2,
		.demand = "history needs one input (a file, a folder, or - for standard input) and perhaps a path.",
		.formats = "text, jsonl",
		/* Whether a file that is written again has other content, its digest tells. */
		.options = {.entries_only = true, .keep_names = &last, .keep_name_count = of_path},
		.one_image = true,
		.digs = of_path,
		.tell = write_history,
		.ctx = &given,
		.doubt = "steps or states may be missing",
	};
	return cli_inspect(&inspection);
}
