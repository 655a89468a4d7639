/*
 * ar: what dpkg and static libraries are made of.
 *
 *     +------------------+
 *     | "!<arch>\n"      |                                             8 bytes
 *     +------------------+-------+------+------+------+-------+------+
 *     | name (16)        | mtime | uid  | gid  | mode | size  | 60 0A|  60 bytes
 *     |                  | (12)  | (6)  | (6)  | (8)  | (10)  |      |  decimal, mode octal; spaces behind
 *     +------------------+-------+------+------+------+-------+------+
 *     | content, padded with "\n" to an even length                  |
 *     +--------------------------------------------------------------+
 *
 * Long names stand elsewhere: GNU writes "/123" and keeps the name at byte 123 of the member "//", BSD writes "#1/20"
 * and puts 20 bytes of name in front of the content.
 */
#include "content/archive.h"
#include "content/cursor.h"

#include "base/ascii.h"
#include "base/limits.h"

#include <stdlib.h>

enum { HEADER_LEN = 60, NAME_LEN = 16, SIZE_AT = 48, SIZE_LEN = 10, END_AT = 58 };

#define MAGIC "!<arch>\n"

struct ar {
	struct silt_cursor in;
	uint64_t left; /* of the member's content */
	bool padded;
	uint8_t field[NAME_LEN];  /* the name as the header has it */
	struct silt_buffer names; /* the member "//", as far as it is kept */
	struct silt_buffer name;
	struct silt_archive_flaw flaw;
};

/* Digits, then only spaces. */
static bool parse_decimal(struct silt_bytes field, uint64_t *out)
{
	size_t digits = silt_decimal(field, SILT_DECIMAL_FITS, out);
	return digits > 0 && silt_bytes_all(silt_bytes_slice(field, digits, SIZE_MAX), ' ');
}

static bool parse_header(struct silt_bytes header, uint64_t *size)
{
	return header.len == HEADER_LEN && silt_bytes_equal(silt_bytes_slice(header, END_AT, 2), SILT_LITERAL("`\n")) &&
	       parse_decimal(silt_bytes_slice(header, SIZE_AT, SIZE_LEN), size);
}

static bool sniff(struct silt_bytes start)
{
	uint64_t size;
	return silt_bytes_start_with(start, SILT_LITERAL(MAGIC)) &&
	       parse_header(silt_bytes_slice(start, strlen(MAGIC), HEADER_LEN), &size);
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	(void)limits;
	*state = calloc(1, sizeof(struct ar));
	return *state ? SILT_OK : silt_fail_memory(err);
}

static void destroy(void *state)
{
	struct ar *ar = state;
	if (ar) {
		silt_cursor_done(&ar->in);
		silt_buffer_done(&ar->names);
		silt_buffer_done(&ar->name);
		free(ar);
	}
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct ar *ar = state;
	silt_cursor_begin(&ar->in, file);
	silt_buffer_clear(&ar->names);
	ar->left = strlen(MAGIC); /* stepped over in front of the first header */
	ar->padded = false;
	silt_archive_take_flaw(&ar->flaw);
	return SILT_OK;
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct ar *ar = ctx;
	enum silt_status status = silt_cursor_piece(&ar->in, ar->left, block, err);
	if (status == SILT_OK) {
		if (block->len == 0 && ar->left > 0) {
			silt_archive_blame(&ar->flaw, SILT_ARCHIVE_DAMAGED,
					   "the ar archive ends in the middle of a member");
		}
		ar->left = block->len == 0 ? 0 : ar->left - block->len;
	}
	return status;
}

/* The member "//": names, each ended by "/\n". */
static enum silt_status read_names(struct ar *ar, struct silt_error *err)
{
	silt_buffer_clear(&ar->names);
	while (ar->left > 0) {
		struct silt_bytes block;
		enum silt_status status = next_block(ar, &block, err);
		if (status != SILT_OK) {
			return status;
		}
		silt_buffer_add(&ar->names, silt_bytes_slice(block, 0, SILT_AR_NAMES_MAX - ar->names.len));
	}
	return ar->names.failed ? silt_fail_memory(err) : SILT_OK;
}

