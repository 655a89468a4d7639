/*
 * zip: jar, war, wheel, apk, nupkg, docx. Read by the local headers as they come, in one pass:
 *
 *     +---------------+---------+---------------+---------+- - - -+-------------------+-----------------------+
 *     | local header  | content | local header  | content |       | central directory | its end, and comment  |
 *     | 50 4B 03 04   |         |               |         |       | 50 4B 01 02  ...  | 50 4B 05 06           |
 *     +---------------+---------+---------------+---------+- - - -+-------------------+-----------------------+
 *
 * The central directory, at the end, is what other programs go by. It may leave members out that are there: those are
 * read too. Whatever stands between members (a signing block of an apk, padding, another zip behind the end) is searched
 * for the next local header, so that nothing put there can end the reading early.
 */
#include "content/zip_content.h"

#include "base/limits.h"

#include <stdlib.h>

struct zip {
	struct silt_cursor in;
	struct silt_zip_content content;
	struct silt_buffer name;
	bool ended; /* the end of the central directory was seen behind the last member */
};

static bool sniff(struct silt_bytes start)
{
	struct silt_zip_header header;
	return silt_zip_parse(start, &header);
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	struct zip *zip = calloc(1, sizeof(*zip));
	if (!zip) {
		return silt_fail_memory(err);
	}
	zip->content.limits = limits;
	*state = zip;
	return SILT_OK;
}

static void destroy(void *state)
{
	struct zip *zip = state;
	if (zip) {
		silt_cursor_done(&zip->in);
		silt_zip_content_done(&zip->content);
		silt_buffer_done(&zip->name);
		free(zip);
	}
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct zip *zip = state;
	silt_cursor_begin(&zip->in, file);
	silt_archive_take_flaw(&zip->content.flaw);
	zip->ended = false;
	return SILT_OK;
}

/* What stands at a "PK" that is looked at. */
static bool see_mark(struct zip *zip, struct silt_bytes at, struct silt_zip_header *header)
{
	zip->ended = zip->ended || silt_bytes_start_with(at, SILT_LITERAL("PK\005\006"));
	return silt_zip_parse(at, header);
}

/* Steps to the next local header. `*found` false: there is none up to the end. */
static enum silt_status find_header(struct zip *zip, struct silt_zip_header *header, bool *found,
				    struct silt_error *err)
{
	*found = false;
	for (;;) {
		struct silt_bytes bytes;
		enum silt_status status = silt_cursor_look(&zip->in, SILT_ZIP_LOCAL_LEN, &bytes, err);
		if (status != SILT_OK || bytes.len == 0) {
			return status;
		}
		size_t mark = silt_bytes_find(bytes, SILT_LITERAL("PK"));
		if (mark == 0) {
			*found = see_mark(zip, bytes, header);
			if (*found) {
				return SILT_OK;
			}
			mark = 1;
		} else if (mark == SIZE_MAX) {
			mark = bytes.len > 1 ? bytes.len - 1 : 1; /* a "P" may be the last */
		}
		silt_cursor_take(&zip->in, mark);
	}
}

/* Takes a field of `len` bytes, of which up to SILT_PATH_MAX are given. */
static enum silt_status take_field(struct zip *zip, size_t len, struct silt_bytes *field, struct silt_error *err)
{
	enum silt_status status = silt_cursor_look(&zip->in, len < SILT_PATH_MAX ? len : SILT_PATH_MAX, field, err);
	if (status != SILT_OK) {
		return status;
	}
	*field = silt_bytes_slice(*field, 0, len < SILT_PATH_MAX ? len : SILT_PATH_MAX);
	silt_cursor_take(&zip->in, field->len);
	return SILT_OK;
}

static enum silt_status skip_field(struct zip *zip, uint64_t left, struct silt_error *err)
{
	return silt_cursor_skip(&zip->in, &left, err);
}

/* Name and extra field: the spans of one call die with the next, so each is used up at once. */
static enum silt_status read_fields(struct zip *zip, struct silt_zip_header *header, struct silt_error *err)
{
	struct silt_bytes field;
	silt_buffer_clear(&zip->name);
	silt_cursor_take(&zip->in, SILT_ZIP_LOCAL_LEN);
	enum silt_status status = take_field(zip, header->name_len, &field, err);
	if (status == SILT_OK) {
		silt_buffer_add(&zip->name, field);
		status = skip_field(zip, header->name_len - field.len, err);
	}
	if (status == SILT_OK) {
		status = take_field(zip, header->extra_len, &field, err);
	}
	if (status == SILT_OK) {
		silt_zip_parse_extra(header, field);
		status = skip_field(zip, header->extra_len - field.len, err);
	}
	return status == SILT_OK && zip->name.failed ? silt_fail_memory(err) : status;
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct zip *zip = state;
	struct silt_zip_header header;
	enum silt_status status = find_header(zip, &header, more, err);
	if (status != SILT_OK || !*more) {
		if (status == SILT_OK && !zip->ended) {
			silt_archive_blame(&zip->content.flaw, SILT_ARCHIVE_DAMAGED,
					   "the zip archive ends before its central directory does");
		}
		return status;
	}
	zip->ended = false;
	status = read_fields(zip, &header, err);
	if (status == SILT_OK) {
		status = silt_zip_content_begin(&zip->content, &zip->in, &header, err);
	}
	*member = (struct silt_archive_member){
		.name = silt_buffer_bytes(&zip->name),
		.content = silt_zip_content_source(&zip->content),
		.size = header.described ? SILT_ARCHIVE_SIZE_UNKNOWN : header.size,
	};
	return status;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct zip *zip = state;
	return silt_archive_take_flaw(&zip->content.flaw);
}

const struct silt_archive_format silt_archive_zip = {
	.name = "zip archive",
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
