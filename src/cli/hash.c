/* `silt hash`: one image is read, and the digests of its files are listed. */
#include "cli/hash.h"

#include "cli/inspection.h"

static enum silt_status write_hashes(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				     struct silt_error *err)
{
	const struct cli_arguments *arguments = ctx;
	const struct silt_hash_options options = {.all = arguments->given[CLI_OPTION_ALL], .escaped = what->terminal};
	return silt_hash_write(what->result, 0, &options, sink, err);
}

enum cli_exit cli_hash(const struct cli_arguments *arguments)
{
	struct cli_arguments given = *arguments;
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "hash",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "hash needs one input: a file, a folder, or - for standard input.",
		.formats = "text",
		.options = {.entries_only = true, .keep_digests = true},
		.one_image = true,
		.tell = write_hashes,
		.ctx = &given,
		.doubt = "files may be missing",
	};
	return cli_inspect(&inspection);
}
