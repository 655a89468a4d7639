/*
 * What the inflate stage asks of one format. The stage (inflate.c) finds the members and counts; a codec decodes one
 * member at a time and does not know that there are others.
 */
#ifndef SILT_STREAM_INFLATE_CODEC_H
#define SILT_STREAM_INFLATE_CODEC_H

#include "stream/inflate.h"

/* ---- Magic ------------------------------------------------------------------------------------------------------- */

/* Bytes of the longest magic. */
enum { SILT_MAGIC_MAX = 6 };

enum silt_match {
	SILT_MATCH_NO,
	SILT_MATCH_PART, /* as far as it goes */
	SILT_MATCH_YES,
};

/* Whether `start` begins a member of this format. */
enum silt_match silt_match_member(enum silt_compression compression, struct silt_bytes start);

/* ---- Codecs ------------------------------------------------------------------------------------------------------ */

/* Where a codec takes from and gives to, for one call. */
struct silt_codec_io {
	struct silt_bytes in; /* at most SILT_BLOCK_SIZE; the codec cuts off what it consumed */
	uint64_t at;          /* place of in.ptr in the compressed stream; moves with it */
	uint8_t *out;         /* moves with what is written */
	size_t room;          /* bytes left at `out` */
	silt_aside_fn *aside; /* never NULL */
	void *aside_ctx;
	struct silt_inflate_report *report;
};

/* How a call of `decode` ended. */
enum silt_codec_step {
	SILT_CODEC_MORE,    /* wants input, or room if it left none */
	SILT_CODEC_MEMBER,  /* the member is complete; `in` stands behind it */
	SILT_CODEC_SKIPPED, /* as above, but it was one that carries no payload */
	SILT_CODEC_BROKEN,  /* cannot go on; the flaw is in the report */
};

struct silt_codec {
	/* A decoder, not yet at any member. `limits` outlive it. */
	enum silt_status (*create)(const struct silt_limits *limits, void **state, struct silt_error *err);
	/* Accepts NULL. */
	void (*destroy)(void *state);
	/* A member begins; its magic is the first input of the next call. `others`: bytes that other decoders hold. */
	enum silt_status (*begin)(void *state, uint64_t others, struct silt_error *err);
	/*
	 * Consumes and writes as much as it can. With SILT_CODEC_MORE it has consumed all input or filled all room.
	 * A failure is one of memory, or what the aside function returned.
	 */
	enum silt_status (*decode)(void *state, struct silt_codec_io *io, enum silt_codec_step *step,
				   struct silt_error *err);
	/* Bytes of memory that it holds. NULL: a few. */
	uint64_t (*memory)(const void *state);
};

extern const struct silt_codec silt_codec_gzip;
extern const struct silt_codec silt_codec_zstd;
extern const struct silt_codec silt_codec_xz;
extern const struct silt_codec silt_codec_bzip2;

/* Consumes `len` bytes of the input. */
static inline void silt_codec_consume(struct silt_codec_io *io, size_t len)
{
	io->in = silt_bytes(io->in.ptr + len, io->in.len - len);
	io->at += len;
}

/* Claims `len` bytes that were written to the output. */
static inline void silt_codec_produce(struct silt_codec_io *io, size_t len)
{
	io->out += len;
	io->room -= len;
}

/* Puts a limit that was reached into the report. `what` is static, and does not say how large it is. */
static inline void silt_codec_limit(struct silt_inflate_report *report, enum silt_limit_id limit, uint64_t at,
				    const char *what)
{
	if (report->end == SILT_INFLATE_COMPLETE) {
		report->limit = limit;
		report->end = SILT_INFLATE_LIMIT;
		report->damage_offset = at;
		report->damage = what;
	}
}

/* Puts a flaw into the report. The first one stays: what follows may be its consequence. `what` is static. */
static inline void silt_codec_flaw(struct silt_inflate_report *report, enum silt_inflate_end end, uint64_t at,
				   const char *what)
{
	if (report->end == SILT_INFLATE_COMPLETE) {
		report->end = end;
		report->damage_offset = at;
		report->damage = what;
	}
}

#endif
