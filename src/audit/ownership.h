/*
 * Which package owns a file, and whether the file still is what the package installed.
 *
 * Databases are content of the image, and whoever changes a file can change a line of them. So only a database that came
 * about by installing packages proves anything, for files of its own layer and later ones (secret_vendor.h has the rule),
 * and one that was copied into the image counts for nothing. Databases in the final filesystem go before those that were
 * replaced: what an upgrade has written anew is judged by what the upgrade says.
 */
#ifndef SILT_AUDIT_OWNERSHIP_H
#define SILT_AUDIT_OWNERSHIP_H

#include "audit/context.h"
#include "audit/folder_links.h"
#include "audit/layer_origin.h"

/* Ordered by how much is known: of several names of one file, the largest counts. */
enum silt_owned_state {
	SILT_OWNED_NO_DATABASE, /* the image has no package database at all */
	SILT_OWNED_BY_NONE,     /* none lists the file */
	SILT_OWNED_UNKNOWN, /* one lists it; nothing proves its content: not digested, configuration, a database that is
				 * not believed */
	SILT_OWNED_MODIFIED,   /* a believed one lists it with another digest */
	SILT_OWNED_UNMODIFIED, /* a believed one lists it with its digest */
};

struct silt_owner {
	enum silt_owned_state state;
	/* Of the package; zeros unless the state is UNKNOWN or more. */
	struct silt_bytes package; /* raw, of its record */
	enum silt_package_db database;
	size_t layer;      /* of the database */
	unsigned flags;    /* SILT_LISTED_...: what the database says of its rights */
	bool tells_rights; /* false: a database that keeps no modes (dpkg) */
};

/* The databases of one image. All borrowed. */
struct silt_ownership {
	const struct silt_audited_image *image;
	struct silt_folder_links links;
	bool any_database;
	uint8_t (*origins)[SILT_PACKAGE_DB_KINDS]; /* per layer, by family: enum silt_layer_origin; of the arena */
};

/* `arena` gets what is kept; fails only for memory. */
enum silt_status silt_ownership_open(const struct silt_audited_image *image, struct silt_arena *arena,
				     struct silt_ownership *out, struct silt_error *err);

/* Who owns the file of that clean path; `content` is the entry whose body it shows. */
struct silt_owner silt_owner_of(const struct silt_ownership *ownership, struct silt_bytes path,
				struct silt_place content);

/*
 * Adds a sentence, with a blank before it, that says who owns a file: " It is unmodified content of package login."
 * Nothing for an image without a database.
 */
void silt_owner_tell(const struct silt_owner *owner, struct silt_buffer *out);

#endif
