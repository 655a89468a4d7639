/* What finding files with metadata and reading them share. Internal to gather.c and files.c. */
#ifndef SILT_SBOM_GATHER_H
#define SILT_SBOM_GATHER_H

#include "sbom/inventory.h"
#include "sbom/links.h"

struct silt_sbom_gathering {
	struct silt_sbom_inventory *inventory;
	const struct silt_image *image;
	const struct silt_sbom_options *options;
	struct silt_sbom_links links;  /* owns */
	struct silt_sbom_file release; /* os-release, if there is one: place NULL */
	bool has_release;
	struct silt_sbom_file *current; /* whose bytes come; NULL: none */
	struct silt_buffer body;        /* owns: of it */
	bool full;                      /* SILT_SBOM_PACKAGES_MAX was reached, and told */
};

/* Tells that packages of a file may be missing, and that the inventory is not whole. */
void silt_sbom_warn(struct silt_sbom_gathering *gathering, const struct silt_sbom_file *file, const char *why);

/* files.c: fills in the files of the inventory, and os-release. */
enum silt_status silt_sbom_find_files(struct silt_sbom_gathering *gathering, struct silt_error *err);

#endif
