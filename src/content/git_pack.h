/* Inside the reading of a git pack: what its two passes share. */
#ifndef SILT_CONTENT_GIT_PACK_H
#define SILT_CONTENT_GIT_PACK_H

#include "content/git_object.h"

/* Types of objects that are made from others. */
enum { SILT_GIT_OFS_DELTA = 6, SILT_GIT_REF_DELTA = 7 };

struct silt_git_row {
	uint64_t start;                /* where its header is */
	uint64_t data;                 /* where its zlib stream is */
	uint64_t size;                 /* inflated, as the header says */
	uint64_t base;                 /* OFS_DELTA: where the header of the base is */
	uint8_t id[SILT_GIT_ID_BYTES]; /* REF_DELTA: of the base; of what is no delta: its own */
	uint8_t type;
	bool given; /* or tried, and its problem noted */
};

struct silt_git_pack {
	struct silt_git_reader reader;
	struct silt_bytes bytes;      /* borrows: the whole file */
	struct silt_git_row *objects; /* owns; by start */
	uint32_t count;
};

/* "commit", "tree", "blob", "tag"; NULL for deltas and for types that git has none of. */
const char *silt_git_kind(uint8_t type);

/* The second pass: gives all deltas whose base is in the pack. */
enum silt_status silt_git_follow_deltas(struct silt_git_pack *pack, struct silt_error *err);

/*
 * Makes `content` out of a base and a delta; its old content goes. `most` bounds its size. False, with a problem noted
 * at `offset`, if the delta is damaged or does not fit its base; content->failed tells that memory ran out.
 */
bool silt_git_apply_delta(struct silt_git_reader *reader, uint64_t offset, struct silt_bytes base,
			  struct silt_bytes delta, uint64_t most, struct silt_buffer *content);

#endif
