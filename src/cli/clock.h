/* The day of judgement: when a token that carries its own expiry has to be valid. */
#ifndef SILT_CLI_CLOCK_H
#define SILT_CLI_CLOCK_H

#include "silt/error.h"

#include <stdbool.h>

/*
 * Seconds since 1970: those of SOURCE_DATE_EPOCH if it is set and not empty (reproducible-builds.org), so that a report
 * can be made again later, else of the clock; never 0. SILT_ERR_USAGE if the variable is no such number.
 */
enum silt_status cli_clock_today(int64_t *seconds, struct silt_error *err);

/*
 * Sets a day that is over to this one. Builds that are to be reproducible set the variable to a day in the past: in a
 * gate, what has expired since would hold again.
 */
void cli_clock_catch_up(int64_t *seconds);

/* The moment of the variable, if it has one: `*fixed`. The clock is not asked. Fails as cli_clock_today. */
enum silt_status cli_clock_fixed(int64_t *seconds, bool *fixed, struct silt_error *err);

#endif
