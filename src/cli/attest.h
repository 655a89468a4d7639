/*
 * Attestations made by the program. The key is opened before anything hostile is read, in memory that a forked child does
 * not have (proof.h); the child hands in what is to be signed, and the parent signs it.
 */
#ifndef SILT_CLI_ATTEST_H
#define SILT_CLI_ATTEST_H

#include "cli/exit_status.h"
#include "cli/targets.h"
#include "silt/proof.h"

/* Zeroed: nothing is to be attested. */
struct cli_attest {
	const char *path; /* where it goes; NULL: standard output; borrows */
	enum silt_predicate predicate;
	struct silt_identity *identity; /* owns; NULL: nothing is attested */
	struct cli_capture statement;   /* owns */
	size_t target;                  /* its number */
};

/* What a command line may say of attestations. SILT_ERR_USAGE. */
enum silt_status cli_attest_check(const struct cli_arguments *arguments, struct silt_error *err);

/*
 * Opens the key and adds the target that takes the statement. SILT_ERR_USAGE, SILT_ERR_IO, SILT_ERR_UNPROVEN (another
 * password), SILT_ERR_INPUT (no key).
 */
enum silt_status cli_attest_open(struct cli_attest *attest, const struct cli_arguments *arguments, const char *key,
				 const char *path, struct cli_targets *targets, struct silt_error *err);

/* The statement, in the child. `unread` and `sandbox` as of the reports. */
enum silt_status cli_attest_state(const struct cli_attest *attest, const struct silt_judgement *const *judgements,
				  size_t count, const struct silt_sandbox *sandbox, size_t unread,
				  const struct silt_sink *sinks, struct silt_error *err);

/* Signs what came, if all of it did, and writes the envelope. Says what goes wrong. */
enum cli_exit cli_attest_end(const struct cli_attest *attest, bool delivered);
void cli_attest_done(struct cli_attest *attest);

#endif
