/* Streams of deflate by zlib, one after the other with the same memory. */
#define ZLIB_CONST
#include "stream/deflate.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <zlib.h>

struct silt_deflate {
	z_stream z;
	int window_bits; /* as inflateInit2 wants it: negative without a frame */
	bool begun;
};

/*
 * zlib allocates its window when it is first filled, in the middle of a step, which has no way to say that memory ran
 * out. A dictionary fills it; the reset that follows keeps the memory.
 */
static bool allocate_window(z_stream *z)
{
	static const Bytef any[1];
	return inflateSetDictionary(z, any, sizeof(any)) == Z_OK;
}

enum silt_status silt_deflate_new(enum silt_deflate_frame frame, struct silt_deflate **out, struct silt_error *err)
{
	struct silt_deflate *deflate = calloc(1, sizeof(*deflate));
	if (!deflate) {
		return silt_fail_memory(err);
	}
	deflate->window_bits = frame == SILT_DEFLATE_BARE ? -MAX_WBITS : MAX_WBITS;
	if (inflateInit2(&deflate->z, -MAX_WBITS) != Z_OK) { /* only a bare stream takes a dictionary at once */
		free(deflate);
		return silt_fail_memory(err);
	}
	if (!allocate_window(&deflate->z)) {
		silt_deflate_free(deflate);
		return silt_fail_memory(err);
	}
	*out = deflate;
	return SILT_OK;
}

void silt_deflate_free(struct silt_deflate *deflate)
{
	if (deflate) {
		inflateEnd(&deflate->z);
		free(deflate);
	}
}

void silt_deflate_begin(struct silt_deflate *deflate)
{
	int result = inflateReset2(&deflate->z, deflate->window_bits);
	assert(result == Z_OK); /* it can fail for a bad number of bits only */
	(void)result;
	deflate->begun = true;
}

/* zlib counts in 32 bits: pieces of a block at most. */
static uInt piece_of(size_t len)
{
	return len < SILT_BLOCK_SIZE ? (uInt)len : SILT_BLOCK_SIZE;
}

enum silt_deflate_step silt_deflate_next(struct silt_deflate *deflate, struct silt_bytes *in, uint8_t *out, size_t room,
					 size_t *len)
{
	assert(deflate->begun);
	z_stream *z = &deflate->z;
	int result;
	*len = 0;
	do {
		uInt given = piece_of(in->len), space = piece_of(room - *len);
		uint8_t none;
		z->next_in = in->ptr;
		z->avail_in = given;
		z->next_out = space > 0 ? out + *len : &none;
		z->avail_out = space;
		result = inflate(z, Z_NO_FLUSH);
		*in = silt_bytes_slice(*in, given - z->avail_in, SIZE_MAX);
		*len += space - z->avail_out;
	} while (result == Z_OK && in->len > 0 && *len < room);
	if (result == Z_STREAM_END) {
		return SILT_DEFLATE_END;
	}
	/* Z_BUF_ERROR: no input, or no room. */
	return result == Z_OK || result == Z_BUF_ERROR ? SILT_DEFLATE_MORE : SILT_DEFLATE_BROKEN;
}
