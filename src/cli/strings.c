/* `silt strings`: what a pattern matches in all bytes of a bundle, or the text that is in them. */
#include "cli/strings.h"

#include "cli/inspection.h"
#include "cli/message.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_MAX = 4096 };

struct question {
	struct silt_query *query; /* owns */
	struct silt_strings_summary summary;
};

static void say(void *ctx, const char *text)
{
	(void)ctx;
	cli_say("%s", text);
}

static enum silt_status write_strings(void *ctx, const struct cli_inspected *what, struct silt_sink sink,
				      struct silt_error *err)
{
	struct question *question = ctx;
	const struct silt_strings_options options = {
		.format = strcmp(what->format, "jsonl") == 0 ? SILT_FORMAT_JSONL : SILT_FORMAT_TEXT, .warn = say};
	const enum silt_status status = silt_strings_write(what->bundle, what->result, question->query, &options, sink,
							   &question->summary, err);
	if (status == SILT_OK && question->summary.unknown > 0) {
		*what->whole = false;
	}
	return status;
}

static enum silt_status read_query(const struct cli_arguments *arguments, struct silt_query **out,
				   struct silt_error *err)
{
	const char *word = arguments->values[CLI_OPTION_BYTES];
	char *end;
	const unsigned long shortest = strtoul(word, &end, 10);
	if (*end != '\0' || word[0] == '-' || shortest < 1 || shortest > SHORTEST_MAX) {
		return cli_fail(err, SILT_ERR_USAGE, "--bytes needs a number from 1 to %d, not '%s'.", SHORTEST_MAX,
				cli_printable(word).text);
	}
	struct silt_error why = {0};
	const enum silt_status status =
		silt_query_new(arguments->values[CLI_OPTION_GREP], (unsigned)shortest, out, &why);
	return status == SILT_OK ? SILT_OK : cli_fail(err, status, "--grep: %s.", why.text);
}

/* The pattern becomes machine code here: a process that reads an image can make none. */
enum cli_exit cli_strings(const struct cli_arguments *arguments)
{
	struct question question = {0};
	struct silt_error err = {0};
	const struct cli_inspection inspection = {
		.arguments = arguments,
		.name = "strings",
		.operands_min = 1,
		.operands_max = 1,
		.demand = "strings needs one input: a file, a folder, or - for standard input.",
		.formats = "text, jsonl",
		.options = {.entries_only = true},
		.digs = true,
		.tell = write_strings,
		.ctx = &question,
		.doubt = "there may be more of them",
	};
	const enum silt_status status = read_query(arguments, &question.query, &err);
	if (status != SILT_OK) {
		cli_say("%s", err.text);
		return cli_exit_of_status(status);
	}
	const enum cli_exit exit = cli_inspect(&inspection);
	silt_query_free(question.query);
	return exit;
}
