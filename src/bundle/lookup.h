/*
 * Members by name and by digest.
 *
 * A name that a document states is a claim: it is looked up among the members and nowhere else. Links between members
 * are followed as the programs that unpack a bundle would: a symlink relative to its folder, a hardlink by the name of
 * a member, both clamped at the root of the bundle, whether the target came before the link or after it.
 */
#ifndef SILT_BUNDLE_LOOKUP_H
#define SILT_BUNDLE_LOOKUP_H

#include "bundle/inventory.h"

struct silt_lookup {
	const struct silt_limits *limits; /* borrows */
	const struct silt_inventory *inventory;
	const struct silt_member **by_name; /* all but directories, by name, then by arrival; owns the array */
	size_t named;
	const struct silt_member **by_digest; /* members with a known digest, by it, then by arrival; owns the array */
	size_t digested;
	bool has_symlinks;
};

enum silt_status silt_lookup_init(struct silt_lookup *lookup, const struct silt_inventory *inventory,
				  const struct silt_limits *limits, struct silt_error *err);
void silt_lookup_done(struct silt_lookup *lookup);

/*
 * The members of exactly this clean name: the first of `*count` neighbours in by_name; NULL if there is none. Of several
 * the last one counts, as for Docker, which unpacks them over each other.
 */
const struct silt_member **silt_lookup_range(const struct silt_lookup *lookup, struct silt_bytes name, size_t *count);

/*
 * The member that `path`, which needs no cleaning, leads to; links are followed, in folders too, as
 * many as the limits allow. SILT_MEMBER_NONE if there is none, for a loop, and for paths beyond SILT_PATH_MAX. `*escapes`
 * tells if `path` itself climbs above the root; may be NULL.
 */
uint32_t silt_lookup_path(const struct silt_lookup *lookup, struct silt_bytes path, bool *escapes);

/* Follows links from a member on; the member itself if it is none. SILT_MEMBER_NONE as above. */
uint32_t silt_lookup_follow(const struct silt_lookup *lookup, const struct silt_member *member);

/*
 * A member whose stored bytes have this digest: one that is named by it ("blobs/sha256/<hex>") before others, else the
 * first. SILT_MEMBER_NONE if there is none.
 */
uint32_t silt_lookup_digest(const struct silt_lookup *lookup, const struct silt_digest *digest);

#endif
