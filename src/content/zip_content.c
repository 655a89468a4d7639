/* Decoding of zip members: stored, deflated, or a stream of the inflate stage. */
#include "content/zip_content.h"

#include "base/limits.h"
#include "stream/crc32.h"

#include <stdlib.h>

/* Bytes searched at a time for the end of what has no length, and those of a descriptor that tell it. */
enum { SEARCHED_LEN = 32 * 1024, DESCRIPTOR_LEAST = 12 };

#define ENDS_EARLY "the zip archive ends in the middle of a member"

void silt_zip_content_done(struct silt_zip_content *content)
{
	silt_deflate_free(content->deflate);
	silt_inflate_free(content->inflate);
	free(content->out);
	*content = (struct silt_zip_content){0};
}

static void blame(struct silt_zip_content *content, enum silt_archive_flaw_kind kind, const char *text)
{
	silt_archive_blame(&content->flaw, kind, text);
	content->over = true;
}

/* ---- Packed bytes -------------------------------------------------------------------------------------------------- */

/* The next packed bytes, which silt_cursor_take takes; empty where they end. */
static enum silt_status look(struct silt_zip_content *content, struct silt_bytes *bytes, struct silt_error *err)
{
	*bytes = silt_bytes(NULL, 0);
	if (content->header.sized && content->left == 0) {
		return SILT_OK;
	}
	enum silt_status status = silt_cursor_look(content->in, 1, bytes, err);
	if (content->header.sized && bytes->len > content->left) {
		bytes->len = (size_t)content->left;
	}
	return status;
}

static void take(struct silt_zip_content *content, size_t len)
{
	silt_cursor_take(content->in, len);
	content->left -= content->header.sized ? len : 0;
}

/* Packed bytes of a known length, as the source of an inflate stage. */
static enum silt_status next_packed(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_zip_content *content = ctx;
	enum silt_status status = silt_cursor_piece(content->in, content->left, block, err);
	content->left -= status == SILT_OK ? block->len : 0;
	return status;
}

/* ---- Stored -------------------------------------------------------------------------------------------------------- */

static enum silt_status next_stored(struct silt_zip_content *content, struct silt_bytes *block, struct silt_error *err)
{
	enum silt_status status = next_packed(content, block, err);
	if (status == SILT_OK && block->len == 0) {
		content->over = true;
		content->whole = content->left == 0;
		if (content->left > 0) {
			blame(content, SILT_ARCHIVE_DAMAGED, ENDS_EARLY);
		}
	}
	return status;
}

/*
 * Stored content whose length stands behind it: a descriptor that states the bytes seen so far is taken for its end.
 * Without one it is all that follows.
 */
static enum silt_status next_unsized(struct silt_zip_content *content, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_bytes bytes;
	enum silt_status status = silt_cursor_look(content->in, SEARCHED_LEN, &bytes, err);
	if (status != SILT_OK) {
		return status;
	}
	if (silt_zip_is_descriptor(bytes, content->crc, content->given)) {
		content->over = content->whole = true;
		return SILT_OK;
	}
	if (bytes.len == 0) {
		blame(content, SILT_ARCHIVE_DAMAGED, "a stored zip member has no end: its length is stated nowhere");
		return SILT_OK;
	}
	size_t found = silt_bytes_find(silt_bytes_slice(bytes, 1, SIZE_MAX), SILT_LITERAL("PK\007\010"));
	bool at_end = bytes.len < SEARCHED_LEN;
	size_t len = found != SIZE_MAX ? found + 1 : at_end ? bytes.len : bytes.len - DESCRIPTOR_LEAST;
	*block = silt_bytes_slice(bytes, 0, len);
	silt_cursor_take(content->in, len);
	return SILT_OK;
}

/* ---- Deflated ------------------------------------------------------------------------------------------------------ */

static void end_deflated(struct silt_zip_content *content)
{
	content->over = content->whole = true;
	if (content->header.sized && content->left > 0) {
		blame(content, SILT_ARCHIVE_DAMAGED, "a zip member ends before its stated length");
	}
}

/* One step of the decoder into `out`. */
static enum silt_status inflate_some(struct silt_zip_content *content, size_t *len, struct silt_error *err)
{
	struct silt_bytes in;
	size_t written;
	enum silt_status status = look(content, &in, err);
	if (status != SILT_OK) {
		return status;
	}
	size_t before = in.len;
	enum silt_deflate_step step =
		silt_deflate_next(content->deflate, &in, content->out + *len, SILT_BLOCK_SIZE - *len, &written);
	*len += written;
	if (before > 0) {
		take(content, before - in.len);
	}
	if (step == SILT_DEFLATE_END) {
		end_deflated(content);
	} else if (step == SILT_DEFLATE_BROKEN) {
		blame(content, SILT_ARCHIVE_DAMAGED, "the deflate data of a zip member is invalid");
	} else if (before == 0 && written == 0 && *len < SILT_BLOCK_SIZE) {
		blame(content, SILT_ARCHIVE_DAMAGED, ENDS_EARLY);
	}
	return SILT_OK;
}

