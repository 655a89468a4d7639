/* The rules that a command line asks for: those that silt ships, those of --rules, or both. */
#ifndef SILT_CLI_RULE_FILES_H
#define SILT_CLI_RULE_FILES_H

#include "cli/parse.h"
#include "silt/rules.h"

/*
 * Reads the files of --rules. SILT_ERR_IO if one cannot be read, SILT_ERR_USAGE for a mistake in one, with file, line,
 * rule and reason. The set is the caller's.
 */
enum silt_status cli_rules_read(const struct cli_arguments *arguments, struct silt_rules **out, struct silt_error *err);

/* As above, from these files and no others, with the rules that silt ships if `shipped`. */
enum silt_status cli_rules_read_files(bool shipped, const char *const *paths, size_t count, struct silt_rules **out,
				      struct silt_error *err);

#endif
