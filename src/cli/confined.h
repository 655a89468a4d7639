/*
 * Work on hostile bytes, done by a child that can do little else.
 *
 *   parent                                            child
 *   opens inputs, reads rules and lists
 *   fork ------------------------------------------>  watchdog; sandbox (sandbox.h)
 *                                                     reads the inputs, whose descriptors it has
 *   looks into the record cache, if there is one <->  asks for layers (cache_link.h)
 *   opens an output when its first piece comes   <--  reports, piece by piece, through a pipe
 *   gives the files their names                  <--  end of the reports
 *   ends with the child's exit status, or 70     <--  exit
 *
 * So what parses can neither open a file nor choose where a report goes, and however it ends (a crash, the sandbox, no
 * memory), somebody is left who says so in one sentence, keeps an old report and has a documented exit status.
 */
#ifndef SILT_CLI_CONFINED_H
#define SILT_CLI_CONFINED_H

#include "cli/exit_status.h"
#include "cli/sandbox.h"
#include "cli/targets.h"
#include "cli/vault.h"
#include "silt/cache.h"

/* Where the work hands its report in. */
struct cli_handover {
	struct silt_sink sinks[CLI_TARGETS_MAX]; /* one for each target; who owns the outputs says why one refuses */
	const struct silt_sandbox *sandbox;      /* what the work is confined by; borrows */
	const struct silt_cache_access *cache;   /* NULL: there is none; borrows */
	struct cli_vault *vault;                 /* in this process; NULL: in the other one, or there is none */
	bool complete;                           /* set by the work: the reports are whole */
	uint64_t bytes;                          /* set by the work: how many were audited */
};

struct cli_confined {
	/* Reads and reports, says on standard error what goes wrong, and returns the exit status. */
	enum cli_exit (*work)(void *ctx, struct cli_handover *handover);
	void *ctx;
	bool open; /* --no-sandbox: in this very process, which gives up nothing */
	struct cli_sandbox_needs needs;
	uint64_t hang_seconds; /* for the watchdog */
	const char *cache;     /* folder of the record cache, which is made if it is not there; NULL: none */
	bool cache_optional;   /* nobody asked for it: without it, it is only slower */
	const struct cli_targets *targets; /* where the reports go; borrows */
	struct cli_vault *vault;           /* where files go; NULL: there are none; borrows */
};

/* Hands a message for the vault over. False if nobody takes it any more. */
bool cli_handover_file(struct cli_handover *handover, enum cli_vault_message kind, const void *bytes, size_t size);

struct cli_outcome {
	enum cli_exit status;
	bool delivered; /* the reports are whole and in their places */
	uint64_t bytes; /* audited */
};

/* Does the work. Everything that goes wrong has been said when this returns. */
struct cli_outcome cli_confined_run(const struct cli_confined *what);

#endif
