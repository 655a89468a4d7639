/*
 * A loose object (gitformat-loose): one zlib stream of
 *
 *      +------+-------+----------+-----+-----------
 *      | KIND | space | LENGTH   | NUL | content ...
 *      +------+-------+----------+-----+-----------
 *       blob            decimal         LENGTH bytes
 */
#include "content/git_object.h"

#include "base/limits.h"
#include "base/path.h"

static bool is_hex_name(struct silt_bytes name, size_t len)
{
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
			return false;
		}
	}
	return name.len == len;
}

/* Cuts the last component off. */
static struct silt_bytes take_last(struct silt_bytes *path)
{
	struct silt_bytes name = silt_path_basename(*path);
	size_t folder = path->len - name.len;
	*path = silt_bytes_slice(*path, 0, folder > 0 ? folder - 1 : 0);
	return name;
}

bool silt_git_is_loose(struct silt_bytes path, struct silt_bytes start)
{
	/* RFC 1950: method 8 with a window of 32 KiB, and the two bytes are a multiple of 31. */
	bool zlib = start.len >= 2 && start.ptr[0] == 0x78 && (start.ptr[0] << 8 | start.ptr[1]) % 31 == 0;
	return zlib && is_hex_name(take_last(&path), 38) && is_hex_name(take_last(&path), 2) &&
	       silt_bytes_equal(take_last(&path), SILT_LITERAL("objects"));
}

/* Cuts "KIND LENGTH\0" off the text. NULL if it is no such header, or if the length is not that of the rest. */
static const char *take_header(struct silt_bytes *text)
{
	static const char *const kinds[] = {"commit", "tree", "blob", "tag"};
	struct silt_bytes header, length = {0};
	if (!silt_bytes_cut(text, '\0', &header) || header.len > 32) {
		return NULL;
	}
	length = header;
	struct silt_bytes word;
	uint64_t number = 0;
	if (!silt_bytes_cut(&length, ' ', &word) || length.len == 0 || length.len > 19) {
		return NULL;
	}
	for (size_t i = 0; i < length.len; i++) {
		if (length.ptr[i] < '0' || length.ptr[i] > '9') {
			return NULL;
		}
		number = number * 10 + (uint64_t)(length.ptr[i] - '0');
	}
	for (size_t i = 0; i < SILT_COUNT(kinds) && number == text->len; i++) {
		if (silt_bytes_equal(word, silt_bytes_text(kinds[i]))) {
			return kinds[i];
		}
	}
	return NULL;
}

static enum silt_status give_loose(struct silt_git_reader *reader, struct silt_bytes text, struct silt_error *err)
{
	uint8_t id[SILT_GIT_ID_BYTES];
	const char *kind = take_header(&text);
	if (!kind) {
		silt_git_problem(reader, 0, false, "expected the header of a git object, found something else");
		return SILT_OK;
	}
	return silt_git_name_and_give(reader, kind, text, id, err);
}

enum silt_status silt_git_read_loose(struct silt_bytes file, uint64_t *budget, silt_git_object_fn *fn, void *ctx,
				     struct silt_git_report *report, struct silt_error *err)
{
	struct silt_git_reader reader = {.budget = budget, .fn = fn, .ctx = ctx, .report = report};
	struct silt_buffer text = {0};
	enum silt_status status = silt_git_reader_init(&reader, err);
	if (status == SILT_OK && silt_git_inflate(&reader, &file, 0, SILT_GIT_OBJECT_MAX, &text)) {
		status = give_loose(&reader, silt_buffer_bytes(&text), err);
	}
	if (status == SILT_OK && text.failed) {
		status = silt_fail_memory(err);
	}
	silt_git_reader_done(&reader);
	silt_buffer_done(&text);
	return status;
}
