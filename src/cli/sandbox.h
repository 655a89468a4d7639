/*
 * The process gives up, for good, what reading an open input does not need: so much less is there for an input to gain
 * that beats a parser.
 *
 * Entered between the opening of the inputs and the first byte read of them, when everything else is prepared
 * (silt_prepare). In this order, because the last step forbids the others:
 *
 *   no new privileges   no program that is started could gain rights (and the two below may be asked for without any)
 *   not dumpable        no core file, no debugger, /proc/PID only for root
 *   Landlock            no file and no folder but those of inputs that are folders, and those for reading; no TCP
 *   seccomp             no system call but those of one table (sandbox_seccomp.c); any other ends the process
 *
 * A kernel that lacks one of the last two goes without it, and the report says so.
 */
#ifndef SILT_CLI_SANDBOX_H
#define SILT_CLI_SANDBOX_H

#include "silt/report.h"

#include <stdio.h>

/* What must still work inside. Zeroed: nothing but descriptors that are open. */
struct cli_sandbox_needs {
	const int *folders; /* borrows; descriptors of folders in which files are opened for reading */
	size_t folder_count;
};

/* Enters it and fills `state`. SILT_ERR_IO if the kernel has a part of it and refuses it. There is no way back. */
enum silt_status cli_sandbox_enter(const struct cli_sandbox_needs *needs, struct silt_sandbox *state,
				   struct silt_error *err);

/* ---- Its parts. Each demands that there are no new privileges. ----------------------------------------------------- */

/* `*abi`: the version of Landlock in force; 0: the kernel has none, or it is turned off. */
enum silt_status cli_sandbox_landlock(const struct cli_sandbox_needs *needs, unsigned *abi, struct silt_error *err);

/* `folders`: files are opened. `*active` false: the kernel has no seccomp. */
enum silt_status cli_sandbox_seccomp(bool folders, bool *active, struct silt_error *err);

/* Writes what seccomp allows as a table of Markdown. False if `out` failed. */
bool cli_sandbox_document(FILE *out);

#endif
