/* Inflating, naming and giving objects of git. */
#include "content/git_object.h"

#include "base/limits.h"
#include "base/secure.h"

#include <stdio.h>

enum { PIECE = 64 * 1024 };

enum silt_status silt_git_reader_init(struct silt_git_reader *reader, struct silt_error *err)
{
	*reader->report = (struct silt_git_report){0};
	enum silt_status status = silt_deflate_new(SILT_DEFLATE_ZLIB, &reader->deflate, err);
	return status == SILT_OK ? silt_summer_new(SILT_SUM_SHA1, &reader->sha1, err) : status;
}

void silt_git_reader_done(struct silt_git_reader *reader)
{
	silt_deflate_free(reader->deflate);
	silt_summer_free(reader->sha1);
}

void silt_git_problem(struct silt_git_reader *reader, uint64_t offset, bool limited, const char *what)
{
	if (!reader->report->problem) {
		reader->report->offset = offset;
		reader->report->limited = limited;
		reader->report->problem = what;
	}
}

bool silt_git_inflate(struct silt_git_reader *reader, struct silt_bytes *in, uint64_t offset, uint64_t most,
		      struct silt_buffer *out)
{
	uint64_t cap = most < *reader->budget ? most : *reader->budget;
	enum silt_deflate_step step;
	uint8_t piece[PIECE];
	size_t len;
	silt_deflate_begin(reader->deflate);
	silt_buffer_clear(out);
	do {
		step = silt_deflate_next(reader->deflate, in, piece, sizeof(piece), &len);
		silt_buffer_add(out, silt_bytes(piece, len));
	} while (step == SILT_DEFLATE_MORE && (in->len > 0 || len == sizeof(piece)) && out->len <= cap);
	silt_wipe(piece, sizeof(piece));
	if (out->failed) {
		return false;
	}
	if (out->len > cap) {
		silt_git_problem(reader, offset, true, "an object is larger than may be decoded");
		return false;
	}
	*reader->budget -= out->len;
	if (step != SILT_DEFLATE_END) {
		silt_git_problem(reader, offset, false, "expected a whole zlib stream, found a damaged or cut one");
		return false;
	}
	return true;
}

static bool compute_id(struct silt_git_reader *reader, const char *kind, struct silt_bytes content, uint8_t *id)
{
	char header[32];
	int len = snprintf(header, sizeof(header), "%s %zu", kind, content.len);
	const struct silt_bytes parts[] = {silt_bytes((const uint8_t *)header, (size_t)len + 1), content};
	return silt_sum(reader->sha1, parts, SILT_COUNT(parts), id);
}

enum silt_status silt_git_name_and_give(struct silt_git_reader *reader, const char *kind, struct silt_bytes content,
					uint8_t id[static SILT_GIT_ID_BYTES], struct silt_error *err)
{
	static const char digits[] = "0123456789abcdef";
	struct silt_git_object object = {.kind = kind, .content = content};
	if (!compute_id(reader, kind, content, id)) {
		return silt_fail(err, SILT_ERR_INTERNAL, "libcrypto failed at a SHA-1");
	}
	for (size_t i = 0; i < SILT_GIT_ID_BYTES; i++) {
		object.id[2 * i] = digits[id[i] >> 4];
		object.id[2 * i + 1] = digits[id[i] & 15];
	}
	reader->report->objects++;
	return reader->fn(reader->ctx, &object, err);
}
