/* `silt scan`, and what is a scan with another end: `silt gate` and `silt baseline`. */
#ifndef SILT_CLI_SCAN_H
#define SILT_CLI_SCAN_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_scan(const struct cli_arguments *arguments);

/* `silt gate`: the verdict in one line, whatever else is written; with the usual cache. */
enum cli_exit cli_gate(const struct cli_arguments *arguments);

/* `silt baseline`: the same, with another report, and findings are no failure. */
enum cli_exit cli_baseline(const struct cli_arguments *arguments);

#endif
