/* All that is known of a check, a pattern rule or a practice. */
#ifndef SILT_CLI_EXPLAIN_H
#define SILT_CLI_EXPLAIN_H

#include "cli/exit_status.h"
#include "cli/parse.h"
#include "silt/rules.h"

/* `silt explain`. */
enum cli_exit cli_explain(const struct cli_arguments *arguments);

/*
 * Writes to standard output what is known of everything of that name: id of a check or of a rule, alias, family.
 * SILT_ERR_USAGE if there is nothing, with the nearest name.
 */
enum silt_status cli_explain_name(const struct silt_rules *rules, const char *name, struct silt_error *err);

#endif
