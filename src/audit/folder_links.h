/*
 * Folders of an image that are links to others, as bin is one to usr/bin in a "merged /usr". A file in such a folder has a
 * name in both, and packages may list it by either.
 */
#ifndef SILT_AUDIT_FOLDER_LINKS_H
#define SILT_AUDIT_FOLDER_LINKS_H

#include "audit/context.h"
#include "base/limits.h"

enum { SILT_FOLDER_LINKS_MAX = 9, SILT_FOLDER_TARGET_MAX = 32 };

/* A folder that is a link, and the clean path it leads to. */
struct silt_folder_link {
	struct silt_bytes folder; /* static */
	uint8_t target[SILT_FOLDER_TARGET_MAX];
	size_t target_len;
};

struct silt_folder_links {
	struct silt_folder_link items[SILT_FOLDER_LINKS_MAX];
	size_t count;
};

/* Those of the final filesystem among the folders where distributions have such links. */
void silt_folder_links_find(const struct silt_audited_image *image, struct silt_folder_links *out);

/*
 * The name that a file at a clean path has through link `index`: "usr/bin/su" is "bin/su" too. It is written into
 * `room`; empty if the file is not below the target of that link.
 */
struct silt_bytes silt_folder_links_name(const struct silt_folder_links *links, size_t index, struct silt_bytes path,
					 uint8_t room[static SILT_PATH_MAX]);

#endif
