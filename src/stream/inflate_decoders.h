/*
 * The decoders of one stage: one of each format at most, made when first needed and kept for the next stream, and how
 * much memory they hold. Stages that are at work at the same time, one in the other, share what the limits allow.
 */
#ifndef SILT_STREAM_INFLATE_DECODERS_H
#define SILT_STREAM_INFLATE_DECODERS_H

#include "stream/inflate_codec.h"

enum { SILT_COMPRESSIONS = SILT_COMPRESSION_BZIP2 + 1 };

/* Zeroed but for the limits, it has none. */
struct silt_inflate_decoders {
	const struct silt_limits *limits; /* borrows */
	void *states[SILT_COMPRESSIONS];  /* owns */
	uint64_t held[SILT_COMPRESSIONS]; /* bytes of memory of each that the limits were told of */
	enum silt_compression current;    /* the one in use */
};

void silt_inflate_decoders_done(struct silt_inflate_decoders *decoders);

/*
 * Takes the decoder of a format into use. SILT_COMPRESSION_NONE has none: nothing may be begun or decoded then. Fails for
 * memory.
 */
enum silt_status silt_inflate_decoders_use(struct silt_inflate_decoders *decoders, enum silt_compression compression,
					   struct silt_error *err);

/* The codec's functions of these names, of the decoder in use. */
enum silt_status silt_inflate_decoders_begin(struct silt_inflate_decoders *decoders, struct silt_error *err);
enum silt_status silt_inflate_decoders_decode(struct silt_inflate_decoders *decoders, struct silt_codec_io *io,
					      enum silt_codec_step *step, struct silt_error *err);

#endif
