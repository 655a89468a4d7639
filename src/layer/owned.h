/*
 * Content of packages, as far as one layer tells: what the package databases in it list, and the digests of the files
 * that are judged by their content: those in which secrets were found, programs, what gives rights. Whether the one
 * proves the other is decided above, where all layers are known.
 */
#ifndef SILT_LAYER_OWNED_H
#define SILT_LAYER_OWNED_H

#include "content/package.h"
#include "layer/collect.h"

/* What is kept while bodies stream by. A zeroed struct is a start; its fields are private. */
struct silt_owned {
	struct silt_collector *collector; /* borrows: gets the facts */
	struct silt_package_reader reader;
	struct silt_summer *summers[SILT_SUM_KINDS]; /* owns; NULL: not needed yet, or libcrypto does not offer it */
	uint8_t *body;                               /* owns; of the present file, unless it came in one piece */
	size_t body_len;                             /* its room is SILT_PROVABLE_BYTES_MAX */
	uint32_t entry;                              /* of the present body, and 1; 0: none yet */
	uint64_t seen;                               /* bytes of it */
	bool reading;                                /* it is a package database */
	bool kept;            /* `body` has all of it so far, or the one piece it comes in is all of it */
	bool archive;         /* more hits may come of it when it has ended */
	bool watched;         /* its digest is wanted, whether it has hits or not */
	bool pending;         /* it has ended, and `body` has all of it */
	unsigned sums;        /* those of the layer's package manager; 0: it is not known */
	size_t hits_seen;     /* those of earlier bodies */
	size_t claims_before; /* the present database */
	size_t claim_capacity, package_capacity, digest_capacity;
};

void silt_owned_done(struct silt_owned *owned);

/*
 * The next piece of the body of entry `entry` (UINT32_MAX: one that was left out), after its hits were added to
 * the collector. Fails only for memory.
 */
enum silt_status silt_owned_data(struct silt_owned *owned, struct silt_collector *collector, uint32_t entry,
				 const struct silt_tar_event *data, struct silt_error *err);

/*
 * After a body and all that was found inside of it, if it is an archive: hits that came after its last piece count, too.
 * Fails only for memory.
 */
enum silt_status silt_owned_body_end(struct silt_owned *owned, struct silt_error *err);

/* After the last body: the claims get their order. */
void silt_owned_end(struct silt_record *record);

/* The id of the claim that the file at a clean path has that digest; `digest` NULL: that it is listed without one. */
void silt_claim_id(struct silt_bytes path, enum silt_sum_kind kind, const uint8_t *digest,
		   uint8_t id[static SILT_CLAIM_ID_SIZE]);

/* The package of a claim of this layer, or NULL. */
const struct silt_package *silt_record_claim(const struct silt_record *record,
					     const uint8_t id[static SILT_CLAIM_ID_SIZE]);

/* The claims of this layer about a path, whatever the digest: the first, and how many follow it. */
const struct silt_claim *silt_record_claims_of(const struct silt_record *record,
					       const uint8_t id[static SILT_CLAIM_PATH_SIZE], size_t *count);

/* False if it only says that a package has a file of that path. */
bool silt_claim_has_digest(const struct silt_claim *claim);

/* The digests of the body of entry `index`, or NULL: not wanted, empty, too large, damaged or with holes. */
const struct silt_body_digests *silt_record_digests(const struct silt_record *record, uint32_t index);

#endif
