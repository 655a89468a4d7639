/* A bundle that was opened and not yet read: what is behind the public handle. */
#ifndef SILT_AUDIT_OPEN_H
#define SILT_AUDIT_OPEN_H

#include "silt/audit.h"
#include "stream/folder.h"
#include "stream/source.h"

struct silt_bundle {
	char *name; /* owns; raw, as the caller gave it */
	int fd;     /* -1: none */
	bool owns_fd;
	struct silt_folder *folder;            /* owns; NULL: not a folder */
	struct silt_fd_source *file;           /* owns; NULL: not a descriptor */
	struct silt_callback_source *callback; /* owns; NULL: not a callback */
	uint64_t total;                        /* bytes, 0 if unknown */
	bool used;
	bool hashes; /* its own digest is wanted */
};

/* To its start again; of a file or a folder. */
enum silt_status silt_bundle_rewind(struct silt_bundle *bundle, struct silt_error *err);

/* The bytes of a bundle that is not a folder. */
struct silt_source silt_bundle_source(const struct silt_bundle *bundle);

#endif