static enum silt_status next_deflated(struct silt_zip_content *content, struct silt_bytes *block,
				      struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	size_t len = 0;
	while (status == SILT_OK && len < SILT_BLOCK_SIZE && !content->over) {
		status = inflate_some(content, &len, err);
	}
	*block = silt_bytes(content->out, status == SILT_OK ? len : 0);
	return status;
}

/* ---- bzip2, zstd, xz ----------------------------------------------------------------------------------------------- */

static enum silt_compression compression_of(unsigned method)
{
	return method == SILT_ZIP_BZIP2  ? SILT_COMPRESSION_BZIP2
	       : method == SILT_ZIP_ZSTD ? SILT_COMPRESSION_ZSTD
	       : method == SILT_ZIP_XZ   ? SILT_COMPRESSION_XZ
					 : SILT_COMPRESSION_NONE;
}

static enum silt_status next_staged(struct silt_zip_content *content, struct silt_bytes *block, struct silt_error *err)
{
	enum silt_status status = silt_source_next(silt_inflate_source(content->inflate), block, err);
	if (status != SILT_OK || block->len > 0) {
		return status;
	}
	const struct silt_inflate_report *report = silt_inflate_report(content->inflate);
	content->over = content->whole = true;
	if (content->left > 0) {
		blame(content, SILT_ARCHIVE_DAMAGED, ENDS_EARLY);
	} else if (report->compression != compression_of(content->header.method)) {
		blame(content, SILT_ARCHIVE_DAMAGED, "a zip member is not compressed as its header says");
	} else if (report->end == SILT_INFLATE_LIMIT) {
		silt_archive_blame_limit(&content->flaw, report->limit, report->damage);
	} else if (report->end != SILT_INFLATE_COMPLETE) {
		blame(content, SILT_ARCHIVE_DAMAGED, report->damage);
	}
	return SILT_OK;
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

static enum silt_status finish(struct silt_zip_content *content, struct silt_error *err)
{
	content->finished = true;
	enum silt_status status = silt_cursor_skip(content->in, &content->left, err);
	struct silt_bytes behind = {0};
	if (status == SILT_OK && content->header.described) {
		status = silt_cursor_look(content->in, SILT_ZIP_DESCRIPTOR_MAX, &behind, err);
	}
	if (status != SILT_OK || !content->whole) {
		return status;
	}
	bool right = content->header.described ? silt_zip_describes(behind, content->crc)
					       : content->header.crc == content->crc;
	if (!right) {
		blame(content, SILT_ARCHIVE_DAMAGED, "the CRC-32 of a zip member is not that of its content");
	}
	return SILT_OK;
}

static enum silt_status decode(struct silt_zip_content *content, struct silt_bytes *block, struct silt_error *err)
{
	switch (content->header.method) {
	case SILT_ZIP_STORED:
		return content->header.sized ? next_stored(content, block, err) : next_unsized(content, block, err);
	case SILT_ZIP_DEFLATED:
		return next_deflated(content, block, err);
	default:
		return next_staged(content, block, err);
	}
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct silt_zip_content *content = ctx;
	*block = silt_bytes(NULL, 0);
	enum silt_status status = content->over ? SILT_OK : decode(content, block, err);
	if (status != SILT_OK) {
		return status;
	}
	content->given += block->len;
	content->crc = silt_crc32_add(content->crc, *block);
	return block->len > 0 || content->finished ? SILT_OK : finish(content, err);
}

struct silt_source silt_zip_content_source(struct silt_zip_content *content)
{
	return (struct silt_source){.next = next_block, .ctx = content};
}

static enum silt_status prepare_deflate(struct silt_zip_content *content, struct silt_error *err)
{
	enum silt_status status = SILT_OK;
	if (!content->out && !(content->out = malloc(SILT_BLOCK_SIZE))) {
		return silt_fail_memory(err);
	}
	if (!content->deflate) {
		status = silt_deflate_new(SILT_DEFLATE_BARE, &content->deflate, err);
	}
	if (status == SILT_OK) {
		silt_deflate_begin(content->deflate);
	}
	return status;
}

static enum silt_status prepare_stage(struct silt_zip_content *content, struct silt_error *err)
{
	struct silt_source packed = {.next = next_packed, .ctx = content};
	if (!content->inflate) {
		return silt_inflate_new(packed, NULL, NULL, content->limits, &content->inflate, err);
	}
	silt_inflate_restart(content->inflate, packed);
	return SILT_OK;
}

enum silt_status silt_zip_content_begin(struct silt_zip_content *content, struct silt_cursor *in,
					const struct silt_zip_header *header, struct silt_error *err)
{
	content->in = in;
	content->header = *header;
	content->left = header->sized ? header->packed : 0;
	content->given = 0;
	content->crc = 0;
	content->over = content->whole = content->finished = false;
	if (header->encrypted) {
		blame(content, SILT_ARCHIVE_SEALED, "encrypted");
	} else if (header->method == SILT_ZIP_DEFLATED) {
		return prepare_deflate(content, err);
	} else if (compression_of(header->method) != SILT_COMPRESSION_NONE && header->sized) {
		return prepare_stage(content, err);
	} else if (header->method != SILT_ZIP_STORED) {
		blame(content, SILT_ARCHIVE_SEALED, "compressed by a method of zip that is not known here");
	}
	return SILT_OK;
}
