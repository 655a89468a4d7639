/*
 * A second reading of a tar: where its entries begin, by the rules of Go's archive/tar, which is what Docker, containerd
 * and podman extract. libarchive finds other entries in a tar made for it: whoever knows that can hide a file from the
 * one or the other. The reader of tar.h compares both.
 *
 * The walk is given every byte of the stream in order and looks at headers only. It keeps nothing of a body but the
 * records of a PAX header, which may change the size of the next entry.
 */
#ifndef SILT_STREAM_TAR_WALK_H
#define SILT_STREAM_TAR_WALK_H

#include "base/buffer.h"

enum { SILT_TAR_BLOCK = 512 };

enum silt_tar_walk_state {
	SILT_TAR_WALK_HEADER,  /* the next block is a header */
	SILT_TAR_WALK_PAX,     /* inside the records of an extended header */
	SILT_TAR_WALK_SPARSE,  /* the next block is more of the map of an old GNU sparse file */
	SILT_TAR_WALK_SKIP,    /* inside a body or its padding */
	SILT_TAR_WALK_ZERO,    /* behind the first block of the end marker */
	SILT_TAR_WALK_STOPPED, /* behind the end, or behind a header that Go refuses */
};

/* Starts zeroed. Fields are private. */
struct silt_tar_walk {
	enum silt_tar_walk_state state;
	uint8_t block[SILT_TAR_BLOCK];
	size_t have;    /* bytes of the block */
	uint64_t at;    /* place of the next byte in the stream */
	uint64_t left;  /* PAX: bytes of the records; SKIP: bytes to step over */
	uint64_t size;  /* SPARSE: of the body that follows the map */
	size_t padding; /* bytes that fill the last block of the body or the records; SKIP: the last of `left` */

	uint64_t dirt_at; /* where in padding the first byte stands that is not zero */
	bool dirty;       /* there is one, and it was not yet taken */

	struct silt_buffer records;
	bool has_pax_size;
	uint64_t pax_size;

	uint64_t start; /* of the first header of the entry under way */
	bool started;
	uint64_t found_start;
	uint64_t found; /* entries not yet taken */
};

void silt_tar_walk_done(struct silt_tar_walk *walk);

/* The next bytes of the stream. */
void silt_tar_walk_feed(struct silt_tar_walk *walk, struct silt_bytes bytes);

/* Takes the entries found since the last call. True if it is one, and its first header stands at `start`. */
bool silt_tar_walk_take(struct silt_tar_walk *walk, uint64_t start);

/* True if no entry was found since the last take. */
bool silt_tar_walk_is_empty(const struct silt_tar_walk *walk);

/*
 * Takes the place of the first byte of padding that is not zero, since the last call. Every writer fills a body up to a
 * whole block with zeros; no reader looks. False if there is none.
 */
bool silt_tar_walk_take_dirt(struct silt_tar_walk *walk, uint64_t *at);

/* True if memory ran out: the answers above mean nothing. */
bool silt_tar_walk_failed(const struct silt_tar_walk *walk);

#endif
