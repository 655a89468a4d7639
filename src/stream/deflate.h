/*
 * One stream of deflate (RFC 1951), bare or in zlib's frame (RFC 1950), step by step.
 *
 * For what stands inside other formats and ends where it says itself that it ends: members of gzip files and of zip
 * archives, objects of git. Whole compressed files are inflate.h's. What decodes may be more patient than others are with
 * codes that leave codes over (docs/formats.md), but takes all that they take.
 */
#ifndef SILT_STREAM_DEFLATE_H
#define SILT_STREAM_DEFLATE_H

#include "base/attributes.h"
#include "base/bytes.h"
#include "base/error.h"

enum silt_deflate_frame {
	SILT_DEFLATE_BARE, /* gzip, zip */
	SILT_DEFLATE_ZLIB, /* git; the Adler-32 at its end is checked */
};

enum silt_deflate_step {
	SILT_DEFLATE_MORE,   /* wants input, or room if it left none */
	SILT_DEFLATE_END,    /* complete; `in` stands behind it */
	SILT_DEFLATE_BROKEN, /* not deflate from here on */
};

struct silt_deflate;

enum silt_status silt_deflate_new(enum silt_deflate_frame frame, struct silt_deflate **out, struct silt_error *err);
void silt_deflate_free(struct silt_deflate *deflate); /* accepts NULL */

/* Starts another stream. Must be called before the first step. */
void silt_deflate_begin(struct silt_deflate *deflate);

/*
 * Decodes from `*in`, cutting off what it consumed, into at most `room` bytes at `out`; `*len` of them were written.
 * With MORE it has consumed all input or filled all room.
 */
enum silt_deflate_step silt_deflate_next(struct silt_deflate *deflate, struct silt_bytes *in, uint8_t *out, size_t room,
					 size_t *len);

#endif
