/* Inputs: files, folders and standard input, opened and audited. */
#ifndef SILT_CLI_INPUT_H
#define SILT_CLI_INPUT_H

#include "cli/parse.h"
#include "silt/audit.h"

/* What the option table cannot say of operands and of --platform. SILT_ERR_USAGE. */
enum silt_status cli_input_check(const struct cli_arguments *arguments, struct silt_error *err);

/*
 * Opens and audits one input ("-": standard input), with the --name, --image and --platform of `arguments` and a
 * progress line if it is wanted; `options` has the rest. The result is the caller's.
 */
enum silt_status cli_input_audit(const struct cli_arguments *arguments, const char *input, struct silt_options options,
				 struct silt_result **out, struct silt_error *err);

#endif
