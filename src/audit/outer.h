/*
 * The bytes of a bundle that is no folder, as one tar: read, counted, inflated if the bundle is packed as a whole, hashed
 * as long as it may be a bare root filesystem.
 *
 *     file · pipe ─► count ─► inflate ─► SHA-256 ─► whoever reads the tar
 *                               └─ asides ─► survey
 *
 * In one thread, or with a relay behind `inflate`: then one thread reads and inflates and another one hashes, while the
 * caller's reads the tar.
 */
#ifndef SILT_AUDIT_OUTER_H
#define SILT_AUDIT_OUTER_H

#include "audit/open.h"
#include "layer/survey.h"
#include "stream/relay.h"
#include "stream/stage.h"

#include <stdatomic.h>

/* Zeroed, it is not open. Fields are private. */
struct silt_outer {
	struct silt_bundle *bundle; /* borrows */
	struct silt_survey *survey; /* borrows */
	_Atomic uint64_t bytes_read;
	_Atomic bool hashes;
	struct silt_tap file_tap, tar_tap;
	struct silt_peek *peek;
	struct silt_inflate *inflate;
	struct silt_hasher *hasher;
	struct silt_hasher *file_hasher; /* of the bundle as it is; NULL: its digest is not wanted */
	struct silt_relay *relay;        /* NULL: one thread */
	struct silt_stage reading, hashing;
};

/*
 * Looks at the start of the bundle. `survey` gets what is aside. With `threads` stages may be in threads of their own: not
 * those of a file that is not packed and does not begin like a root filesystem: a crew can read its layers by itself.
 * SILT_ERR_INPUT: it is no tar.
 */
enum silt_status silt_outer_open(struct silt_outer *outer, struct silt_bundle *bundle, const struct silt_limits *limits,
				 struct silt_survey *survey, bool threads, struct silt_error *err);
void silt_outer_done(struct silt_outer *outer);

/* The tar. */
struct silt_source silt_outer_source(struct silt_outer *outer);

/* Nobody will ask for the digest. */
void silt_outer_stop_hashing(struct silt_outer *outer);

/* The file whose bytes the tar is, read in this thread; NULL: it is none, or packed, or read ahead, or hashed. */
struct silt_fd_source *silt_outer_file(const struct silt_outer *outer);

/* Bytes of the bundle read so far. */
uint64_t silt_outer_bytes(const struct silt_outer *outer);

/* Waits for the threads. `status` is what the reader of the tar ended with; the first failure of all. */
enum silt_status silt_outer_join(struct silt_outer *outer, enum silt_status status, struct silt_error *err);

/* When the tar has been read to its end and joined: reads what is behind it, if the digest of the bundle is wanted. */
enum silt_status silt_outer_end_file(struct silt_outer *outer, struct silt_digest *out, struct silt_error *err);

/* When the tar has been read to its end and joined: how it was packed, and what it is as a layer. */
const struct silt_inflate_report *silt_outer_report(const struct silt_outer *outer);
void silt_outer_describe(struct silt_outer *outer, struct silt_record *record);

#endif