/* "#1/20": 20 bytes of name, perhaps with NULs behind, in front of the content. */
static enum silt_status read_bsd_name(struct ar *ar, uint64_t len, struct silt_error *err)
{
	struct silt_bytes bytes;
	size_t wanted = len < SILT_NAME_MAX ? (size_t)len : SILT_NAME_MAX;
	enum silt_status status = silt_cursor_look(&ar->in, wanted, &bytes, err);
	if (status != SILT_OK) {
		return status;
	}
	bytes = silt_bytes_slice(bytes, 0, wanted);
	silt_cursor_take(&ar->in, bytes.len);
	ar->left -= bytes.len;
	silt_buffer_clear(&ar->name);
	silt_buffer_add(&ar->name, silt_bytes_slice(bytes, 0, silt_bytes_find_byte(bytes, 0)));
	return ar->name.failed ? silt_fail_memory(err) : SILT_OK;
}

/* "name/" and spaces, "name" and spaces, or "/123": the name at that place of the table. */
static enum silt_status read_name(struct ar *ar, struct silt_bytes field, struct silt_error *err)
{
	uint64_t number;
	struct silt_bytes tail = silt_bytes_slice(field, 1, SIZE_MAX), name = silt_bytes_trim(field);
	if (silt_bytes_start_with(field, SILT_LITERAL("#1/")) &&
	    parse_decimal(silt_bytes_slice(field, 3, SIZE_MAX), &number) && number <= ar->left) {
		return read_bsd_name(ar, number, err);
	}
	if (field.ptr[0] == '/' && parse_decimal(tail, &number) && number < ar->names.len) {
		name = silt_bytes_slice(silt_buffer_bytes(&ar->names), (size_t)number, SIZE_MAX);
		name = silt_bytes_slice(name, 0, silt_bytes_find_byte(name, '\n'));
	}
	if (name.len > 1 && name.ptr[name.len - 1] == '/') {
		name.len--;
	}
	silt_buffer_clear(&ar->name);
	silt_buffer_add(&ar->name, silt_bytes_slice(name, 0, SILT_PATH_MAX));
	return ar->name.failed ? silt_fail_memory(err) : SILT_OK;
}

/* What is left of the last member, and its padding. */
static enum silt_status finish_member(struct ar *ar, struct silt_error *err)
{
	uint64_t padding = ar->padded ? 1 : 0;
	enum silt_status status = silt_cursor_skip(&ar->in, &ar->left, err);
	if (status == SILT_OK && ar->left > 0) {
		silt_archive_blame(&ar->flaw, SILT_ARCHIVE_DAMAGED, "the ar archive ends in the middle of a member");
		ar->left = 0;
	}
	return status == SILT_OK ? silt_cursor_skip(&ar->in, &padding, err) : status;
}

static enum silt_status read_header(struct ar *ar, bool *more, struct silt_error *err)
{
	struct silt_bytes header;
	enum silt_status status = silt_cursor_look(&ar->in, HEADER_LEN, &header, err);
	if (status != SILT_OK) {
		return status;
	}
	bool end = header.len == 0;
	header = silt_bytes_slice(header, 0, HEADER_LEN);
	*more = parse_header(header, &ar->left);
	if (!*more) {
		ar->left = 0;
		if (!end) {
			silt_archive_blame(&ar->flaw, SILT_ARCHIVE_DAMAGED,
					   "expected the header of an ar member, found other bytes");
		}
		return SILT_OK;
	}
	ar->padded = ar->left % 2 == 1;
	memcpy(ar->field, header.ptr, NAME_LEN);
	silt_cursor_take(&ar->in, HEADER_LEN);
	return SILT_OK;
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct ar *ar = state;
	struct silt_bytes name = silt_bytes(ar->field, NAME_LEN);
	bool table;
	enum silt_status status;
	do {
		status = finish_member(ar, err);
		if (status == SILT_OK) {
			status = read_header(ar, more, err);
		}
		table = status == SILT_OK && *more && silt_bytes_start_with(name, SILT_LITERAL("// "));
		if (table) {
			status = read_names(ar, err);
		}
	} while (status == SILT_OK && table);
	if (status != SILT_OK || !*more) {
		return status;
	}
	status = read_name(ar, name, err);
	*member = (struct silt_archive_member){
		.name = silt_buffer_bytes(&ar->name), .content = {.next = next_block, .ctx = ar}, .size = ar->left};
	return status;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct ar *ar = state;
	return silt_archive_take_flaw(&ar->flaw);
}

const struct silt_archive_format silt_archive_ar = {
	.name = "ar archive",
	.plain = true,
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
