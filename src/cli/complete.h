/*
 * What a shell asks when somebody presses the tabulator:
 *
 *     silt __complete scan --only us
 *
 * Each line of the answer is a whole word, and behind a tabulator perhaps a few words about it; the last line is ":" and
 * the bits of enum cli_offers_bit. All that is known about the command line is known here, by the tables: the scripts of
 * `silt completion` do nothing but ask, and so does the docker client for its plugin.
 */
#ifndef SILT_CLI_COMPLETE_H
#define SILT_CLI_COMPLETE_H

#include "cli/exit_status.h"

/* The first word of such a command line. It is no command of the table: nobody types it. */
#define CLI_COMPLETE_WORD "__complete"

/* `words` are those behind it: what is typed behind "silt", the last one up to the cursor, if only "". */
enum cli_exit cli_complete(int count, char *const *words);

#endif
