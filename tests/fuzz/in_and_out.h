/* Where bundles of fuzz targets come from, and where what is written of them goes. */
#ifndef SILT_FUZZ_IN_AND_OUT_H
#define SILT_FUZZ_IN_AND_OUT_H

#include "base/buffer.h"

/* The bytes that are left of an input. */
struct fuzz_input {
	const uint8_t *bytes;
	size_t left;
};

/* A silt_read_fn; `input` is a fuzz_input. */
static inline int64_t fuzz_read(void *input, void *buffer, size_t size)
{
	struct fuzz_input *from = input;
	const size_t len = from->left < size ? from->left : size;
	if (len > 0) {
		memcpy(buffer, from->bytes, len);
	}
	from->bytes += len;
	from->left -= len;
	return (int64_t)len;
}

/* For a silt_sink; `buffer` is a silt_buffer. */
static inline bool fuzz_collect(void *buffer, const void *bytes, size_t size)
{
	struct silt_buffer *out = buffer;
	silt_buffer_add(out, silt_bytes(bytes, size));
	return !out->failed;
}

#endif
