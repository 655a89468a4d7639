/* Key files: opened with their password, and made. */
#ifndef SILT_CLI_KEY_FILE_H
#define SILT_CLI_KEY_FILE_H

#include "cli/parse.h"
#include "silt/proof.h"

/* Opens a secret key, with the password that is asked for if it has one. The identity is the caller's. */
enum silt_status cli_key_open(const struct cli_arguments *arguments, const char *path, struct silt_identity **out,
			      struct silt_error *err);

/* Writes a secret key into a file that is not there yet, for its owner only. */
enum silt_status cli_key_create(const char *path, const struct silt_identity *identity, struct silt_bytes password,
				struct silt_error *err);

/* The public key that a secret key file says that it has: nobody asks for its password. */
enum silt_status cli_key_look(const char *path, struct silt_proof_key *out, bool *password, struct silt_error *err);

/* Reads a public key, PEM. */
enum silt_status cli_key_public(const char *path, struct silt_proof_key *out, struct silt_error *err);

/*
 * Refuses what would be written at `path` (NULL: standard output) in the place of a key or a password that the command line
 * names: it may be the only copy. SILT_ERR_USAGE.
 */
enum silt_status cli_key_spare(const struct cli_arguments *arguments, const char *path, struct silt_error *err);

#endif
