/*
 * The lists of accounts, etc/passwd and etc/group, read as container runtimes read them.
 *
 * Not as getpwent does: the runtimes (moby/sys/user, used by Docker, runc and containerd) look at every line that is not
 * blank, take missing fields for empty, and a uid that is no number for 0. A line "app" makes user app root; the audit
 * must see it the same way.
 */
#ifndef SILT_CONTENT_PASSWD_H
#define SILT_CONTENT_PASSWD_H

#include "base/bytes.h"

/* One line of passwd or group. All spans are of the body. */
struct silt_account {
	struct silt_bytes name;
	int64_t id; /* passwd: uid; group: gid. Clamped to the range of 64 bits. */
};

/* Cuts the next account off `*rest`; false at the end. Lines of both files begin NAME:PASSWORD:ID. */
bool silt_account_next(struct silt_bytes *rest, struct silt_account *out);

/* The first account with that name. False if there is none. */
bool silt_account_by_name(struct silt_bytes body, struct silt_bytes name, struct silt_account *out);

/*
 * A number as runtimes read one (Go's strconv.Atoi): an optional sign, decimal digits, nothing else; clamped to the
 * range of 64 bits. False, and `*out` untouched, for anything else.
 */
bool silt_account_number(struct silt_bytes text, int64_t *out);

#endif
