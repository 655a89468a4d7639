/*
 * The commands of a history that remove files, with the paths they name.
 */
#ifndef SILT_AUDIT_REMOVAL_READ_H
#define SILT_AUDIT_REMOVAL_READ_H

#include "audit/removal.h"

/* One path that is named, whether it is there or not. Its path is valid during the call. */
typedef enum silt_status silt_removal_fn(void *ctx, const struct silt_removal *removal, struct silt_error *err);

/* Calls `fn` for each, in the order of the history; stops at and returns what it returns if it is not SILT_OK. */
enum silt_status silt_removals_read(const struct silt_build *build, silt_removal_fn *fn, void *ctx,
				    struct silt_error *err);

/* True if the command is one of those that remove: what it names it does not make. */
bool silt_command_removes(const struct silt_command *command);

#endif
