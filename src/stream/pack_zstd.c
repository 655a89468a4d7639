/* zstd in memory: what is small enough to be there in one piece needs no stage. */
#include "stream/pack_zstd.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* What zstd takes if nobody says. */
enum { LEVEL = 3 };

enum silt_status silt_zstd_pack(struct silt_bytes bytes, struct silt_buffer *out, struct silt_error *err)
{
	const size_t room = ZSTD_compressBound(bytes.len);
	uint8_t *frame = ZSTD_isError(room) ? NULL : malloc(room);
	const size_t size = frame ? ZSTD_compress(frame, room, bytes.ptr, bytes.len, LEVEL) : 0;
	const bool packed = frame && !ZSTD_isError(size);
	if (packed) {
		silt_buffer_add(out, silt_bytes(frame, size));
	}
	free(frame);
	return packed && !out->failed ? SILT_OK : silt_fail_memory(err);
}

enum silt_status silt_zstd_unpack(struct silt_bytes packed, uint8_t *out, size_t size, struct silt_error *err)
{
	/* Not ZSTD_decompress, which takes several frames behind each other for one. */
	const size_t frame = ZSTD_findFrameCompressedSize(packed.ptr, packed.len);
	if (ZSTD_isError(frame) || frame != packed.len) {
		return silt_fail(err, SILT_ERR_INPUT, "expected one whole zstd frame");
	}
	const size_t got = ZSTD_decompress(out, size, packed.ptr, packed.len);
	if (ZSTD_isError(got)) {
		return ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation
			       ? silt_fail_memory(err)
			       : silt_fail(err, SILT_ERR_INPUT, "zstd: %s", ZSTD_getErrorName(got));
	}
	return got == size ? SILT_OK : silt_fail(err, SILT_ERR_INPUT, "expected more bytes in a zstd frame");
}
