/*
 * What keeps the exit status honest.
 *
 *   - A library may call exit(): libarchive does so with 1 when memory runs out, which would read as "findings". Any
 *     exit that main did not ask for ends with 70.
 *   - A crash before there is a child to have it (libhs 5.4 does so when it compiles rules and memory runs out) would
 *     read as the number of a signal: it ends with 70, too. A child has its crashes as they are; its parent tells them.
 *   - A closed pipe or a limit of file sizes must be an error of a write and not a silent death: SIGPIPE and SIGXFSZ
 *     are ignored.
 *   - With a standard descriptor closed, the next file opened would take its number and get our output: the three are
 *     filled first, in a way that using them still fails.
 *   - A report that could not be written is status 4, however clean the scan was: standard output is closed and tested.
 *   - What libraries free (windows of decompressors, blocks of the tar reader) is overwritten; we wipe our own. That takes
 *     time, and starts when there is an input.
 *   - A core dump would hold the secrets just found: none is written.
 */
#ifndef SILT_CLI_GUARD_H
#define SILT_CLI_GUARD_H

#include "cli/exit_status.h"

/* First thing in main. Returns SILT_ERR_IO if the process cannot be set up, SILT_OK otherwise. */
enum silt_status cli_guard_start(void);

/* First thing in a child that was forked, whose parent looks how it ends. */
void cli_guard_start_child(void);

/* Before the first byte of an input is read. */
void cli_guard_before_input(void);

/* Last thing of a child that was forked, whose standard output is its parent's matter. */
_Noreturn void cli_guard_end_child(enum cli_exit status);

/* Last thing in main: what main returns, for a run that ended with `status`. */
int cli_guard_leave(enum cli_exit status);

#endif
