/* Deflate by zlib. */
#define ZLIB_CONST
#include "stream/deflate_engine.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <zlib.h>

struct zlib {
	z_stream z;
	int window_bits; /* as inflateInit2 wants it: negative without a frame */
};

static void destroy(void *state)
{
	struct zlib *zlib = state;
	inflateEnd(&zlib->z);
	free(zlib);
}

/*
 * zlib allocates its window when it is first filled, in the middle of a step, which has no way to say that memory ran
 * out. A dictionary fills it; the reset that follows keeps the memory.
 */
static bool allocate_window(z_stream *z)
{
	static const Bytef any[1];
	return inflateSetDictionary(z, any, sizeof(any)) == Z_OK;
}

static void *create(enum silt_deflate_frame frame)
{
	struct zlib *zlib = calloc(1, sizeof(*zlib));
	if (!zlib) {
		return NULL;
	}
	zlib->window_bits = frame == SILT_DEFLATE_ZLIB ? MAX_WBITS : -MAX_WBITS;
	if (inflateInit2(&zlib->z, -MAX_WBITS) != Z_OK) { /* only a bare stream takes a dictionary at once */
		free(zlib);
		return NULL;
	}
	if (!allocate_window(&zlib->z)) {
		destroy(zlib);
		return NULL;
	}
	return zlib;
}

static void begin(void *state)
{
	struct zlib *zlib = state;
	int result = inflateReset2(&zlib->z, zlib->window_bits);
	assert(result == Z_OK); /* it can fail for a bad number of bits only */
	(void)result;
}

/* zlib counts in 32 bits: pieces of a block at most. */
static uInt piece_of(size_t len)
{
	return len < SILT_BLOCK_SIZE ? (uInt)len : SILT_BLOCK_SIZE;
}

static enum silt_deflate_step next(void *state, struct silt_bytes *in, uint8_t *out, size_t room, size_t *len)
{
	z_stream *z = &((struct zlib *)state)->z;
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

const struct silt_deflate_engine silt_deflate_zlib = {
	.name = "zlib",
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
};
