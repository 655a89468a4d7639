/*
 * Whom an image runs as, in numbers, and what that user may do with its files by their owner and mode.
 *
 * Resolved as container runtimes do it (moby/sys/user, GetExecUser). ACLs and capabilities are left out of account.
 */
#ifndef SILT_AUDIT_ACCESS_H
#define SILT_AUDIT_ACCESS_H

#include "audit/context.h"
#include "base/limits.h"

struct silt_access {
	const struct silt_audited_image *image;
	bool known; /* false: the image does not say who its user is; it may then do whatever anybody may */
	int64_t uid, gid;
	struct silt_bytes name;                  /* of the account, if it has one */
	int64_t groups[SILT_ACCOUNT_GROUPS_MAX]; /* further ones, as etc/group says */
	size_t group_count;
};

/* The user of config.User; root if there is none. */
struct silt_access silt_access_of(const struct silt_audited_image *image);

/* True if the user may run a file of the final tree. For root any x bit will do. */
bool silt_access_may_run(const struct silt_access *access, const struct silt_node *node);

/* True if the user may create and remove names in a directory of the final tree, or write to a file of it. */
bool silt_access_may_write(const struct silt_access *access, const struct silt_node *node);

/* True if the user may pass all directories on the way to `path`; those that are not there are no obstacle. */
bool silt_access_may_reach(const struct silt_access *access, struct silt_bytes path);

/* The first directory on that way which the user may not pass: a part of `path`. ptr NULL: there is none. */
struct silt_bytes silt_access_barrier(const struct silt_access *access, struct silt_bytes path);

/* True if anybody may create names in a directory, or replace what stands there under a name. */
bool silt_directory_is_open(const struct silt_audited_image *image, const struct silt_node *node);

#endif
