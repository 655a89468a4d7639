/*
 * The packages of an image, as the databases of its package managers list them: dpkg, apk and rpm.
 *
 *     struct silt_packages packages;
 *     status = silt_packages_list(image, image->layer_count, &packages, err);      the final filesystem
 *     status = silt_packages_list(image, image->base.layers, &base, err);          as its base left it
 *     if (silt_packages_find(&packages, SILT_LITERAL("openssh-server"))) ...
 *     silt_packages_done(&packages);
 */
#ifndef SILT_AUDIT_PACKAGES_H
#define SILT_AUDIT_PACKAGES_H

#include "audit/context.h"

/* One installed package. Text is raw, of the record of its layer. */
struct silt_installed {
	struct silt_bytes name, version;
	enum silt_package_db manager; /* as silt_package_db_family says it: DPKG, APK or RPM_SQLITE */
	struct silt_place database;   /* the file that lists it */
};

struct silt_packages {
	struct silt_installed *items; /* owns; by name, then version; the same name and version once for a manager */
	size_t count, capacity;
};

/*
 * Lists the packages of the filesystem that the lowest `layers` layers make: what stands in the databases that are
 * visible there. To be ended with silt_packages_done, whatever it returns. Fails only for memory.
 */
enum silt_status silt_packages_list(const struct silt_audited_image *image, size_t layers, struct silt_packages *out,
				    struct silt_error *err);
void silt_packages_done(struct silt_packages *packages);

/* The installed package of that name; of several versions the first by its text. NULL: there is none. */
const struct silt_installed *silt_packages_find(const struct silt_packages *packages, struct silt_bytes name);

#endif
