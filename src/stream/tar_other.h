/*
 * The second opinion on a tar: libarchive's reading of it, call by call. Tar only, no filters.
 *
 * A call is a step. It reads one header, or one run of bytes of a body, and `place` is then how far libarchive got: with
 * no filter that is exact. It may have pulled blocks of the feed, and its results live until the next step.
 */
#ifndef SILT_STREAM_TAR_OTHER_H
#define SILT_STREAM_TAR_OTHER_H

#include "stream/tar_entry.h"
#include "stream/tar_feed.h"

struct archive;
struct archive_entry;

enum silt_tar_step {
	SILT_TAR_STEP_ENTRY, /* `slot` has it; its headers end at `place` */
	SILT_TAR_STEP_DATA,  /* of its body: `data_len` bytes at `place`, at `data_offset` in the file */
	SILT_TAR_STEP_BODY,  /* its body is over */
	SILT_TAR_STEP_LOST,  /* no header where one should be; libarchive tries the next block */
	SILT_TAR_STEP_OVER,  /* the end of the archive, or libarchive cannot go on: `fatal` */
};

struct silt_tar_other {
	struct archive *archive;     /* owns */
	struct archive_entry *entry; /* owns; reused for every entry */
	struct silt_tar_feed *feed;  /* borrows */

	struct silt_tar_entry_slot slot; /* the last entry; spans are valid until the next step that reads a header */
	bool has_entry;
	bool in_body;       /* the next step reads its body */
	bool warned;        /* libarchive warned about it: `words` */
	uint64_t entry_end; /* where its headers end */
	uint64_t place, data_offset;
	size_t data_len;
	bool opened, over, fatal;
	char words[256]; /* libarchive's, escaped: they may quote the archive. For `warned` and `fatal`. */

	enum silt_status status; /* what stopped the read callback */
	struct silt_error *err;  /* of the step that is running */
};

/* `feed` must outlive this. False: memory ran out. */
bool silt_tar_other_init(struct silt_tar_other *other, struct silt_tar_feed *feed);
void silt_tar_other_done(struct silt_tar_other *other);

/* The next step. Not to be called when it is over. SILT_ERR_IO, SILT_ERR_MEMORY and whatever else the source gives. */
enum silt_status silt_tar_other_step(struct silt_tar_other *other, enum silt_tar_step *step, struct silt_error *err);

#endif
