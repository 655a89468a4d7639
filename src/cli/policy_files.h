/* The policy that a command line asks for: --policy, --ignorefile, --baseline and --fail-on together. */
#ifndef SILT_CLI_POLICY_FILES_H
#define SILT_CLI_POLICY_FILES_H

#include "cli/parse.h"
#include "cli/text_file.h"
#include "silt/policy.h"

/*
 * Reads the files that are named, and no others. `rules`: those of the scan; NULL: those that silt ships. `now`: the day
 * of judgement. SILT_ERR_IO if a file cannot be read, SILT_ERR_USAGE for a mistake in one. The policy is the caller's.
 */
enum silt_status cli_policy_read(const struct cli_arguments *arguments, const struct silt_rules *rules, int64_t now,
				 struct silt_policy **out, struct silt_error *err);

/* A policy file, with room for one that is too long. */
enum silt_status cli_policy_file_read(const char *path, struct cli_text_file *out, struct silt_error *err);

#endif
