/*
 * One level of decompression, by content: gzip, zstd, xz, bzip2, or none.
 *
 * What Docker's loader accepts (moby/go-archive compression/): the magic decides, never a name or media type. Unlike
 * libarchive's filters this stage reads all gzip members and all zstd frames to the real end of the data, checks every
 * CRC and length, bounds the memory, and hands out the bytes that decompression does not deliver: gzip header fields,
 * skippable zstd frames, bytes behind the last member.
 */
#ifndef SILT_STREAM_INFLATE_H
#define SILT_STREAM_INFLATE_H

#include "base/limits.h"
#include "base/shared_use.h"
#include "stream/source.h"

enum silt_compression {
	SILT_COMPRESSION_NONE,
	SILT_COMPRESSION_GZIP,
	SILT_COMPRESSION_ZSTD,
	SILT_COMPRESSION_XZ,
	SILT_COMPRESSION_BZIP2,
};

/* "none", "gzip", "zstd", "xz", "bzip2". */
const char *silt_compression_name(enum silt_compression compression);

/*
 * What the first bytes of a stream say. Magic: bzip2 42 5A 68, gzip 1F 8B 08, xz FD 37 7A 58 5A 00, zstd 28 B5 2F FD or
 * a leading skippable frame 5x 2A 4D 18. Six bytes decide.
 */
enum silt_compression silt_compression_sniff(struct silt_bytes start);

/* What is aside of the payload. */
enum silt_aside {
	SILT_ASIDE_GZIP_NAME,
	SILT_ASIDE_GZIP_COMMENT,
	SILT_ASIDE_GZIP_EXTRA,
	SILT_ASIDE_ZSTD_SKIPPABLE,
	SILT_ASIDE_TRAILER,   /* bytes after the last member or frame that are no further member */
	SILT_ASIDE_UNDECODED, /* the compressed bytes from where decoding failed on */
};

/* "gzip file name", "gzip comment", "zstd skippable frame", ... for people. */
const char *silt_aside_name(enum silt_aside aside);

/*
 * Bytes aside of the payload, in pieces as they come. `offset` is the place of the piece in the compressed stream;
 * `start` is true for the first piece of one field, `end` for its last (a piece may be both; `bytes` may be empty).
 * Fields never interleave, and one that was started is always ended, also if the input is cut off in it. A gzip name or
 * comment beyond the limit is given to its end all the same (and reported as SILT_INFLATE_LIMIT).
 */
typedef enum silt_status silt_aside_fn(void *ctx, enum silt_aside aside, uint64_t offset, bool start, bool end,
				       struct silt_bytes bytes, struct silt_error *err);

/* How a stream ended. */
enum silt_inflate_end {
	SILT_INFLATE_COMPLETE,  /* every check held */
	SILT_INFLATE_TRUNCATED, /* the input ended inside a member or frame */
	SILT_INFLATE_DAMAGED,   /* bad CRC, length or code */
	SILT_INFLATE_LIMIT,     /* a window, memory or the budget of the stage */
};

struct silt_inflate_report {
	enum silt_compression compression;
	enum silt_inflate_end end;
	/* Gzip members, zstd frames (without the skippable ones), xz streams, bzip2 streams that were complete. */
	uint64_t members;
	uint64_t in, out;         /* bytes consumed and delivered */
	uint64_t damage_offset;   /* in the compressed stream, where it went wrong */
	const char *damage;       /* static: what was expected there and what was found; NULL if complete */
	enum silt_limit_id limit; /* which one, if that is what it is */
};

/* What may come out of a stage. Zeroed: as much as there is. */
struct silt_inflate_budget {
	enum silt_limit_id own;        /* the limit for one stream; NONE: there is none */
	struct silt_shared_use *total; /* borrows: bytes that came out of all that share it; NULL: nobody counts */
};

struct silt_inflate;

/*
 * A stage over `inner` (its ctx and `limits` must outlive this). Decides by the first bytes. With no compression the blocks of
 * `inner` are passed on untouched. `aside` may be NULL. Output blocks are full (SILT_BLOCK_SIZE) except the last.
 * After damage what was decoded before is delivered, the rest of the input is read and given as SILT_ASIDE_UNDECODED,
 * and the stream ends. The whole input is always read. (The decoder may have taken in up to one block of its format
 * before it found the damage; those bytes are not given again.)
 *
 * A wrong check value of gzip or zstd is damage that stops nothing: the report tells of it, and what follows is decoded.
 * Of several flaws the report has the first. Zeros behind the last member are padding and pass silently.
 */
enum silt_status silt_inflate_new(struct silt_source inner, silt_aside_fn *aside, void *aside_ctx,
				  const struct silt_limits *limits, struct silt_inflate **out, struct silt_error *err);
void silt_inflate_free(struct silt_inflate *inflate);

/* Starts over with another stream, and keeps the memory of the decoders: for many small ones. */
void silt_inflate_restart(struct silt_inflate *inflate, struct silt_source inner);

/* What is beyond the budget is not decoded, as after damage. Set before the first block is read. */
void silt_inflate_set_budget(struct silt_inflate *inflate, struct silt_inflate_budget budget);

struct silt_source silt_inflate_source(struct silt_inflate *inflate);

/* What happened; meaningful once the source gave its end. */
const struct silt_inflate_report *silt_inflate_report(const struct silt_inflate *inflate);

/*
 * Decodes the beginning of a compressed stream out of `start` alone: at most `size` bytes into `out`, `*len` of them
 * written. For looking at what is inside; damage and truncation only end it early.
 */
enum silt_status silt_inflate_start(struct silt_bytes start, const struct silt_limits *limits, uint8_t *out,
				    size_t size, size_t *len, struct silt_error *err);

#endif
