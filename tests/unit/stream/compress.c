/* The compressors, by the libraries; the gzip wrapper by hand, since zlib writes no lies. */
#include "compress.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

static void need(bool ok)
{
	if (!ok) {
		abort();
	}
}

static uint8_t *room(size_t len)
{
	uint8_t *bytes = malloc(len);
	need(bytes != NULL);
	return bytes;
}

/* Adds the first `len` bytes of `bytes`, and frees them. */
static void take(struct silt_buffer *out, uint8_t *bytes, size_t len)
{
	silt_buffer_add(out, silt_bytes(bytes, len));
	free(bytes);
	need(!out->failed);
}

static void add_le(struct silt_buffer *out, uint64_t number, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		silt_buffer_add_byte(out, (uint8_t)(number >> (8 * i)));
	}
}

void add_deflate(struct silt_buffer *out, struct silt_bytes content, bool zlib_frame)
{
	z_stream z = {0};
	need(deflateInit2(&z, 6, Z_DEFLATED, zlib_frame ? MAX_WBITS : -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	size_t len = deflateBound(&z, content.len);
	uint8_t *bytes = room(len);
	z.next_in = (uint8_t *)(uintptr_t)content.ptr;
	z.avail_in = (uInt)content.len;
	z.next_out = bytes;
	z.avail_out = (uInt)len;
	need(deflate(&z, Z_FINISH) == Z_STREAM_END);
	take(out, bytes, z.total_out);
	deflateEnd(&z);
}

static void give(z_stream *z, struct silt_bytes content, int flush, int answer)
{
	z->next_in = (uint8_t *)(uintptr_t)content.ptr;
	z->avail_in = (uInt)content.len;
	need(deflate(z, flush) == answer && z->avail_in == 0);
}

void add_deflate_of_two_blocks(struct silt_buffer *out, struct silt_bytes first, struct silt_bytes content)
{
	z_stream z = {0};
	need(deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_FIXED) == Z_OK);
	size_t len = deflateBound(&z, first.len + content.len);
	uint8_t *bytes = room(len);
	z.next_out = bytes;
	z.avail_out = (uInt)len;
	give(&z, first, Z_BLOCK, Z_OK);
	need(deflateParams(&z, 6, Z_DEFAULT_STRATEGY) == Z_OK);
	give(&z, content, Z_FINISH, Z_STREAM_END);
	take(out, bytes, z.total_out);
	deflateEnd(&z);
}

static uint32_t crc_of(struct silt_bytes bytes)
{
	return (uint32_t)crc32(crc32(0, NULL, 0), bytes.ptr, (uInt)bytes.len);
}

void add_gzip(struct silt_buffer *out, struct silt_bytes content, const struct gzip_fields *fields)
{
	static const struct gzip_fields none;
	fields = fields ? fields : &none;
	size_t start = out->len;
	unsigned flags = (fields->header_crc ? 2 : 0) | (fields->extra.len ? 4 : 0) | (fields->name ? 8 : 0) |
			 (fields->comment ? 16 : 0);
	silt_buffer_add(out, SILT_LITERAL("\x1f\x8b\x08"));
	silt_buffer_add_byte(out, (uint8_t)flags);
	silt_buffer_add(out, SILT_LITERAL("\0\0\0\0\0\x03"));
	if (fields->extra.len > 0) {
		add_le(out, fields->extra.len, 2);
		silt_buffer_add(out, fields->extra);
	}
	if (fields->name) {
		silt_buffer_add(out, silt_bytes(fields->name, strlen(fields->name) + 1));
	}
	if (fields->comment) {
		silt_buffer_add(out, silt_bytes(fields->comment, strlen(fields->comment) + 1));
	}
	if (fields->header_crc) {
		uint32_t crc = crc_of(silt_bytes(out->ptr + start, out->len - start));
		add_le(out, crc + fields->wrong_header_crc, 2);
	}
	add_deflate(out, content, false);
	add_le(out, (uint64_t)crc_of(content) + fields->wrong_crc, 4);
	add_le(out, content.len + fields->wrong_length, 4);
}

static void add_zstd_by(struct silt_buffer *out, struct silt_bytes content, ZSTD_CCtx *zstd)
{
	size_t len = ZSTD_compressBound(content.len) + 64;
	uint8_t *bytes = room(len);
	ZSTD_inBuffer in = {content.ptr, content.len, 0};
	ZSTD_outBuffer to = {bytes, len, 0};
	/* Not ended with the first call: else the size becomes known, and the frame has no window but its content. */
	need(!ZSTD_isError(ZSTD_compressStream2(zstd, &to, &in, ZSTD_e_flush)));
	need(ZSTD_compressStream2(zstd, &to, &in, ZSTD_e_end) == 0);
	take(out, bytes, to.pos);
	ZSTD_freeCCtx(zstd);
}

void add_zstd(struct silt_buffer *out, struct silt_bytes content)
{
	ZSTD_CCtx *zstd = ZSTD_createCCtx();
	need(zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1)));
	add_zstd_by(out, content, zstd);
}

void add_zstd_window(struct silt_buffer *out, struct silt_bytes content, int log)
{
	ZSTD_CCtx *zstd = ZSTD_createCCtx();
	need(zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, log)));
	add_zstd_by(out, content, zstd);
}

void add_zstd_skippable(struct silt_buffer *out, unsigned kind, struct silt_bytes content)
{
	add_le(out, 0x184D2A50 + kind, 4);
	add_le(out, content.len, 4);
	silt_buffer_add(out, content);
}

void add_xz_dictionary(struct silt_buffer *out, struct silt_bytes content, uint32_t size)
{
	lzma_options_lzma options;
	need(!lzma_lzma_preset(&options, 1));
	options.dict_size = size;
	options.mf = LZMA_MF_HC4;
	lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, NULL}};
	size_t len = lzma_stream_buffer_bound(content.len), used = 0;
	uint8_t *bytes = room(len);
	need(lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC64, NULL, content.ptr, content.len, bytes, &used, len) ==
	     LZMA_OK);
	take(out, bytes, used);
}

void add_xz(struct silt_buffer *out, struct silt_bytes content)
{
	add_xz_dictionary(out, content, 1 << 20);
}

void add_bzip2(struct silt_buffer *out, struct silt_bytes content)
{
	unsigned len = (unsigned)content.len + (unsigned)content.len / 100 + 1000;
	uint8_t *bytes = room(len);
	char *from = (char *)(uintptr_t)(content.len > 0 ? content.ptr : bytes);
	need(BZ2_bzBuffToBuffCompress((char *)bytes, &len, from, (unsigned)content.len, 1, 0, 0) == BZ_OK);
	take(out, bytes, len);
}
