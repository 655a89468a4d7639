/*
 * Hits in unmodified files of packages: test keys and sample tokens that everybody can download.
 *
 * A file is unmodified content of a package if a package database of the same image lists it with the digest that it
 * has, and if that database may be believed. It is content of the image, too: whoever can add a key can add a line to a
 * database. So a database is believed only where the layer it is in came about in a way that fills databases by
 * installing packages, and only for files of that layer and of later ones.
 */
#ifndef SILT_AUDIT_SECRET_VENDOR_H
#define SILT_AUDIT_SECRET_VENDOR_H

#include "audit/layer_origin.h"
#include "audit/secret_list.h"

/* What a database that lists a file with its digest proves. Ordered from the least to the most. */
enum silt_proof {
	SILT_PROOF_LATER, /* nothing: it is in a later layer, and may bless what was there before */
	SILT_PROOF_OTHER, /* nothing: nothing says that packages were installed in its layer */
	SILT_PROOF_COPY,  /* nothing: it was copied into the image */
	SILT_PROOF_HOLDS,
};

/*
 * The rule, by the layer of the file, the layer of the database, and how that came about:
 *
 *     database in a later layer than the file                           nothing
 *     database in the base, or in a layer that installed packages       proves
 *     database in another layer, also in that of the file               nothing
 */
enum silt_proof silt_vendor_proof(size_t file_layer, size_t database_layer, enum silt_layer_origin origin);

/*
 * Judges a hit in an entry of a layer of an image. If it is content of a package, secret->suppressed says of which; if a
 * database claims so and is not believed, the note of the sighting says why. Text is of the context's arena.
 */
enum silt_status silt_vendor_judge(const struct silt_context *context, size_t image, uint32_t layer,
				   const struct silt_hit *hit, struct silt_secret *secret, struct silt_error *err);

#endif
