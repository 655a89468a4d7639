/* `silt rules`. */
#ifndef SILT_CLI_RULES_H
#define SILT_CLI_RULES_H

#include "cli/exit_status.h"
#include "cli/parse.h"

#include <stdio.h>

enum cli_exit cli_rules(const struct cli_arguments *arguments);

/* docs/rules.md: the rules that silt ships, by provider. False if they cannot be read. */
bool cli_rules_document(FILE *out);

#endif
