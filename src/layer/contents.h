/* Digests of the bodies of all entries of a layer, for a comparison of two images. */
#ifndef SILT_LAYER_CONTENTS_H
#define SILT_LAYER_CONTENTS_H

#include "layer/collect.h"

struct silt_hasher;

/* A zeroed struct takes no digests; with `wanted` or `names` it does. The other fields are private. */
struct silt_contents {
	bool wanted;                    /* of every body */
	const struct silt_bytes *names; /* borrows: or of files that are called so */
	size_t name_count;
	bool taken;                 /* of the body under way */
	bool whole;                 /* all bytes of the body so far were seen, in their order */
	struct silt_hasher *hasher; /* owns; of a body that comes in pieces */
	uint64_t seen;
	size_t capacity;
};

void silt_contents_done(struct silt_contents *contents);

/* The next piece of the body of entry `entry` (UINT32_MAX: one that was left out). */
enum silt_status silt_contents_data(struct silt_contents *contents, struct silt_collector *collector, uint32_t entry,
				    const struct silt_tar_event *data, struct silt_error *err);

/* The digest of the body of entry `index`; NULL: none was taken, or it has no bytes, is cut off or has holes. */
const struct silt_content_digest *silt_record_content(const struct silt_record *record, uint32_t index);

#endif
