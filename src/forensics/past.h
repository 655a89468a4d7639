/* Inside the forensics floor: where names lead, in the final tree and in what was one before later layers came. */
#ifndef SILT_FORENSICS_PAST_H
#define SILT_FORENSICS_PAST_H

#include "base/buffer.h"
#include "silt/tree.h"

/* Where the final tree has a path, in place of what `out` had: links resolved, the last one only if `follow`. False: nowhere. */
bool silt_place_of(const struct silt_image *image, struct silt_bytes path, bool follow, struct silt_buffer *out);

/* An empty tree, with room for the lowest `layers` of an image. To be freed with silt_rootfs_free, whatever it returns. */
struct silt_rootfs;
enum silt_status silt_past_begin(const struct silt_image *image, size_t layers, struct silt_rootfs **out,
				 struct silt_error *err);

/*
 * The last entry that a path had in the layers `first` to `last`, links in its folders followed as each of them has them;
 * none: it had no entry of one of them.
 */
enum silt_status silt_past_find(const struct silt_image *image, size_t first, size_t last, struct silt_bytes path,
				struct silt_entry_ref *out, struct silt_error *err);

#endif
