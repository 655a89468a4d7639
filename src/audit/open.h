/* A bundle that was opened and not yet read: what is behind the public handle. */
#ifndef SILT_AUDIT_OPEN_H
#define SILT_AUDIT_OPEN_H

#include "audit/spool.h"
#include "base/pulse.h"
#include "silt/audit.h"
#include "silt/dig.h"
#include "stream/folder.h"
#include "stream/source.h"

struct silt_bundle {
	char *name; /* owns; raw, as the caller gave it */
	int fd;     /* -1: none */
	bool owns_fd;
	struct silt_folder *folder;            /* owns; NULL: not a folder */
	struct silt_fd_source *file;           /* owns; NULL: not a descriptor */
	struct silt_callback_source *callback; /* owns; NULL: not a callback */
	silt_read_fn *read;                    /* of a callback */
	void *read_ctx;                        /* borrows */
	struct silt_spool *spool;              /* owns; NULL: nothing is kept */
	uint64_t total;                        /* bytes, 0 if unknown */
	bool used;
	struct silt_pulse pulse; /* of the audit */
	bool hashes;             /* its own digest is wanted */
};

/* To its start again; of a file, a folder, or what was kept of a pipe. */
enum silt_status silt_bundle_rewind(struct silt_bundle *bundle, struct silt_error *err);

/* The bytes of a bundle that is not a folder. */
struct silt_source silt_bundle_source(const struct silt_bundle *bundle);

#endif
