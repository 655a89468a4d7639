/*
 * What was found of the packages of one image: the files that say so, and the packages, each once for each file, in all
 * versions of that file that the layers hold.
 */
#ifndef SILT_SBOM_INVENTORY_H
#define SILT_SBOM_INVENTORY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "sbom/metadata.h"
#include "silt/sbom.h"
#include "silt/tree.h"

enum {
	/* Files with metadata in all layers of an image; an npm application has some thousand in each. */
	SILT_SBOM_FILES_MAX = 200000,
	/* Bytes of their paths; real ones have 100 each. */
	SILT_SBOM_PATH_BYTES_MAX = 256 * 1024 * 1024,
	/* Packages told of in all of them, 1 KB for each at the most; a Debian desktop has 3000 in each layer. */
	SILT_SBOM_PACKAGES_MAX = 500000,
};

/* A file with metadata, as one layer has it. */
struct silt_sbom_file {
	const struct silt_sbom_place *place;
	struct silt_bytes path; /* it is told by; this and the next two as struct silt_sbom_where has them */
	struct silt_bytes raw, home;
	struct silt_entry_ref entry; /* that bears the name */
	struct silt_entry_ref name;  /* the same; of a symlink the target, if that came later */
	struct silt_entry_ref body;  /* the one that has the bytes: another for a link */
	size_t stored;               /* the file of the bundle that has those */
	struct silt_sbom_file *same; /* the next one that has the same; NULL: none */
	uint64_t size;
	enum silt_fate fate;
	size_t cause_layer;
	bool gone;     /* it was overwritten, and by no file */
	bool whole;    /* all of it was read */
	size_t number; /* the same for all that have the same home: they are versions of one file */
	size_t order;  /* among those, lowest layer first */
	size_t at;     /* in the list of files, sorted by home and layer */
};

struct silt_sbom_package {
	struct silt_sbom_found found;
	const struct silt_sbom_file *first; /* where it appeared */
	const struct silt_sbom_file *last;  /* the last one that has it */
	bool followed;                      /* the version of the file behind `last` has a version of it */
	enum silt_fate fate;
	size_t hidden_by; /* layer; SIZE_MAX: none */
	uint8_t id[16];   /* no other package of the image has it */
};

struct silt_sbom_inventory {
	struct silt_arena arena; /* owns texts and files */
	struct silt_sbom_file **files;
	size_t file_count, file_capacity;
	size_t path_bytes;                  /* of all paths of files */
	struct silt_sbom_package *packages; /* owns */
	size_t package_count, package_capacity;
	struct silt_bytes os_id, os_version, os_name; /* os-release of the final tree; empty: it says nothing of it */
	bool whole;
};

void silt_sbom_inventory_done(struct silt_sbom_inventory *inventory);

/* Adds a package that `file` tells of; all texts are copied. */
enum silt_status silt_sbom_add(struct silt_sbom_inventory *inventory, const struct silt_sbom_file *file,
			       const struct silt_sbom_found *found, struct silt_error *err);

/*
 * Once all packages are there: sorts them by path and name, makes one of each that stays from layer to layer, and tells
 * what became of it.
 */
enum silt_status silt_sbom_settle(struct silt_sbom_inventory *inventory, const struct silt_image *image,
				  struct silt_error *err);

/* gather.c: finds the files, digs them out and reads them. */
enum silt_status silt_sbom_gather(struct silt_sbom_inventory *inventory, struct silt_bundle *bundle,
				  const struct silt_result *result, const struct silt_image *image,
				  const struct silt_sbom_options *options, struct silt_error *err);

/* purl.c: the package URL; nothing if the package has none. */
void silt_sbom_purl(struct silt_buffer *out, const struct silt_sbom_inventory *inventory,
		    const struct silt_sbom_found *found);

#endif
