/*
 * A loose object (gitformat-loose): one zlib stream of
 *
 *      +------+-------+----------+-----+-----------
 *      | KIND | space | LENGTH   | NUL | content ...
 *      +------+-------+----------+-----+-----------
 *       blob            decimal         LENGTH bytes
 */
#include "content/git_reader.h"

#include "base/ascii.h"
#include "base/secure.h"

enum {
	START_LEN = 512, /* of a file, to tell what it is */
	HEADER_MAX = 32, /* "commit", a space, 19 digits, NUL */
};

/* Cuts "KIND LENGTH" and NUL off the text. NULL if it does not begin so; `*length` is what it says. */
static const char *take_header(struct silt_bytes *text, uint64_t *length)
{
	static const char *const kinds[] = {"commit", "tree", "blob", "tag"};
	struct silt_bytes rest = *text, number, word;
	if (!silt_bytes_cut(&rest, '\0', &number) || number.len > HEADER_MAX || !silt_bytes_cut(&number, ' ', &word) ||
	    number.len == 0 || silt_decimal(number, SILT_DECIMAL_FITS, length) != number.len) {
		return NULL;
	}
	for (size_t i = 0; i < SILT_COUNT(kinds); i++) {
		if (silt_bytes_equal(word, silt_bytes_text(kinds[i]))) {
			*text = rest;
			return kinds[i];
		}
	}
	return NULL;
}

/* RFC 1950: method 8 with a window of at most 32 KiB, no dictionary, and the two bytes are a multiple of 31. */
static bool is_zlib(struct silt_bytes start)
{
	return start.len > 2 && (start.ptr[0] & 15) == 8 && start.ptr[0] >> 4 <= 7 && !(start.ptr[1] & 0x20) &&
	       (start.ptr[0] << 8 | start.ptr[1]) % 31 == 0;
}

bool silt_git_is_loose(struct silt_bytes start)
{
	struct silt_deflate *deflate = NULL;
	struct silt_error err = {0};
	struct silt_bytes in = silt_bytes_slice(start, 0, START_LEN);
	uint8_t text[HEADER_MAX];
	size_t len = 0;
	uint64_t length;
	if (!is_zlib(start) || silt_deflate_new(SILT_DEFLATE_ZLIB, &deflate, &err) != SILT_OK) {
		return false;
	}
	silt_deflate_begin(deflate);
	silt_deflate_next(deflate, &in, text, sizeof(text), &len);
	silt_deflate_free(deflate);
	struct silt_bytes header = silt_bytes(text, len);
	bool loose = take_header(&header, &length) != NULL;
	silt_wipe(text, sizeof(text));
	return loose;
}

enum silt_status silt_git_next_loose(struct silt_git *git, struct silt_git_object *object, bool *more,
				     struct silt_error *err)
{
	struct silt_bytes in = git->file;
	uint8_t id[SILT_GIT_ID_BYTES];
	uint64_t length = 0;
	if (git->report.objects > 0) {
		return SILT_OK;
	}
	if (!silt_git_inflate(git, &in, 0, &git->content)) {
		return git->content.failed ? silt_fail_memory(err) : SILT_OK;
	}
	struct silt_bytes text = silt_buffer_bytes(&git->content);
	const char *kind = take_header(&text, &length);
	if (!kind || length != text.len) {
		silt_git_problem(git, 0, SILT_LIMIT_NONE, "expected the header of a git object, found something else");
		return SILT_OK;
	}
	*more = true;
	return silt_git_name(git, kind, text, id, object, err);
}
