/* Telling members apart by their first bytes. */
#include "audit/look.h"

#include "base/limits.h"
#include "content/guess.h"
#include "stream/tar.h"

enum {
	/* One tar block decides. */
	DECIDING_BYTES = 512,
	/* Bytes that tell what a file is that is no tar: the magic of an ISO image stands behind 32 KiB. */
	GUESSING_BYTES = 64 * 1024,
};

/* The first inflated bytes, from as much of the stored ones as it takes. */
static enum silt_status peek_inflated(struct silt_peek *peek, const struct silt_limits *limits, uint8_t *out,
				      size_t size, size_t *len, struct silt_error *err)
{
	*len = 0;
	size_t had = 0;
	for (size_t wanted = SILT_BLOCK_SIZE; wanted <= SILT_PEEK_MAX; wanted *= 2) {
		struct silt_bytes start;
		enum silt_status status = silt_peek_bytes(peek, wanted, &start, err);
		if (status == SILT_OK) {
			status = silt_inflate_start(start, limits, out, size, len, err);
		}
		if (status != SILT_OK || *len == size || start.len == had) {
			return status;
		}
		had = start.len;
	}
	return SILT_OK;
}

/* Zero blocks alone are the empty tar only if nothing else follows them. */
static enum silt_status is_all_zero(struct silt_peek *peek, bool *all, struct silt_error *err)
{
	struct silt_bytes start;
	enum silt_status status = silt_peek_bytes(peek, SILT_PEEK_MAX, &start, err);
	*all = status == SILT_OK && start.len < SILT_PEEK_MAX && start.len % 512 == 0 && silt_bytes_all(start, 0);
	return status;
}

enum silt_status silt_look_at(struct silt_peek *peek, const struct silt_limits *limits, struct silt_look *look,
			      struct silt_error *err)
{
	struct silt_bytes start;
	enum silt_status status = silt_peek_bytes(peek, DECIDING_BYTES, &start, err);
	if (status != SILT_OK) {
		return status;
	}
	uint8_t inflated[DECIDING_BYTES];
	look->compression = silt_compression_sniff(start);
	if (look->compression != SILT_COMPRESSION_NONE) {
		size_t len = 0;
		status = peek_inflated(peek, limits, inflated, sizeof(inflated), &len, err);
		if (status != SILT_OK) {
			return status;
		}
		start = silt_bytes(inflated, len);
	}
	enum silt_tar_start tar = silt_tar_sniff(start);
	bool is_tar = tar == SILT_TAR_START_YES ||
		      (tar == SILT_TAR_START_EMPTY && look->compression != SILT_COMPRESSION_NONE);
	if (tar == SILT_TAR_START_EMPTY && !is_tar) {
		status = is_all_zero(peek, &is_tar, err);
	}
	struct silt_bytes text = silt_bytes_trim(start);
	bool is_json = text.len > 0 && (text.ptr[0] == '{' || text.ptr[0] == '[');
	look->content = is_tar ? SILT_CONTENT_TAR : is_json ? SILT_CONTENT_JSON : SILT_CONTENT_OTHER;
	return status;
}

enum silt_status silt_demand_tar(struct silt_peek *peek, const struct silt_limits *limits, struct silt_error *err)
{
	struct silt_look look;
	struct silt_bytes start;
	enum silt_status status = silt_look_at(peek, limits, &look, err);
	if (status == SILT_OK && look.content == SILT_CONTENT_TAR) {
		return SILT_OK;
	}
	if (status == SILT_OK) {
		status = silt_peek_bytes(peek, GUESSING_BYTES, &start, err);
	}
	if (status != SILT_OK) {
		return status;
	}
	if (look.compression != SILT_COMPRESSION_NONE) {
		return silt_fail(err, SILT_ERR_INPUT,
				 "expected a tar archive of a container image; found %s data that holds no tar",
				 silt_compression_name(look.compression));
	}
	return silt_fail(err, SILT_ERR_INPUT, "expected a tar archive of a container image; found %s",
			 silt_guess_file(start));
}
