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
#include "base/error.h"

/* One line of passwd or group. All spans are of the body; those of fields that the line does not have are empty. */
struct silt_account {
	struct silt_bytes name, password;
	struct silt_bytes home, shell; /* passwd only */
	int64_t id;                    /* passwd: uid; group: gid. Clamped to the range of 64 bits. */
	bool has_id;                   /* the third field is a number */
	size_t fields;                 /* the line has so many */
};

/* Reads one line. False if it is blank. */
bool silt_account_read(struct silt_bytes line, struct silt_account *out);

/* Cuts the next account off `*rest`; false at the end. Lines of both files begin NAME:PASSWORD:ID. */
bool silt_account_next(struct silt_bytes *rest, struct silt_account *out);

/* How many lines there are, and so how many accounts at most. */
size_t silt_account_lines(struct silt_bytes body);

/*
 * True if the line is an account to those who log in, and not only to runtimes: no comment, no line "+..." or "-..." of
 * NIS, a name and at least `fields` fields.
 */
bool silt_account_is_entry(const struct silt_account *account, size_t fields);

/* The first account with that name. False if there is none. */
bool silt_account_by_name(struct silt_bytes body, struct silt_bytes name, struct silt_account *out);

/* The accounts of a body by name, for whoever looks up many. */
struct silt_account_index {
	struct silt_account_name *names; /* owns */
	size_t count;
};

/* Borrows from `body`. */
enum silt_status silt_account_index_make(struct silt_bytes body, struct silt_account_index *out,
					 struct silt_error *err);

/* As silt_account_by_name. */
bool silt_account_index_find(const struct silt_account_index *index, struct silt_bytes name, struct silt_account *out);

/* May be called for a zeroed one. */
void silt_account_index_done(struct silt_account_index *index);

/*
 * A number as runtimes read one (Go's strconv.Atoi): an optional sign, decimal digits, nothing else; clamped to the
 * range of 64 bits. False, and `*out` untouched, for anything else.
 */
bool silt_account_number(struct silt_bytes text, int64_t *out);

#endif
