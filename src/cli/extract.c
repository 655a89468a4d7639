/* `silt extract`: files of an image, of any version, into a folder of the host, each with a record of where it was. */
#include "cli/cat.h"

#include "cli/inspection.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

struct extraction {
	const struct cli_arguments *arguments;
	struct cli_handover *handover; /* of the child */
};

/* ---- To the vault ------------------------------------------------------------------------------------------------------ */

static enum silt_status hand(const struct extraction *extraction, enum cli_vault_message kind, const void *bytes,
			     size_t size, struct silt_error *err)
{
	return cli_handover_file(extraction->handover, kind, bytes, size)
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_IO, "the files could not be written");
}

static enum silt_status begin(void *ctx, const char *name, struct silt_error *err)
{
	return hand(ctx, CLI_VAULT_BEGIN, name, strlen(name), err);
}

static enum silt_status data(void *ctx, struct silt_bytes bytes, struct silt_error *err)
{
	return bytes.len > 0 ? hand(ctx, CLI_VAULT_DATA, bytes.ptr, bytes.len, err) : SILT_OK;
}

static enum silt_status hole(void *ctx, uint64_t zeros, struct silt_error *err)
{
	return hand(ctx, CLI_VAULT_HOLE, &zeros, sizeof(zeros), err);
}

static enum silt_status end(void *ctx, struct silt_error *err)
{
	return hand(ctx, CLI_VAULT_END, NULL, 0, err);
}

/* ---- The command ------------------------------------------------------------------------------------------------------- */

static enum silt_status read_layer(const struct cli_arguments *arguments, const struct silt_image *image, size_t *out,
				   struct silt_error *err)
{
	const char *word = arguments->values[CLI_OPTION_LAYER];
	*out = SIZE_MAX;
	return word == NULL ? SILT_OK : silt_list_find_layer(image, word, out, err);
}

static enum silt_status write_summary(const struct silt_extract_summary *summary, struct silt_sink sink,
				      const char *folder, struct silt_error *err)
{
	char text[512];
	const int len = snprintf(
		text, sizeof(text), "%llu %s, %llu %s in %s; of links, devices and the like %llu %s a record only%s\n",
		(unsigned long long)summary->files, summary->files == 1 ? "file" : "files",
		(unsigned long long)summary->bytes, summary->bytes == 1 ? "byte" : "bytes", cli_printable(folder).text,
		(unsigned long long)summary->others, summary->others == 1 ? "has" : "have",
		summary->cut > 0 ? "; some files are cut off by the end of the archive" : "");
	return sink.write(sink.ctx, text, len < (int)sizeof(text) ? (size_t)len : sizeof(text) - 1)
		       ? SILT_OK
		       : cli_fail(err, SILT_ERR_IO, "the output could not be written");
}

static enum silt_status extract(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				struct silt_error *err)
{
	struct extraction *extraction = ctx;
	const struct cli_arguments *arguments = extraction->arguments;
	const struct silt_extract_sink vault = {begin, data, hole, end, extraction};
	struct silt_extract_summary summary;
	struct silt_extract_options options = {
		.patterns = (const char *const *)arguments->operands + 1,
		.pattern_count = arguments->operand_count - 1,
		.from = arguments->given[CLI_OPTION_ALL]       ? SILT_EXTRACT_ALL
			: arguments->given[CLI_OPTION_DELETED] ? SILT_EXTRACT_HIDDEN
							       : SILT_EXTRACT_VISIBLE,
		.bundle = silt_result_name(what->result),
	};
	extraction->handover = what->handover;
	enum silt_status status = read_layer(arguments, what->image, &options.layer, err);
	if (options.layer != SIZE_MAX && !arguments->given[CLI_OPTION_DELETED]) {
		options.from = SILT_EXTRACT_ALL; /* of a layer that is named, all that it holds */
	}
	if (status == SILT_OK) {
		status = silt_extract(what->bundle, what->result, 0, &options, &vault, &summary, err);
	}
	if (status == SILT_OK && summary.hollow > 0) {
		cli_say("%llu %s holes larger than --limit layer-bytes allows, and only a record.",
			(unsigned long long)summary.hollow, summary.hollow == 1 ? "file has" : "files have");
	}
	return status == SILT_OK ? write_summary(&summary, sink, arguments->values[CLI_OPTION_DIRECTORY], err) : status;
}

static enum cli_exit run(const struct cli_arguments *arguments, struct cli_vault *vault)
{
	struct extraction extraction = {.arguments = arguments};
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "extract",
		.operands_min = 2,
		.operands_max = SIZE_MAX,
		.demand = "extract needs an input and patterns of paths: silt extract app.tar 'etc/**' -C out.",
		.options = {.entries_only = true, .hash_bundle = true},
		.one_image = true,
		.digs = true,
		.vault = vault,
		.tell = extract,
		.ctx = &extraction,
		.doubt = "files may be missing",
	};
	return cli_inspect(&inspection);
}

/* The folder is opened first: without it nothing needs to be read. */
enum cli_exit cli_extract(const struct cli_arguments *arguments)
{
	struct cli_vault vault = {.folder = -1, .parent = -1, .file = -1};
	struct silt_error err = {0};
	enum silt_status status = SILT_OK;
	if (arguments->values[CLI_OPTION_DIRECTORY] == NULL) {
		status = cli_fail(&err, SILT_ERR_USAGE, "extract needs -C DIR: a folder that is new or empty.");
	}
	if (status == SILT_OK && arguments->operand_count >= 2) {
		status = cli_vault_open(arguments->values[CLI_OPTION_DIRECTORY], &vault, &err);
	}
	enum cli_exit exit = cli_exit_of_status(status);
	if (status == SILT_OK) {
		exit = run(arguments, &vault);
	} else {
		cli_say("%s", err.text);
	}
	cli_vault_close(&vault);
	return exit;
}
