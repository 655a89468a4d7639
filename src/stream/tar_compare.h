/* Two readings of one entry: what differs, in a sentence that a person understands. */
#ifndef SILT_STREAM_TAR_COMPARE_H
#define SILT_STREAM_TAR_COMPARE_H

#include "stream/tar_entry.h"
#include "stream/tar_walk.h"

enum silt_tar_difference {
	SILT_TAR_SAME,
	SILT_TAR_OTHER_PATH, /* also behind the same cleaning as Docker does it */
	SILT_TAR_OTHER_TYPE,
	SILT_TAR_OTHER_LINK,
	SILT_TAR_OTHER_SIZE,
	SILT_TAR_OTHER_MODE,
	SILT_TAR_OTHER_OWNER,
	SILT_TAR_OTHER_DEVICE,
	SILT_TAR_OTHER_CAPABILITY,
	SILT_TAR_OTHER_LAYOUT, /* of a sparse file */
	SILT_TAR_OTHER_BODY,   /* begins at another place: libarchive found more header in front of it */
};

/* The first difference that matters for what is extracted, between the entry of the walk and libarchive's. */
enum silt_tar_difference silt_tar_compare(const struct silt_tar_walk *walk, const struct silt_tar_entry_slot *other);

enum { SILT_TAR_SENTENCE = 512 };

/* A sentence about two entries that differ so. */
void silt_tar_tell_both(enum silt_tar_difference difference, const struct silt_tar_entry *go,
			const struct silt_tar_entry *other, char text[static SILT_TAR_SENTENCE]);

/* A sentence about an entry that only one of them reads. */
void silt_tar_tell_one(const struct silt_tar_entry *entry, char text[static SILT_TAR_SENTENCE]);

#endif
