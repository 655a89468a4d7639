/*
 * The reader of entries, by the rules of Go's archive/tar (reader.go of Go 1.23 to 1.26): what Docker, containerd and
 * podman extract.
 *
 * The walk is given the bytes of the stream in order and says what they are. It keeps no byte of a body, and of headers
 * what it needs for one entry. What it finds it tells by its state:
 *
 *     feed ──► ENTRY ──► begin ──► BODY ──► body ──► feed ──► ENTRY ... ──► ENDED
 *                            └───────────────────────▲  │
 *                             (no body)                 └──► REFUSED, TRUNCATED
 */
#ifndef SILT_STREAM_TAR_WALK_H
#define SILT_STREAM_TAR_WALK_H

#include "stream/tar_header.h"
#include "stream/tar_pax.h"
#include "stream/tar_sparse.h"

enum silt_tar_walk_state {
	/* It wants more bytes. */
	SILT_TAR_WALK_HEADER,   /* the next block is a header */
	SILT_TAR_WALK_SPECIAL,  /* inside the body of a header that is for the next one: x, g, L, K */
	SILT_TAR_WALK_MAP_OLD,  /* the next block is more of the map of an old GNU sparse file */
	SILT_TAR_WALK_MAP_TEXT, /* the next block is more of the map of a GNU 1.0 sparse file */
	SILT_TAR_WALK_SKIP,     /* inside what nobody reads: padding, mostly */
	SILT_TAR_WALK_ZERO,     /* behind the first block of the end marker */
	/* It waits to be asked. */
	SILT_TAR_WALK_ENTRY,     /* `entry` is there: call silt_tar_walk_begin_body */
	SILT_TAR_WALK_BODY,      /* inside the body of `entry`: call silt_tar_walk_body */
	SILT_TAR_WALK_ENDED,     /* the archive ends: behind its marker, or with the stream (`marked`) */
	SILT_TAR_WALK_TRUNCATED, /* the stream ends where the archive does not */
	SILT_TAR_WALK_REFUSED,   /* Go refuses the bytes before: `refusal` */
};

/* Starts with `limits` set (NULL: the defaults) and the rest zero. Others look at the fields behind it only. */
struct silt_tar_walk {
	const struct silt_limits *limits; /* borrows */
	enum silt_tar_walk_state state;
	uint64_t at;                      /* place of the next byte in the stream */
	struct silt_tar_entry entry;      /* spans are valid until the next feed */
	uint8_t type;                     /* of it, as Go gives it */
	struct silt_tar_map map;          /* of its body; one piece if it is not sparse */
	uint64_t header_at;               /* of the last header */
	enum silt_limit_id refusal_limit; /* the limit that `refusal` is about, if it is about one */
	const char *refusal;      /* static: "the checksum of a header is wrong"; of TRUNCATED: what is missing */
	const char *body_refusal; /* static: why Go fails when it reads the body, though it gives the entry. Or NULL. */
	const char *oddity;       /* static: what of the headers of `entry` is odd. Or NULL. */
	bool marked;              /* ENDED: by the marker, which is whole */
	bool failed;              /* memory ran out: the answers mean nothing */

	uint8_t block[SILT_TAR_BLOCK]; /* the header under way, or the last one */
	uint8_t more[SILT_TAR_BLOCK];  /* of a map */
	size_t have;                   /* bytes of the one or the other */
	uint64_t left;    /* SPECIAL: bytes of it; SKIP: bytes to step over, padding last; else: of the body */
	size_t padding;   /* bytes that fill up the last block of what is read */
	uint64_t body_at; /* bytes given of the present piece */
	size_t piece;
	bool salvage; /* it looks for headers behind what others call the end */

	struct silt_tar_header header;
	struct silt_tar_pax pax;
	uint8_t special; /* SPECIAL: its type */
	struct silt_buffer records, long_name, long_link, map_text;
	unsigned pax_headers, long_names, long_links; /* of the entry under way */
	uint64_t map_lines, map_lines_wanted;
	size_t map_blocks;
	uint64_t start; /* of the first header of the entry under way */
	bool started;

	uint64_t dirt_at; /* where in padding the first byte stands that is not zero */
	bool dirty;       /* there is one, and it was not yet taken */

	uint64_t large_at; /* of the first header for the next one that has more than SILT_TAR_HEADER_USUAL bytes */
	bool large;        /* as `dirty` */
};

void silt_tar_walk_done(struct silt_tar_walk *walk);

/* ENDED, TRUNCATED or REFUSED. */
static inline bool silt_tar_walk_is_over(const struct silt_tar_walk *walk)
{
	return walk->state >= SILT_TAR_WALK_ENDED;
}

/* The next bytes of the stream. How many of them it took: all, or up to where it waits to be asked. */
size_t silt_tar_walk_feed(struct silt_tar_walk *walk, struct silt_bytes bytes);

/* The stream ended: what that means for the archive. Nothing for a walk that waits with an entry or an end. */
void silt_tar_walk_finish(struct silt_tar_walk *walk);

/* From ENTRY to BODY, if `entry.has_data`, or on to the next header. */
void silt_tar_walk_begin_body(struct silt_tar_walk *walk);

struct silt_tar_walk_data {
	struct silt_bytes bytes; /* the first of those it was given, perhaps none */
	uint64_t offset;         /* in the body */
	bool last;
};

/* BODY: the next of `bytes` that follow each other in the body. None are given if the body needs none any more. */
struct silt_tar_walk_data silt_tar_walk_body(struct silt_tar_walk *walk, struct silt_bytes bytes);

/* True if `silt_tar_walk_body` would tell the end of the body without any bytes. */
bool silt_tar_walk_body_is_over(const struct silt_tar_walk *walk);

/*
 * Behind the end, or behind what Go refuses: begins to look for headers again, block by block. From now on it never
 * refuses anything, and its entries are those of nobody in particular (SILT_TAR_READ_OTHER).
 */
void silt_tar_walk_salvage(struct silt_tar_walk *walk);

/*
 * Takes the place of the first byte of padding that is not zero, since the last call. Every writer fills a body up to a
 * whole block with zeros; no reader looks. False if there is none.
 */
bool silt_tar_walk_take_dirt(struct silt_tar_walk *walk, uint64_t *at);

/* The same of the first header that has more than SILT_TAR_HEADER_USUAL bytes. */
bool silt_tar_walk_take_large(struct silt_tar_walk *walk, uint64_t *at);

#endif
