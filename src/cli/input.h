/*
 * Inputs: files, pipes, folders and standard input. They are opened before anything of them is read, since a process
 * that reads them can open nothing any more.
 */
#ifndef SILT_CLI_INPUT_H
#define SILT_CLI_INPUT_H

#include "cli/limits.h"
#include "cli/parse.h"
#include "cli/waiting.h"
#include "silt/audit.h"

struct cli_input {
	const char *word; /* as it was typed; borrows */
	int fd;           /* owns, unless it is standard input; -1: not open */
	bool folder;
	bool pipe; /* or whatever else is no file; maybe nobody writes yet */
};

/* What the option table cannot say of operands, --platform and --trust-digests. SILT_ERR_USAGE. */
enum silt_status cli_input_check(const struct cli_arguments *arguments, struct silt_error *err);

/*
 * Opens what `word` names ("-": standard input). A named pipe is opened at once, whether somebody writes or not: two of
 * them may be filled one after the other. SILT_ERR_IO; `out` is then not open.
 */
enum silt_status cli_input_open(const char *word, struct cli_input *out, struct silt_error *err);
void cli_input_close(struct cli_input *input);

/* Asks for as many descriptors as the system gives: every input takes one. */
void cli_input_expect_many(void);

/*
 * A bundle of what is open, which must stay so until the bundle is freed, as must `*waiting`: it is filled, and says how
 * long a pipe may keep one waiting.
 */
enum silt_status cli_input_bundle(const struct cli_input *input, const struct cli_limits *limits,
				  struct cli_waiting *waiting, struct silt_bundle **out, struct silt_error *err);

/*
 * Reads what cli_input_bundle made, with the --image and --platform of `arguments`, these limits, and a progress line if it
 * is wanted; `options` has the rest. The result is the caller's.
 */
enum silt_status cli_input_read(const struct cli_arguments *arguments, const struct cli_limits *limits,
				const struct cli_input *input, struct silt_bundle *bundle, struct silt_options options,
				struct silt_result **out, struct silt_error *err);

/*
 * Audits one input with the --name, --image and --platform of `arguments`, these limits, and a progress line if it is
 * wanted; `options` has the rest. The result is the caller's.
 */
enum silt_status cli_input_audit(const struct cli_arguments *arguments, const struct cli_limits *limits,
				 const struct cli_input *input, struct silt_options options, struct silt_result **out,
				 struct silt_error *err);

#endif
