/* Bytes that lie there whole, packed by zstd and back. */
#ifndef SILT_STREAM_PACK_ZSTD_H
#define SILT_STREAM_PACK_ZSTD_H

#include "base/buffer.h"
#include "base/error.h"

/* Adds one frame that holds `bytes` to `out`. SILT_ERR_MEMORY only. */
enum silt_status silt_zstd_pack(struct silt_bytes bytes, struct silt_buffer *out, struct silt_error *err);

/*
 * Unpacks one frame, which must be all of `packed`, into exactly `size` bytes at `out`. SILT_ERR_INPUT if it is damaged,
 * or holds more or less; SILT_ERR_MEMORY.
 */
enum silt_status silt_zstd_unpack(struct silt_bytes packed, uint8_t *out, size_t size, struct silt_error *err);

#endif
