/* `silt scan`: audit inputs and report. */
#ifndef SILT_CLI_SCAN_H
#define SILT_CLI_SCAN_H

#include "cli/exit_status.h"
#include "cli/parse.h"

enum cli_exit cli_scan(const struct cli_arguments *arguments);

/* `silt baseline`: the same, with another report, and findings are no failure. */
enum cli_exit cli_baseline(const struct cli_arguments *arguments);

#endif
