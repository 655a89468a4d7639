/* The user an image runs as: what its config says, and how the findings about it are made. */
#ifndef SILT_AUDIT_USER_H
#define SILT_AUDIT_USER_H

#include "audit/tell.h"

/* "name:group" of config.User, trimmed. */
struct silt_user {
	struct silt_bytes whole, name, group;
	bool has_number;
	int64_t number; /* if the name is one */
};

enum silt_user_trouble {
	SILT_USER_ROOT,
	SILT_USER_ROOT_AT_START, /* root, but the image itself gives it up */
	SILT_USER_ALIAS,         /* root under another name */
	SILT_USER_UNKNOWN,       /* the image has no such user or group */
	SILT_USER_NAMED,         /* a name, and no number */
};

/*
 * Adds a finding with the user as subject and identity. Its detail is `reason`, a sentence and a space or "", and the
 * USER instruction. Secret values are cut out of both.
 */
enum silt_status silt_report_user(const struct silt_case *of, const struct silt_user *user,
				  enum silt_user_trouble trouble, const char *reason, struct silt_error *err);

/* Adds the finding that the list of accounts at `path`, whose content is the file `at`, was not read. */
enum silt_status silt_report_unread_accounts(const struct silt_case *of, struct silt_bytes path, struct silt_place at,
					     struct silt_error *err);

#endif
