/*
 * cpio: initramfs images and the payload of rpm packages. Two spellings of one header.
 *
 * newc ("070701"; "070702" with a sum of the bytes), fields of 8 hexadecimal digits, everything padded to 4:
 *
 *     0        6    14     22    30    38      46      54        62             94         102     110
 *     +--------+-----+------+-----+-----+-------+-------+----------+- - - - - - -+----------+-------+------+---------+
 *     | 07070x | ino | mode | uid | gid | nlink | mtime | filesize | device nos. | namesize | check | name | content |
 *     +--------+-----+------+-----+-----+-------+-------+----------+- - - - - - -+----------+-------+------+---------+
 *
 * odc ("070707"), octal fields, no padding:
 *
 *     0        6     12    18     24    30    36      42     48      59         65         76
 *     +--------+-----+-----+------+-----+-----+-------+------+-------+----------+----------+------+---------+
 *     | 070707 | dev | ino | mode | uid | gid | nlink | rdev | mtime | namesize | filesize | name | content |
 *     +--------+-----+-----+------+-----+-----+-------+------+-------+----------+----------+------+---------+
 *
 * The member "TRAILER!!!" is the end. The kernel reads on: zeros, and then another cpio, or a compressed one.
 */
#include "content/archive.h"
#include "content/cursor.h"

#include "base/ascii.h"
#include "base/limits.h"

#include <stdlib.h>

enum { MAGIC_LEN = 6, HEADER_MAX = 110 };

struct field {
	uint8_t at, len;
};

/* One of the two spellings. */
struct spelling {
	struct silt_bytes magic;
	uint8_t base;
	uint8_t header_len;
	uint8_t padding; /* to a multiple of it */
	struct field size, name_len;
};

struct cpio {
	struct silt_cursor in;
	uint64_t left;    /* of the member's content */
	uint64_t padding; /* behind it */
	bool ended;       /* the trailer was seen, or no header could be read */
	struct silt_buffer name;
	struct silt_archive_flaw flaw;
};

static const struct spelling *spelling_of(struct silt_bytes start)
{
	static const struct spelling spellings[] = {
		{{(const uint8_t *)"070701", MAGIC_LEN}, 16, 110, 4, {54, 8}, {94, 8}},
		{{(const uint8_t *)"070702", MAGIC_LEN}, 16, 110, 4, {54, 8}, {94, 8}},
		{{(const uint8_t *)"070707", MAGIC_LEN}, 8, 76, 1, {65, 11}, {59, 6}},
	};
	for (size_t i = 0; i < SILT_COUNT(spellings); i++) {
		if (silt_bytes_start_with(start, spellings[i].magic)) {
			return &spellings[i];
		}
	}
	return NULL;
}

/* Eleven octal digits at most: it fits. */
static uint64_t number_at(struct silt_bytes header, const struct spelling *spelling, struct field field)
{
	uint64_t number = 0;
	for (size_t i = field.at; i < (size_t)field.at + field.len; i++) {
		number = number * spelling->base + (unsigned)silt_hex_value(header.ptr[i]);
	}
	return number;
}

/* The spelling of a whole header whose fields are all digits, or NULL. */
static const struct spelling *check_header(struct silt_bytes start)
{
	const struct spelling *spelling = spelling_of(start);
	if (!spelling || start.len < spelling->header_len) {
		return NULL;
	}
	for (size_t i = 0; i < spelling->header_len; i++) {
		int digit = silt_hex_value(start.ptr[i]);
		if (digit < 0 || digit >= (int)spelling->base) {
			return NULL;
		}
	}
	return spelling;
}

static bool sniff(struct silt_bytes start)
{
	return check_header(start) != NULL;
}

static enum silt_status create(const struct silt_limits *limits, void **state, struct silt_error *err)
{
	(void)limits;
	*state = calloc(1, sizeof(struct cpio));
	return *state ? SILT_OK : silt_fail_memory(err);
}

static void destroy(void *state)
{
	struct cpio *cpio = state;
	if (cpio) {
		silt_cursor_done(&cpio->in);
		silt_buffer_done(&cpio->name);
		free(cpio);
	}
}

static enum silt_status begin(void *state, struct silt_source file, struct silt_error *err)
{
	(void)err;
	struct cpio *cpio = state;
	silt_cursor_begin(&cpio->in, file);
	cpio->left = cpio->padding = 0;
	cpio->ended = false;
	silt_archive_take_flaw(&cpio->flaw);
	return SILT_OK;
}

/* Steps over bytes that must be there; behind the last content padding may lack. */
static enum silt_status skip(struct cpio *cpio, uint64_t *left, bool needed, struct silt_error *err)
{
	enum silt_status status = silt_cursor_skip(&cpio->in, left, err);
	if (status == SILT_OK && *left > 0 && needed) {
		silt_archive_blame(&cpio->flaw, SILT_ARCHIVE_DAMAGED,
				   "the cpio archive ends in the middle of a member");
	}
	*left = 0;
	return status;
}

static enum silt_status next_block(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct cpio *cpio = ctx;
	enum silt_status status = silt_cursor_piece(&cpio->in, cpio->left, block, err);
	if (status == SILT_OK && block->len == 0) {
		return skip(cpio, &cpio->left, true, err);
	}
	cpio->left -= status == SILT_OK ? block->len : 0;
	return status;
}

/* Everything behind the trailer. */
static enum silt_status next_rest(void *ctx, struct silt_bytes *block, struct silt_error *err)
{
	struct cpio *cpio = ctx;
	return silt_cursor_piece(&cpio->in, UINT64_MAX, block, err);
}

