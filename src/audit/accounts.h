/* The lists of accounts of an image, and whether its accounts can log in. */
#ifndef SILT_AUDIT_ACCOUNTS_H
#define SILT_AUDIT_ACCOUNTS_H

#include "audit/context.h"
#include "content/passwd.h"

enum silt_accounts_state {
	SILT_ACCOUNTS_READ,
	SILT_ACCOUNTS_ABSENT,  /* the image has no such file */
	SILT_ACCOUNTS_UNKNOWN, /* a layer is absent, which is told elsewhere; it may have the file */
	SILT_ACCOUNTS_UNREAD,  /* the image has the file, but what is in it is not known */
};

struct silt_accounts {
	enum silt_accounts_state state;
	struct silt_bytes body; /* of READ */
	struct silt_place at;   /* of READ and UNREAD: the file */
};

/* The list at `path` of the final tree, links followed. Borrows from the image. */
struct silt_accounts silt_accounts_read(const struct silt_audited_image *image, struct silt_bytes path);

/* What an account of passwd runs when it logs in; "/bin/sh" if the field is empty. */
struct silt_bytes silt_account_shell(const struct silt_account *account);

/*
 * True if that is a program of the final tree with which somebody can work: not nologin, false, sync and their like,
 * and not a name that is not there.
 */
bool silt_account_has_shell(const struct silt_audited_image *image, const struct silt_account *account);

#endif
