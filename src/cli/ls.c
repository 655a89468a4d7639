/* `silt ls` and `silt tree`: one image is read, and its names are listed. */
#include "cli/ls.h"

#include "cli/inspection.h"
#include "cli/message.h"

#include <string.h>

static enum silt_list_view view_of(const struct cli_arguments *arguments)
{
	return arguments->given[CLI_OPTION_LAYER]     ? SILT_LIST_LAYER
	       : arguments->given[CLI_OPTION_DELETED] ? SILT_LIST_DELETED
	       : arguments->given[CLI_OPTION_ALL]     ? SILT_LIST_ALL
						      : SILT_LIST_FINAL;
}

static enum silt_listing_format format_of(const struct cli_arguments *arguments, const struct cli_inspected *what)
{
	return arguments->scope == CLI_SCOPE_TREE   ? SILT_LISTING_TREE
	       : arguments->given[CLI_OPTION_NULL]  ? SILT_LISTING_NAMES
	       : strcmp(what->format, "jsonl") == 0 ? SILT_LISTING_JSONL
						    : SILT_LISTING_TEXT;
}

static enum silt_status write_list(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				   struct silt_error *err)
{
	const struct cli_arguments *arguments = ctx;
	const char *type = arguments->values[CLI_OPTION_TYPE];
	struct silt_list_options options = {
		.format = format_of(arguments, what),
		.view = view_of(arguments),
		.path = arguments->operand_count > 1 ? arguments->operands[1] : NULL,
		.recursive = arguments->given[CLI_OPTION_RECURSIVE] || arguments->given[CLI_OPTION_SETUID] ||
			     arguments->given[CLI_OPTION_TYPE],
		.details = arguments->given[CLI_OPTION_LONG],
		.setuid = arguments->given[CLI_OPTION_SETUID],
		.type = type == NULL || strcmp(type, "any") == 0 ? NULL : type,
	};
	if (options.format == SILT_LISTING_NAMES && what->terminal) {
		return cli_fail(err, SILT_ERR_USAGE, "--null writes raw bytes of the image: not to a terminal.");
	}
	enum silt_status status = SILT_OK;
	if (options.view == SILT_LIST_LAYER) {
		status = silt_list_find_layer(what->image, arguments->values[CLI_OPTION_LAYER], &options.layer, err);
	}
	return status == SILT_OK ? silt_list_write(what->result, 0, &options, sink, err) : status;
}

/* Options that contradict each other; NULL: none do. */
static const char *contradiction(const struct cli_arguments *arguments)
{
	const bool *given = arguments->given;
	if (given[CLI_OPTION_LAYER] + given[CLI_OPTION_ALL] + given[CLI_OPTION_DELETED] > 1) {
		return "ls takes one of --layer, --all and --deleted.";
	}
	if (given[CLI_OPTION_NULL] && (given[CLI_OPTION_OUTPUT] || given[CLI_OPTION_LONG])) {
		return "--null writes paths alone: leave out --long and --output.";
	}
	return NULL;
}

static enum cli_exit inspect(const struct cli_arguments *arguments, const char *name, const char *demand,
			     const char *formats)
{
	struct cli_arguments given = *arguments;
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = name,
		.operands_min = 1,
		.operands_max = 2,
		.demand = demand,
		.formats = formats,
		.options = {.entries_only = true},
		.one_image = true,
		.tell = write_list,
		.ctx = &given,
		.doubt = "names may be missing",
	};
	return cli_inspect(&inspection);
}

enum cli_exit cli_ls(const struct cli_arguments *arguments)
{
	const char *wrong = contradiction(arguments);
	if (wrong != NULL) {
		cli_say("%s", wrong);
		return CLI_EXIT_USAGE;
	}
	return inspect(arguments, "ls",
		       "ls needs one input (a file, a folder, or - for standard input) and perhaps a path.",
		       "text, jsonl");
}

enum cli_exit cli_tree(const struct cli_arguments *arguments)
{
	return inspect(arguments, "tree",
		       "tree needs one input (a file, a folder, or - for standard input) and perhaps a path.", "text");
}