/* The name of `len` bytes with its NUL, of which no more is kept than a path can have, and its padding. */
static enum silt_status read_name(struct cpio *cpio, uint64_t len, uint64_t padding, struct silt_error *err)
{
	size_t kept = len < SILT_PATH_MAX ? (size_t)len : SILT_PATH_MAX;
	struct silt_bytes name;
	enum silt_status status = silt_cursor_look(&cpio->in, kept, &name, err);
	if (status != SILT_OK) {
		return status;
	}
	name = silt_bytes_slice(name, 0, kept);
	silt_buffer_clear(&cpio->name);
	silt_buffer_add(&cpio->name, silt_bytes_slice(name, 0, silt_bytes_find_byte(name, 0)));
	silt_cursor_take(&cpio->in, name.len);
	uint64_t left = len - name.len + padding;
	return cpio->name.failed ? silt_fail_memory(err) : skip(cpio, &left, true, err);
}

static uint64_t padding_of(const struct spelling *spelling, uint64_t len)
{
	return (spelling->padding - len % spelling->padding) % spelling->padding;
}

/* Reads a header. `*found` false: there is none, and what is there is left where it is. */
static enum silt_status read_header(struct cpio *cpio, bool *found, struct silt_error *err)
{
	struct silt_bytes start;
	enum silt_status status = silt_cursor_look(&cpio->in, HEADER_MAX, &start, err);
	if (status != SILT_OK) {
		return status;
	}
	const struct spelling *spelling = check_header(start);
	*found = spelling != NULL;
	if (!spelling) {
		return SILT_OK;
	}
	uint64_t name_len = number_at(start, spelling, spelling->name_len);
	cpio->left = number_at(start, spelling, spelling->size);
	cpio->padding = padding_of(spelling, cpio->left);
	silt_cursor_take(&cpio->in, spelling->header_len);
	return read_name(cpio, name_len, padding_of(spelling, spelling->header_len + name_len), err);
}

/* Steps over zeros. `*ended`: nothing else follows. */
static enum silt_status skip_zeros(struct cpio *cpio, bool *ended, struct silt_error *err)
{
	struct silt_bytes bytes;
	size_t zeros;
	do {
		enum silt_status status = silt_cursor_look(&cpio->in, 1, &bytes, err);
		if (status != SILT_OK) {
			return status;
		}
		zeros = 0;
		while (zeros < bytes.len && bytes.ptr[zeros] == 0) {
			zeros++;
		}
		silt_cursor_take(&cpio->in, zeros);
	} while (zeros > 0 && zeros == bytes.len);
	*ended = bytes.len == 0;
	return SILT_OK;
}

static enum silt_status give_rest(struct cpio *cpio, struct silt_archive_member *member, struct silt_error *err)
{
	silt_buffer_clear(&cpio->name);
	silt_buffer_add_text(&cpio->name, "TRAILER!!!");
	cpio->ended = true;
	*member = (struct silt_archive_member){.name = silt_buffer_bytes(&cpio->name),
					       .content = {.next = next_rest, .ctx = cpio},
					       .size = SILT_ARCHIVE_SIZE_UNKNOWN};
	return cpio->name.failed ? silt_fail_memory(err) : SILT_OK;
}

/* Behind the trailer: nothing, another archive whose first header this reads, or something else. */
static enum silt_status read_on(struct cpio *cpio, bool *found, bool *more, struct silt_archive_member *member,
				struct silt_error *err)
{
	bool ended = false;
	enum silt_status status = skip(cpio, &cpio->left, true, err); /* a trailer has no content */
	if (status == SILT_OK) {
		status = skip_zeros(cpio, &ended, err);
	}
	if (status != SILT_OK || ended) {
		*found = *more = false;
		return status;
	}
	status = read_header(cpio, found, err);
	return status == SILT_OK && !*found ? give_rest(cpio, member, err) : status;
}

static bool is_trailer(const struct cpio *cpio)
{
	return silt_bytes_equal(silt_buffer_bytes(&cpio->name), SILT_LITERAL("TRAILER!!!"));
}

static enum silt_status next(void *state, struct silt_archive_member *member, bool *more, struct silt_error *err)
{
	struct cpio *cpio = state;
	*more = !cpio->ended;
	if (cpio->ended) {
		return SILT_OK;
	}
	bool found = false;
	enum silt_status status = skip(cpio, &cpio->padding, false, err);
	if (status == SILT_OK) {
		status = read_header(cpio, &found, err);
	}
	if (status == SILT_OK && !found) {
		silt_archive_blame(&cpio->flaw, SILT_ARCHIVE_DAMAGED,
				   "expected the header of a cpio member or the trailer, found something else");
		*more = false;
	}
	while (status == SILT_OK && found && is_trailer(cpio)) {
		status = read_on(cpio, &found, more, member, err);
	}
	if (status == SILT_OK && found) {
		*member = (struct silt_archive_member){.name = silt_buffer_bytes(&cpio->name),
						       .content = {.next = next_block, .ctx = cpio},
						       .size = cpio->left};
	}
	return status;
}

static struct silt_archive_flaw flaw(void *state)
{
	struct cpio *cpio = state;
	return silt_archive_take_flaw(&cpio->flaw);
}

const struct silt_archive_format silt_archive_cpio = {
	.name = "cpio archive",
	.plain = true,
	.sniff = sniff,
	.create = create,
	.destroy = destroy,
	.begin = begin,
	.next = next,
	.flaw = flaw,
};
