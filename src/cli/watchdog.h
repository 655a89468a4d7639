/*
 * Ends a process that burns processor time and gets nowhere: with 70, and never as a scan that is done.
 *
 * Time spent waiting for a slow pipe does not count, and whoever gets on says so by a beat. It works by a timer of the
 * processor time and a signal, in any sandbox that lets a process write a sentence and end.
 */
#ifndef SILT_CLI_WATCHDOG_H
#define SILT_CLI_WATCHDOG_H

#include "silt/error.h"

#include <stdint.h>

/*
 * Starts it for this process, for good: it bites after so many seconds of processor time without a beat (the limit
 * hang-seconds). SILT_ERR_IO if the system gives no timer.
 */
enum silt_status cli_watchdog_start(uint64_t seconds, struct silt_error *err);

/* The callback for silt_options.pulse; `ctx` is not used. */
void cli_watchdog_beat(void *ctx);

#endif
